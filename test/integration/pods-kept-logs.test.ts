import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LogPage } from '../../src-shared/contract';
import { makePod } from '../helpers/kubernetes-sample-pods';
import { type LogsApp, startLogsApp, waitForTexts, writeLogSettings } from '../helpers/logs-app';
import { crashPod, keepPodLogs, restartPod } from '../helpers/pod-logs-kept';
import { openCluster } from '../helpers/pods-collector';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

/** LOGSCOPE_POD_KILLS=200 for the long run. */
const kills = Number(process.env.LOGSCOPE_POD_KILLS ?? 4);

/** A stamp as a cluster writes it: of now, each later than the one before. */
let tick = 0;
function stamp(): string {
  tick += 1;
  return `${new Date().toISOString().slice(0, 23)}${String(tick % 1_000_000).padStart(6, '0')}Z`;
}

describe('logs of pods in the store', () => {
  it('keeps each line once, through breaks, a crash and a new run, and finds them when the pod is gone', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    const write = (text: string) => cluster.logs.write('default/web-1/main', `${stamp()} ${text}`);
    for (const text of ['one', 'two']) write(text);
    const kept = keepPodLogs(cluster);
    await kept.untilTexts('source:default/web-1', ['one', 'two']);
    write('three');
    await kept.untilTexts('source:default/web-1', ['one', 'two', 'three']);
    expect(await kept.sources()).toMatchObject([
      {
        id: 'uid-default-web-1/main',
        kind: 'pod',
        logKind: 'event',
        name: 'default/web-1',
        state: 'following',
        lineCount: 3,
        detail: null,
      },
    ]);

    cluster.logs.cut();
    write('while it was cut');
    await kept.untilTexts('source:default/web-1', ['one', 'two', 'three', 'while it was cut']);

    // Its last words are written, the stream breaks, and it runs again before anybody looks.
    cluster.logs.cut();
    write('ERROR last words');
    crashPod(cluster, 'default', 'web-1', 0);
    restartPod(cluster, 'default', 'web-1', 1);
    write('up again');
    const all = ['one', 'two', 'three', 'while it was cut', 'ERROR last words', 'up again'];
    await kept.untilTexts('source:default/web-1', all);
    expect(await kept.texts('level:error+')).toEqual(['ERROR last words']);

    cluster.store.remove('default', 'web-1');
    cluster.logs.endRun('default/web-1/main');
    await waitFor(async () => (await kept.sources())[0]?.state === 'ended', { timeoutMs: 10_000, what: 'the end of the source' });
    expect(await kept.texts('source:default/web-1')).toEqual(all);
  });

  it('begins with the end of the run before when it meets a pod that crashed', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    cluster.logs.write('default/web-1/main', `${stamp()} FATAL out of memory`);
    crashPod(cluster, 'default', 'web-1', 2);
    const kept = keepPodLogs(cluster);
    await kept.untilTexts('source:default/web-1', ['FATAL out of memory']);
    await waitFor(async () => (await kept.sources())[0]?.state === 'ended', { timeoutMs: 10_000, what: 'the wait between two runs' });
    restartPod(cluster, 'default', 'web-1', 3);
    cluster.logs.write('default/web-1/main', `${stamp()} ready`);
    await kept.untilTexts('source:default/web-1', ['FATAL out of memory', 'ready']);
    expect((await kept.sources())[0]?.state).toBe('following');
  });

  it('reads all of a pod that begins and ends between two looks', async () => {
    const cluster = await openCluster();
    const kept = keepPodLogs(cluster);
    await kept.sources();
    const ended = { terminated: { exitCode: 0, reason: 'Completed', startedAt: null, finishedAt: null } };
    const statuses = [{ name: 'main', image: 'x', restartCount: 0, ready: false, state: ended, lastState: {} }];
    const lines = Array.from({ length: 150 }, (_, index) => `step ${index}`);
    for (const text of lines) cluster.logs.write('default/job-1/main', `${stamp()} ${text}`);
    cluster.store.add(makePod({ name: 'job-1', ready: false, statuses, status: { phase: 'Succeeded' } }));
    await kept.untilTexts('source:default/job-1', lines);
    await waitFor(async () => (await kept.sources())[0]?.state === 'ended', { timeoutMs: 10_000, what: 'its end' });
  });

  it('says what right is missing where logs may not be read', async () => {
    const cluster = await openCluster();
    cluster.logs.forbidden = true;
    cluster.store.add(makePod({ name: 'web-1' }));
    const kept = keepPodLogs(cluster);
    const [source] = await waitFor(
      async () => {
        const sources = await kept.sources();
        return sources[0]?.state === 'unavailable' ? sources : null;
      },
      { timeoutMs: 10_000, what: 'the refusal' },
    );
    expect(source?.detail).toContain('cannot get resource "pods/log"');
    expect(source?.remedy).toMatchObject({ key: 'logs.pods.rights', values: { namespace: 'default' } });
    // Calm: it is not asked again with every reading.
    const asked = () => cluster.requests.filter((request) => request.includes('/log?')).length;
    const before = asked();
    for (let round = 0; round < 5; round += 1) await kept.sources();
    expect(asked()).toBe(before);
  });

  it('follows no more pods than it may, says which are left out, and takes the next when one goes', async () => {
    const cluster = await openCluster();
    for (const name of ['web-1', 'web-2', 'web-3']) cluster.store.add(makePod({ name }));
    cluster.store.add(makePod({ name: 'dns', namespace: 'kube-system' }));
    const kept = keepPodLogs(cluster);
    kept.limit = 2;
    const shown = async () => (await kept.sources()).map(({ name, state }) => `${name} ${state}`).sort();
    const expected = ['default/web-1 following', 'default/web-2 following', 'default/web-3 not-followed', 'kube-system/dns not-followed'];
    await waitFor(async () => (await shown()).join() === expected.join(), { timeoutMs: 10_000, what: 'two followed pods' });
    expect((await kept.sources()).find(({ name }) => name === 'kube-system/dns')?.remedy).toMatchObject({
      key: 'logs.pods.limit',
      values: { count: 2, limit: 2 },
    });
    expect(cluster.logs.followerCount).toBe(2);
    cluster.store.remove('default', 'web-1');
    cluster.logs.endRun('default/web-1/main');
    await waitFor(async () => (await shown()).includes('default/web-3 following'), { timeoutMs: 10_000, what: 'the next pod' });

    // Fewer, then more again: nothing is read twice.
    cluster.logs.write('default/web-3/main', `${stamp()} once`);
    await kept.untilTexts('once', ['once']);
    kept.limit = 0;
    await waitFor(async () => (await shown()).length === 1 && cluster.logs.followerCount === 0, { timeoutMs: 10_000, what: 'no stream' });
    kept.limit = 9;
    await waitFor(async () => (await shown()).includes('default/web-3 following'), { timeoutMs: 10_000, what: 'the pods again' });
    cluster.logs.write('default/web-3/main', `${stamp()} twice`);
    await kept.untilTexts('source:default/web-3', ['once', 'twice']);
  });

  it('leaves to an engine of this machine what that has too', async () => {
    const cluster = await openCluster();
    const id = 'a1'.repeat(32);
    const status = (containerID: string) => ({
      name: 'main',
      image: 'x',
      containerID,
      ready: true,
      restartCount: 0,
      state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
      lastState: {},
    });
    cluster.store.add(makePod({ name: 'ours', statuses: [status(`docker://${id}`)] }));
    cluster.store.add(makePod({ name: 'other', statuses: [status(`containerd://${'b2'.repeat(32)}`)] }));
    const kept = keepPodLogs(cluster);
    await kept.sources();
    kept.tellEngine([{ id, name: 'k8s_main_ours', tty: false, startedAtMs: 1, startedWhileWatching: false }]);
    await waitFor(async () => (await kept.sources()).some(({ state }) => state === 'following'), { timeoutMs: 10_000, what: 'a pod' });
    expect((await kept.sources()).map(({ name }) => name)).toEqual(['default/other']);
    expect(cluster.requests.filter((request) => request.includes('/ours/log'))).toEqual([]);
  });
});

