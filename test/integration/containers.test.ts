import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerFacts, ContainersFacts } from '../../src-shared/snapshots/containers';
import { openContainers } from '../helpers/container-parts';
import { startDockerEngine, testImage } from '../helpers/docker-engine';
import { waitFor } from '../helpers/wait-for';

const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: containers on a real engine: ${engine.unavailable}`);

describe.skipIf('unavailable' in engine)('containers of a real Docker engine', () => {
  if ('unavailable' in engine) return;
  const { docker } = engine;
  const collector = openContainers(engine.endpoint);
  let nameCount = 0;
  const uniqueName = () => {
    nameCount += 1;
    return `logscope-containers-${process.pid}-${nameCount}`;
  };

  async function collect(from = collector): Promise<ContainersFacts> {
    const outcome = await from.collect(new AbortController().signal);
    if (outcome.kind !== 'ok') throw new Error(outcome.detail);
    return outcome.data;
  }

  async function find(name: string, from = collector): Promise<ContainerFacts | null> {
    return (await collect(from)).containers.find((container) => container.name === name) ?? null;
  }

  function waitForContainer(name: string, what: string, condition: (container: ContainerFacts) => boolean, from = collector) {
    return waitFor(
      async () => {
        const container = await find(name, from);
        return container !== null && condition(container) ? container : null;
      },
      { timeoutMs: 20_000, what: `${name} ${what}` },
    );
  }

  beforeAll(async () => {
    await collect();
  });
  afterEach(() => engine.removeContainers());
  afterAll(async () => {
    await collector.close();
    await engine.stop();
  });

  it('tells the engine and a running container with its limits', async () => {
    const name = uniqueName();
    const labels = ['--label', 'com.docker.compose.project=shop', '--label', 'com.docker.compose.service=api'];
    const id = await engine.run(['--name', name, '--memory', '64m', '--cpus', '0.5', ...labels, '--expose', '8080'], 'sleep', '1000');
    const container = await waitForContainer(name, 'runs with figures', ({ cpuCores }) => cpuCores !== null);
    expect(container).toMatchObject({
      id,
      image: testImage,
      command: 'sleep 1000',
      state: 'running',
      health: 'none',
      exitCode: null,
      oomKilled: false,
      restartCount: 0,
      stopRequested: null,
      composeProject: 'shop',
      composeService: 'api',
      tty: false,
      cpuAvailableCores: 0.5,
      memoryLimitBytes: 64 * 1024 * 1024,
      memoryLimited: true,
      networkReceivedBytes: 0,
      networkSentBytes: 0,
      processCount: 1,
    });
    expect(container.pid).toBeGreaterThan(1);
    expect(container.memoryUsedBytes).toBeGreaterThan(0);
    expect((await collect()).engines[0]?.identity).toMatchObject({ name: 'docker', endpoint: engine.endpoint, origin: 'settings' });
  });

  it('knows an exit code, and a crash from a stop that was asked for', async () => {
    const [crashed, stopped, killed, politelyKilled] = [uniqueName(), uniqueName(), uniqueName(), uniqueName()];
    await engine.run(['--name', crashed], 'sh', '-c', 'exit 3');
    await engine.run(['--name', stopped, '--stop-timeout', '1'], 'sleep', '1000');
    await engine.run(['--name', killed], 'sleep', '1000');
    await engine.run(['--name', politelyKilled], 'sh', '-c', 'trap "" HUP; sleep 2; exit 5');
    await engine.docker('stop', stopped);
    await engine.docker('kill', killed);
    await engine.docker('kill', '-s', 'HUP', politelyKilled);
    const ended = ({ state }: ContainerFacts) => state === 'exited';
    expect(await waitForContainer(crashed, 'exited', ended)).toMatchObject({
      exitCode: 3,
      stopRequested: false,
      oomKilled: false,
      cpuCores: null,
    });
    expect(await waitForContainer(stopped, 'exited', ended)).toMatchObject({ exitCode: 137, stopRequested: true });
    expect(await waitForContainer(killed, 'exited', ended)).toMatchObject({ exitCode: 137, stopRequested: true });
    expect(await waitForContainer(politelyKilled, 'exited', ended)).toMatchObject({ exitCode: 5, stopRequested: false });
  });

  it('does not know who ended a container before it watched', async () => {
    const name = uniqueName();
    await engine.run(['--name', name], 'true');
    await waitForContainer(name, 'exited', ({ state }) => state === 'exited');
    // Events of the last five seconds are asked for on attaching: the end must be older.
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    const late = openContainers(engine.endpoint);
    expect(await find(name, late)).toMatchObject({ state: 'exited', exitCode: 0, stopRequested: null });
    await late.close();
  });

  it('sees an out-of-memory kill', async () => {
    const name = uniqueName();
    await engine.run(['--name', name, '--memory', '16m', '--memory-swap', '16m'], 'sh', '-c', 'tail -c 200m /dev/zero');
    expect(await waitForContainer(name, 'exited', ({ state }) => state === 'exited')).toMatchObject({
      exitCode: 137,
      oomKilled: true,
      stopRequested: false,
    });
  });

  it('follows health from starting to unhealthy', async () => {
    const name = uniqueName();
    const health = ['--health-cmd', 'test -e /tmp/well', '--health-interval', '300ms', '--health-retries', '2'];
    await engine.run(['--name', name, ...health], 'sh', '-c', 'touch /tmp/well; sleep 1000');
    await waitForContainer(name, 'healthy', (container) => container.health === 'healthy');
    await engine.docker('exec', name, 'rm', '/tmp/well');
    await waitForContainer(name, 'unhealthy', (container) => container.health === 'unhealthy');
  });

  it('counts the restarts of a crash loop and never takes them for asked for', async () => {
    const name = uniqueName();
    await engine.run(['--name', name, '--restart', 'always'], 'sh', '-c', 'exit 9');
    const looping = await waitForContainer(name, 'restarted', ({ restartCount, exitCode }) => restartCount >= 3 && exitCode !== null);
    expect(looping).toMatchObject({ exitCode: 9, stopRequested: false });
  });

  it('follows a pause, a rename and a removal', async () => {
    const [before, after] = [uniqueName(), uniqueName()];
    const id = await engine.run(['--name', before], 'sleep', '1000');
    await waitForContainer(before, 'runs', ({ state }) => state === 'running');
    await engine.docker('pause', id);
    await waitForContainer(before, 'paused', ({ state }) => state === 'paused');
    await engine.docker('unpause', id);
    await engine.docker('rename', before, after);
    expect(await waitForContainer(after, 'renamed', () => true)).toMatchObject({ id });
    expect(await find(before)).toBeNull();
    await engine.docker('rm', '-f', id);
    await waitFor(async () => (await find(after)) === null, { timeoutMs: 5_000, what: 'the removal' });
  });

  it('gives hostile labels and commands as they are', async () => {
    const name = uniqueName();
    const hostile = '<img src=x onerror=alert(1)>\u001b[31m\u202egnp.exe';
    await engine.run(['--name', name, '--label', `com.docker.compose.project=${hostile}`], 'sh', '-c', `: '${hostile}'; sleep 1000`);
    const container = await waitForContainer(name, 'runs', () => true);
    expect(container.composeProject).toBe(hostile);
    expect(container.command).toContain(hostile);
  });

  /** Ours and theirs over the same two seconds, which is what `--no-stream` takes. */
  async function compareWithDockerStats(name: string, measuring: typeof collector) {
    const stats = docker('stats', '--no-stream', '--format', '{{.CPUPerc}} {{.MemUsage}}', name);
    const ours: ContainerFacts[] = [];
    const start = performance.now();
    while (performance.now() - start < 2_200) {
      ours.push(await waitForContainer(name, 'is measured', () => true, measuring));
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const [cpuPercent, memoryBytes] = parseStats((await stats).stdout);
    const cores = ours.map(({ cpuCores }) => cpuCores ?? 0).sort((left, right) => left - right);
    return {
      cpuPercent: Math.abs((cores[cores.length >> 1] ?? 0) * 100 - cpuPercent),
      memoryBytes: Math.abs((ours.at(-1)?.memoryUsedBytes ?? 0) - memoryBytes),
    };
  }

  for (const figuresFrom of ['cgroup-files', 'engine'] as const) {
    it(`measures CPU and memory as docker stats does, from ${figuresFrom}`, async () => {
      const name = uniqueName();
      const work = 'dd if=/dev/zero of=/tmp/page bs=1M count=30; cat /tmp/page > /tmp/copy; while :; do :; done';
      await engine.run(['--name', name, '--cpus', '0.3', '--memory', '256m'], 'sh', '-c', work);
      const measuring = openContainers(engine.endpoint, figuresFrom);
      try {
        await waitForContainer(name, 'is busy', ({ cpuCores }) => (cpuCores ?? 0) > 0.2, measuring);
        const differences: { readonly cpuPercent: number; readonly memoryBytes: number }[] = [];
        // On a machine that is busy with other things two windows that do not coincide differ by themselves: a few tries.
        await waitFor(
          async () => {
            differences.push(await compareWithDockerStats(name, measuring));
            const { cpuPercent, memoryBytes } = differences.at(-1) ?? { cpuPercent: 100, memoryBytes: 1e9 };
            return cpuPercent < 10 && memoryBytes < 1024 * 1024;
          },
          { timeoutMs: 15_000, what: 'agreement with docker stats' },
        ).catch((error: unknown) => {
          throw new Error(`never within 10 points and 1 MiB: ${JSON.stringify(differences)}`, { cause: error });
        });
        expect((await find(name, measuring))?.memoryLimitBytes).toBe(256 * 1024 * 1024);
      } finally {
        await measuring.close();
      }
    });
  }
});

/** "59.81% 31.8MiB / 256MiB" */
function parseStats(text: string): [cpuPercent: number, memoryBytes: number] {
  const match = /^([\d.]+)% ([\d.]+)(KiB|MiB|GiB)/.exec(text);
  if (match === null) throw new Error(`docker stats said ${text}`);
  const unit = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[match[3] as 'KiB' | 'MiB' | 'GiB'];
  return [Number(match[1]), Number(match[2]) * unit];
}
