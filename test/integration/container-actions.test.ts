import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ContainerAttempt, createContainerActions } from '../../src-main/app/container-actions';
import { createContainerRuns } from '../../src-main/app/container-runs';
import { hashWith } from '../../src-main/app/installation-salt';
import { systemClock } from '../../src-main/platform/clock';
import { isExecutableFile, startDetached } from '../../src-main/platform/terminal';
import { createMemoryStore } from '../../src-main/store/memory-store';
import type { Container } from '../../src-shared/snapshots/containers';
import { describeWatched } from '../helpers/judged-containers';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

await describeWatched('details, actions and shells on a real engine', 'actions', (watched) => {
  const { engine, collector, look, find, waitForContainer, uniqueName } = watched;
  const { docker } = engine;
  const attempts: ContainerAttempt[] = [];
  let environment: NodeJS.ProcessEnv = { PATH: process.env.PATH, DISPLAY: ':0' };
  const runs = createContainerRuns({
    access: collector.containerAccess,
    store: createMemoryStore({ detail: null }),
    clock: systemClock,
    hash: hashWith(Buffer.alloc(32, 7)),
    onUnexpected: (error) => {
      throw error;
    },
  });
  const actions = createContainerActions({
    access: collector.containerAccess,
    runs,
    findFacts: find,
    terminal: {
      platform: 'linux',
      get environment() {
        return environment;
      },
      isExecutable: isExecutableFile,
    },
    startTerminal: (call) => startDetached(call, environment),
    onAttempt: (attempt) => attempts.push(attempt),
  });
  const inState = (id: string, state: Container['state']) => waitForContainer(id, `is ${state}`, (container) => container.state === state);

  it('pauses, resumes, restarts, stops, starts and removes; what it stopped itself is silent', async () => {
    const name = uniqueName();
    const id = await engine.run(['--name', name, '--stop-timeout', '1'], 'sleep', '1000');
    const { startedAtMs } = await inState(id, 'running');
    expect(await actions.act({ id, action: 'remove' })).toMatchObject({
      outcome: 'refused',
      text: 'It is running: stop it first, then it can be removed.',
    });
    expect(await actions.act({ id, action: 'start' })).toMatchObject({ outcome: 'done', text: 'It was so already.' });
    expect(await actions.act({ id, action: 'pause' })).toMatchObject({ outcome: 'done', text: 'Paused.' });
    await inState(id, 'paused');
    const twice = await actions.act({ id, action: 'pause' });
    expect(twice.outcome).not.toBe('done');
    expect(twice.text).toMatch(/already paused/);
    expect(await actions.act({ id, action: 'unpause' })).toMatchObject({ outcome: 'done' });
    expect(await actions.act({ id, action: 'restart' })).toMatchObject({ outcome: 'done' });
    const again = await waitForContainer(id, 'runs again', (one) => one.state === 'running' && one.startedAtMs !== startedAtMs);
    expect(again).toMatchObject({ recentCrashes: [], level: 'ok' });
    expect(await actions.act({ id, action: 'stop' })).toMatchObject({ outcome: 'done', text: 'Stopped.' });
    const stopped = await inState(id, 'exited');
    expect(stopped).toMatchObject({ stopRequested: true, level: 'inactive', recentCrashes: [] });
    expect(await actions.act({ id, action: 'remove' })).toMatchObject({ outcome: 'done' });
    await waitFor(async () => !(await look()).some((one) => one.id === id), { timeoutMs: 5_000, what: 'the removal' });
    expect(await actions.act({ id, action: 'start' })).toMatchObject({ outcome: 'gone', text: 'This container is gone.' });
    expect(attempts.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'remove refused',
      'start done',
      'pause done',
      `pause ${twice.outcome}`,
      'unpause done',
      'restart done',
      'stop done',
      'remove done',
      'start gone',
    ]);
    expect(attempts[0]).toEqual({ action: 'remove', outcome: 'refused', id, name });
  });

  it("gives the engine's own words when it cannot start one", async () => {
    const created = await docker('create', '--network', 'none', 'logscope-test:busybox', '/no/such/program');
    const id = created.stdout.trim();
    try {
      await inState(id, 'created');
      const failed = await actions.act({ id, action: 'start' });
      expect(failed.outcome).toBe('failed');
      expect(failed.text).toMatch(/^It did not work: .*no such file or directory/s);
      expect(failed.text).not.toContain('HTTP code');
    } finally {
      await docker('rm', '-f', id);
    }
  });

  it('tells the details without the values of variables', async () => {
    const directory = temporaryDirectory();
    const options = [
      ...['-e', 'API_TOKEN=hunter2-secret', '-e', 'MODE=test', '-v', `${directory}:/data:ro`, '-m', '64m', '-u', '1000', '-w', '/tmp'],
      ...['--restart', 'on-failure:3', '--label', 'team=<b>shop</b>', '--health-cmd', 'echo fine', '--health-interval', '300ms'],
    ];
    const id = await engine.run(options, 'sleep', '1000');
    await waitForContainer(id, 'is healthy', ({ health }) => health === 'healthy');
    const detail = await actions.detail(id);
    expect(detail).toMatchObject({
      id,
      imageDigest: null,
      command: ['sleep', '1000'],
      workingDirectory: '/tmp',
      user: '1000',
      restartPolicy: 'on-failure:3',
      privileged: false,
      mounts: [{ kind: 'bind', source: directory, target: '/data', readOnly: true }],
      labels: [{ name: 'team', value: '<b>shop</b>' }],
      networks: [{ name: 'none', address: null }],
      changes: null,
    });
    expect(detail.environmentNames).toEqual(expect.arrayContaining(['API_TOKEN', 'MODE']));
    expect(detail.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(detail.imageCreatedAtMs).toBeGreaterThan(Date.UTC(2020, 0));
    expect(detail.healthProbes[0]).toMatchObject({ exitCode: 0, output: 'fine\n' });
    expect(detail.events.map(({ action }) => action)).toEqual(expect.arrayContaining(['health_status: healthy', 'start', 'create']));
    expect(JSON.stringify(detail)).not.toContain('hunter2');
    await expect(actions.detail('0'.repeat(64))).rejects.toThrow('No attached engine');
  });

  it("opens a shell in the user's terminal, and says what to type where there is none", async () => {
    const directory = temporaryDirectory();
    const id = await engine.run([], 'sleep', '1000');
    await inState(id, 'running');
    environment = { PATH: process.env.PATH };
    const none = await actions.shell(id);
    const typed = ['docker', '-H', engine.endpoint, 'exec', '-it', id, 'sh', '-c', 'command -v bash >/dev/null && exec bash || exec sh'];
    expect(none).toMatchObject({ outcome: 'no-terminal', command: typed });
    expect(none.text).toContain(`-it ${id} sh -c 'command -v bash`);
    environment = { PATH: directory, DISPLAY: ':0' };
    expect(await actions.shell(id)).toMatchObject({ outcome: 'no-client', command: typed });

    const terminal = join(directory, 'my-terminal');
    const written = join(directory, 'written');
    writeFileSync(
      terminal,
      `#!/bin/sh\nfor word in "$@"; do printf '%s\\n' "$word"; done > "${written}.part"; mv "${written}.part" "${written}"; exec sleep 5\n`,
    );
    chmodSync(terminal, 0o755);
    environment = { PATH: process.env.PATH, DISPLAY: ':0', TERMINAL: terminal };
    expect(await actions.shell(id)).toMatchObject({ outcome: 'started', command: typed });
    await waitFor(() => existsSync(written), { timeoutMs: 5_000, what: 'the terminal' });
    const [flag, program = '', ...args] = readFileSync(written, 'utf8').trimEnd().split('\n');
    expect([flag, ...args]).toEqual(['-e', ...typed.slice(1)]);
    // The very command works, but for the terminal that a test has not.
    const withoutTty = args.map((word) => (word === '-it' ? '-i' : word));
    expect(execFileSync(program, withoutTty, { input: 'echo I am in; exit\n', encoding: 'utf8' })).toBe('I am in\n');

    writeFileSync(terminal, '#!/bin/sh\nexit 3\n');
    expect(await actions.shell(id)).toMatchObject({
      outcome: 'failed',
      text: 'The terminal did not start: my-terminal ended at once (code 3)',
    });
    await actions.act({ id, action: 'pause' });
    await inState(id, 'paused');
    expect(await actions.shell(id)).toMatchObject({ outcome: 'not-running' });
  });
});
