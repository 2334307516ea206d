import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ContainerFacts, ContainersFacts } from '../../src-shared/snapshots/containers';
import { openContainers } from '../helpers/container-parts';
import { startDockerEngine, testImage } from '../helpers/docker-engine';
import { type ContainerUsageFigures, watchDockerStats } from '../helpers/docker-stats';
import { waitFor } from '../helpers/wait-for';

const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: containers on a real engine: ${engine.unavailable}`);

describe.skipIf('unavailable' in engine)('containers of a real Docker engine', () => {
  if ('unavailable' in engine) return;
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
    const late = openContainers(engine.endpoint, 'cgroup-files', { eventOverlapMs: 0 });
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

  it('tells the disk use as docker system df does, with the free room of its folder', async () => {
    const name = uniqueName();
    await engine.run(
      ['--name', name, '-v', `${name}:/data`],
      'sh',
      '-c',
      'head -c 5000000 /dev/zero > /data/a; head -c 3000000 /dev/zero > /b',
    );
    // The event of its end comes before the engine itself counts it as ended.
    await engine.docker('wait', name);
    const own = openContainers(engine.endpoint);
    try {
      await waitForContainer(name, 'ended', ({ state }) => state === 'exited', own);
      const use = await waitFor(async () => (await collect(own)).engines[0]?.diskUse ?? null, { timeoutMs: 20_000, what: 'the disk use' });
      const { stdout } = await engine.docker('system', 'df', '--format', '{{.Type}};{{.TotalCount}};{{.Size}};{{.Reclaimable}}');
      const lines = new Map(
        stdout
          .trim()
          .split('\n')
          .map((line) => [line.split(';')[0], line.split(';')]),
      );
      const sides = { Images: use.images, Containers: use.containers, 'Local Volumes': use.volumes, 'Build Cache': use.buildCache };
      for (const [type, ours] of Object.entries(sides)) {
        const [, count, size = '', reclaimable = ''] = lines.get(type) ?? [];
        expect(ours.count, type).toBe(Number(count));
        // Theirs are rounded to four digits.
        expect(Math.abs(ours.totalBytes - bytesOf(size)), type).toBeLessThanOrEqual(bytesOf(size) * 0.01);
        expect(Math.abs(ours.reclaimableBytes - bytesOf(reclaimable)), type).toBeLessThanOrEqual(bytesOf(size) * 0.01);
      }
      expect(use.volumes.totalBytes).toBeGreaterThanOrEqual(5_000_000);
      expect(use.containers.reclaimableBytes).toBeGreaterThanOrEqual(3_000_000);
      expect(use.rootDirectory).toMatch(/^\//);
      expect(use.rootAvailableBytes).toBeGreaterThan(0);
      expect(use.rootTotalBytes).toBeGreaterThan(use.rootAvailableBytes ?? 0);
    } finally {
      await own.close();
      await engine.removeContainers();
      await engine.docker('volume', 'rm', name);
    }
  });

  it('measures CPU and memory as docker stats does, from files and from the engine', async () => {
    const name = uniqueName();
    const work = 'dd if=/dev/zero of=/tmp/page bs=1M count=30; cat /tmp/page > /tmp/copy; while :; do :; done';
    await engine.run(['--name', name, '--cpus', '0.3', '--memory', '256m'], 'sh', '-c', work);
    const measuring = (['cgroup-files', 'engine'] as const).map((from) => ({ from, collector: openContainers(engine.endpoint, from) }));
    const theirs = watchDockerStats(engine.socketPath, name);
    try {
      await Promise.all([
        ...measuring.map(({ collector }) => waitForContainer(name, 'is busy', ({ cpuCores }) => (cpuCores ?? 0) > 0.2, collector)),
        waitFor(() => (theirs.latest()?.cpuPercent ?? 0) > 20, { timeoutMs: 20_000, what: 'docker stats' }),
      ]);
      // Each side's figure is of a second of its own: the means of the same some seconds are compared.
      for (const window of ['first', 'second']) {
        const readers = measuring.map(
          ({ collector }) =>
            () =>
              find(name, collector),
        );
        const { ours, peer } = await sampleTogether(readers, theirs.latest);
        for (const [index, { from }] of measuring.entries()) {
          const own = ours[index] ?? [];
          const difference = {
            cpuPercent: Math.abs(meanOf(own, ({ cpuPercent }) => cpuPercent) - meanOf(peer, ({ cpuPercent }) => cpuPercent)),
            // One side may see a step a sample later than the other: that moves a mean, not what is usual.
            memoryBytes: Math.abs(medianOf(own, ({ memoryBytes }) => memoryBytes) - medianOf(peer, ({ memoryBytes }) => memoryBytes)),
          };
          const sides = `from ${from}, ${window} window: ${JSON.stringify({ own, peer })}`;
          expect(difference.cpuPercent, sides).toBeLessThan(10);
          expect(difference.memoryBytes, sides).toBeLessThan(1024 * 1024);
        }
      }
      for (const { collector } of measuring) expect((await find(name, collector))?.memoryLimitBytes).toBe(256 * 1024 * 1024);
    } finally {
      await theirs.stop();
      for (const { collector } of measuring) await collector.close();
    }
  });
});

/** "8.05MB (40%)", decimal units as the docker command line writes sizes on disk. */
function bytesOf(text: string): number {
  const match = /^([\d.]+)(B|kB|MB|GB)/.exec(text);
  if (match === null) throw new Error(`docker system df said ${text}`);
  return Number(match[1]) * { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 }[match[2] as 'B' | 'kB' | 'MB' | 'GB'];
}

/** Once a second on all sides, for as long as several windows of each last. `ours` has a list for each reader. */
async function sampleTogether(readers: readonly (() => Promise<ContainerFacts | null>)[], readPeer: () => ContainerUsageFigures | null) {
  const ours: ContainerUsageFigures[][] = readers.map(() => []);
  const peer: ContainerUsageFigures[] = [];
  for (let sample = 0; sample < 5; sample += 1) {
    await delay(1_000);
    for (const [index, container] of (await Promise.all(readers.map((read) => read()))).entries())
      ours[index]?.push({ cpuPercent: (container?.cpuCores ?? Number.NaN) * 100, memoryBytes: container?.memoryUsedBytes ?? Number.NaN });
    peer.push(readPeer() ?? { cpuPercent: Number.NaN, memoryBytes: Number.NaN });
  }
  return { ours, peer };
}

function meanOf<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((sum, item) => sum + figure(item), 0) / items.length;
}

/** NaN when one of them is. */
function medianOf<T>(items: readonly T[], figure: (item: T) => number): number {
  const sorted = items.map(figure).sort((one, other) => one - other);
  return sorted.some(Number.isNaN) ? Number.NaN : (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}
