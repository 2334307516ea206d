import { expect, it } from 'vitest';
import { type AlertState, advanceAlerts, initialAlertState } from '../../src-main/rules/alert-state';
import type { AlertChange } from '../../src-shared/alerts';
import type { Container } from '../../src-shared/snapshots/containers';
import { describeWatched } from '../helpers/judged-containers';

/** From the real engine's events and inspects to the words and alerts a person gets. */
await describeWatched('verdicts on containers of a real engine', 'verdicts', (watched) => {
  const { engine, collector, waitForContainer, uniqueName, onJudged } = watched;
  const { docker } = engine;
  let alerts: AlertState = initialAlertState;
  const changes: AlertChange[] = [];
  onJudged(({ findings }, nowMs) => {
    const monotonicMs = performance.now();
    const advanced = advanceAlerts(alerts, { source: 'containers', kind: 'data', findings, nowMs, monotonicMs, day: 'today' });
    alerts = advanced.state;
    changes.push(...advanced.changes);
  });

  const rulesOf = ({ reasons }: Container) => reasons.map(({ rule }) => rule);
  const alertsOf = (name: string) =>
    changes.filter(({ alert }) => alert.subject === name).map(({ change, alert }) => `${change} ${alert.level} ${alert.reason.rule}`);

  it('a crash loop is one alert that stays while the container goes up and down', async () => {
    const name = uniqueName();
    await engine.run(['--name', name, '--restart', 'always'], 'sh', '-c', 'sleep 0.4; exit 9');
    const looping = await waitForContainer(name, 'loops', ({ recentCrashes }) => recentCrashes.length >= 3);
    expect(looping.recentCrashes[0]).toMatchObject({ exitCode: 9, oomKilled: false });
    expect(rulesOf(looping)).toEqual(['container-crash-loop-seen', 'container-exited', 'container-remedy-logs']);
    const states = new Set<string>();
    const untilMs = Date.now() + 5_000;
    await waitForContainer(
      name,
      'was seen up and down',
      (container) => {
        states.add(container.state);
        expect(container.level).toBe('critical');
        return states.has('running') && states.has('restarting') && Date.now() > untilMs;
      },
      30_000,
    );
    const critical = alertsOf(name).filter((change) => change.includes('critical'));
    expect(critical).toHaveLength(1);
    expect(critical[0]).toMatch(/^(raised|escalated) critical container-crash-loop/);
    expect(alertsOf(name).some((change) => change.startsWith('cleared'))).toBe(false);
    const events = collector.containerAccess.find(looping.id)?.events() ?? [];
    expect(events.length).toBeLessThanOrEqual(50);
    expect(events.filter(({ action }) => action === 'die')[0]?.exitCode).toBe(9);
  });

  it('a crash loop that a person stops while it waits for its next start is silent from then on', async () => {
    const name = uniqueName();
    await engine.run(['--name', name, '--restart', 'always'], 'sh', '-c', 'exit 9');
    await waitForContainer(name, 'loops', ({ restartCount, state }) => restartCount >= 4 && state === 'restarting');
    await docker('stop', name);
    const stopped = await waitForContainer(name, 'is stopped', ({ state }) => state === 'exited');
    expect(stopped).toMatchObject({ stopRequested: true, level: 'inactive' });
    expect(rulesOf(stopped)).toEqual(['container-stopped']);
    expect(alertsOf(name).at(-1)).toMatch(/^cleared /);
  });

  it('an out-of-memory kill is told as such, with its limit', async () => {
    const name = uniqueName();
    const hog = 'sleep 0.5; tail -c 200m /dev/zero';
    await engine.run(['--name', name, '-m', '32m', '--memory-swap', '32m'], 'sh', '-c', hog);
    const killed = await waitForContainer(name, 'was killed', ({ state }) => state === 'exited');
    expect(killed.reasons.map(({ text }) => text)).toEqual([
      'Killed: out of memory (code 137)',
      'Raise its limit of 32 MB, or find what fills it.',
    ]);
    expect(killed.recentCrashes).toMatchObject([{ exitCode: 137, oomKilled: true }]);
    expect(alertsOf(name)).toEqual(['raised critical container-oom-killed']);
  });

  it('an unhealthy container comes with the output of its last probe', async () => {
    const name = uniqueName();
    const health = [
      '--health-cmd',
      'echo "connection refused by 127.0.0.1:5432"; exit 1',
      '--health-interval',
      '300ms',
      '--health-retries',
      '2',
    ];
    await engine.run(['--name', name, ...health], 'sleep', '1000');
    const unhealthy = await waitForContainer(name, 'is unhealthy', (container) => container.health === 'unhealthy');
    expect(unhealthy.lastProbe).toMatchObject({ exitCode: 1, output: 'connection refused by 127.0.0.1:5432\n' });
    expect(unhealthy.lastProbe?.failingStreak).toBeGreaterThanOrEqual(2);
    expect(unhealthy.reasons.map(({ text }) => text)).toEqual(['Health check fails: connection refused by 127.0.0.1:5432']);
    expect(alertsOf(name)).toEqual(['raised critical container-unhealthy-output']);
  });

  it("a user's own stop, kill and restart are silent, an unasked end beside them is not", async () => {
    const [stopped, killed, restarted, crashed] = [uniqueName(), uniqueName(), uniqueName(), uniqueName()];
    for (const name of [stopped, killed, restarted]) await engine.run(['--name', name, '--stop-timeout', '1'], 'sleep', '1000');
    await engine.run(['--name', crashed], 'sh', '-c', 'sleep 1; exit 7');
    const firstStart = (await waitForContainer(restarted, 'runs', ({ state }) => state === 'running')).startedAtMs;
    await docker('stop', stopped);
    await docker('kill', killed);
    await docker('restart', restarted);
    const exited = ({ state }: Container) => state === 'exited';
    expect(rulesOf(await waitForContainer(stopped, 'stopped', exited))).toEqual(['container-stopped-killed']);
    expect(rulesOf(await waitForContainer(killed, 'killed', exited))).toEqual(['container-stopped-killed']);
    const again = await waitForContainer(
      restarted,
      'runs again',
      ({ state, startedAtMs }) => state === 'running' && startedAtMs !== firstStart,
    );
    expect(again).toMatchObject({ recentCrashes: [], level: 'ok', reasons: [] });
    await waitForContainer(crashed, 'crashed', exited);
    expect([stopped, killed, restarted].flatMap(alertsOf)).toEqual([]);
    expect(alertsOf(crashed)).toEqual(['raised critical container-exited']);
  });

  it('a container that cannot be started is named with the remedy, one that was only created is calm', async () => {
    const [created, broken] = [uniqueName(), uniqueName()];
    const createdId = (await docker('create', '--name', created, '--network', 'none', 'logscope-test:busybox', 'sleep', '1')).stdout.trim();
    const refused = await docker('run', '-d', '--name', broken, '--network', 'none', 'logscope-test:busybox', '/no/such/program');
    expect(refused.exitCode).toBe(127);
    try {
      expect(await waitForContainer(created, 'is listed', () => true)).toMatchObject({ level: 'inactive', exitCode: null });
      // Not only with the list that comes every 30 s.
      const unstarted = await waitForContainer(broken, 'is listed', ({ exitCode }) => exitCode !== null, 3_000);
      expect(rulesOf(unstarted)).toEqual(['container-not-started', 'container-remedy-command']);
      expect(alertsOf(broken)).toEqual(['raised warning container-not-started']);
      expect(alertsOf(created)).toEqual([]);
    } finally {
      await docker('rm', '-f', createdId, broken);
    }
  });

  it('names the pod that a kubelet made a container for', async () => {
    const name = uniqueName();
    const labels = ['--label', 'io.kubernetes.pod.name=web-1', '--label', 'io.kubernetes.pod.namespace=shop'];
    await engine.run(['--name', name, ...labels], 'sleep', '1000');
    expect((await waitForContainer(name, 'runs', () => true)).pod).toEqual({ namespace: 'shop', name: 'web-1' });
  });
});