describe('logs of pods through the whole app', () => {
  it(`keeps every line once, killed ${kills} times while pods write and crash`, { timeout: 60_000 + kills * 15_000 }, async () => {
    const cluster = await openCluster();
    vi.stubEnv('KUBECONFIG', cluster.kubeconfig());
    onTestFinished(() => void vi.unstubAllEnvs());
    const data = temporaryDirectory();
    writeLogSettings(data);
    const written: string[] = [];
    const key = 'default/web-1/main';
    function write(): void {
      const text = `tick ${written.length + 1}`;
      written.push(text);
      cluster.logs.write(key, `${stamp()} ${text}`);
    }
    cluster.store.add(makePod({ name: 'web-1' }));
    const start = async (): Promise<LogsApp> => {
      const app = await startLogsApp({ dataDirectory: data });
      onTestFinished(() => app.stop());
      return app;
    };
    let app = await start();
    await app.ask('readings.latest', null);
    write();
    await waitForTexts(app, '"tick 1"', 1);
    const writer = setInterval(write, 4);
    onTestFinished(() => clearInterval(writer));
    for (let round = 0; round < kills; round += 1) {
      const from = written.length;
      await waitForTexts(app, `"tick ${from}"`, 1);
      await app.stop(round % 4 === 1 ? 'SIGTERM' : 'SIGKILL');
      // Meanwhile it crashes in every second round: what it said before is in the run before.
      if (round % 2 === 0) {
        crashPod(cluster, 'default', 'web-1', round);
        restartPod(cluster, 'default', 'web-1', round + 1);
      }
      app = await start();
    }
    clearInterval(writer);
    write();
    await waitForTexts(app, `"${written.at(-1)}"`, 1);
    const kept: string[] = [];
    let beforeId: number | null = null;
    do {
      const page: LogPage = await app.ask('logs.search', {
        query: 'source:default/web-1',
        beforeId,
        fromMs: null,
        toMs: null,
        limit: 1_000,
      });
      kept.unshift(...page.records.map(({ text }) => text).toReversed());
      beforeId = page.nextBeforeId;
    } while (beforeId !== null);
    expect(kept.length).toBe(written.length);
    expect(kept).toEqual(written);
  });
});
