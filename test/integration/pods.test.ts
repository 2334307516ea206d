import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crashLoopStatus, everySamplePod, makePod, printedStatus } from '../helpers/kubernetes-sample-pods';
import type { KubernetesStandIn } from '../helpers/kubernetes-stand-in';
import { openCluster, openPods, podNamed, wholeCluster } from '../helpers/pods-collector';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

const names = (facts: { readonly pods: readonly { readonly name: string }[] }) => facts.pods.map(({ name }) => name);
const countOf = (cluster: KubernetesStandIn, pattern: RegExp) => cluster.requests.filter((request) => pattern.test(request)).length;
const lists = /^GET \/api\/v1\/pods\?limit/;

describe('pods of a cluster', () => {
  it('are told as kubectl tells them', async () => {
    const cluster = await openCluster();
    for (const pod of everySamplePod()) cluster.store.add(pod);
    const facts = await openPods({ KUBECONFIG: cluster.kubeconfig() }).facts();
    expect(facts).toMatchObject({
      context: 'stand-in',
      namespace: null,
      namespaces: ['default', 'kube-system'],
      serverVersion: 'v1.32.0-stand-in',
    });
    expect(facts).toMatchObject({ watch: 'live', broken: null });
    const printed = everySamplePod().map(({ metadata }) => [
      metadata.name,
      (metadata.annotations as Record<string, string>)[printedStatus],
    ]);
    expect(Object.fromEntries(facts.pods.map(({ name, status }) => [name, status]))).toEqual(Object.fromEntries(printed));
    expect(podNamed(facts, 'web-7d4b9c-a1').owner).toEqual({ kind: 'Deployment', name: 'web' });
  });

  it('follow every change without being listed again, and keep their identity while nothing changes', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    cluster.store.add(makePod({ name: 'web-2' }));
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() });
    await pods.until('CPU and memory', ({ pods: all }) => all.every(({ cpuCores }) => cpuCores !== null));
    const before = await pods.facts();
    expect(await pods.facts()).toBe(before);
    await waitFor(() => cluster.watchCount === 1, { timeoutMs: 5_000, what: 'the watch' });
    cluster.store.add(makePod({ name: 'web-3' }));
    cluster.store.update('default', 'web-2', (pod) => {
      pod.status = { ...pod.status, containerStatuses: [crashLoopStatus('main', 1, 'Error')] };
    });
    cluster.store.remove('default', 'web-1');
    const after = await pods.until('the three changes', (facts) => names(facts).join() === 'web-2,web-3');
    expect(podNamed(after, 'web-2')).toMatchObject({ status: 'CrashLoopBackOff', restartCount: 7 });
    cluster.store.update('default', 'web-3', (pod) => {
      pod.status = { ...pod.status, phase: 'Failed' };
    });
    const last = await pods.until('a failed pod', (facts) => podNamed(facts, 'web-3').phase === 'Failed');
    expect(podNamed(last, 'web-2')).toBe(podNamed(after, 'web-2'));
    expect(countOf(cluster, lists)).toBe(1);
  });

  it('are read in pages', async () => {
    const cluster = await openCluster();
    for (let index = 0; index < 1_203; index += 1) cluster.store.add(makePod({ name: `pod-${index}` }));
    const facts = await openPods({ KUBECONFIG: cluster.kubeconfig() }).facts();
    expect(facts.pods).toHaveLength(1_203);
    expect(countOf(cluster, lists)).toBe(3);
  });

  it('are asked for with GET only', async () => {
    const cluster = await openCluster();
    for (const pod of everySamplePod()) cluster.store.add(pod);
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() });
    await pods.until('CPU and memory', ({ pods: all }) => all.some(({ cpuCores }) => cpuCores !== null));
    await pods.collector.events('default', 'crash-1');
    expect(cluster.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect(cluster.requests.length).toBeGreaterThan(5);
  });
});

describe('a watch that breaks', () => {
  it('goes on at the last bookmark: what was deleted meanwhile vanishes, and nothing is listed again', async () => {
    const cluster = await openCluster();
    cluster.bookmarkEveryMs = 20;
    cluster.store.add(makePod({ name: 'web-1' }));
    cluster.store.add(makePod({ name: 'web-2' }));
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() });
    await pods.facts();
    await waitFor(() => cluster.watchCount === 1, { timeoutMs: 5_000, what: 'the watch' });
    // Only the bookmark knows of these versions: without it the watch would be too old.
    for (let index = 0; index < 5; index += 1) cluster.store.advance();
    const place = new RegExp(`watch=true.*resourceVersion=${cluster.store.version}`);
    await waitFor(
      async () => {
        cluster.cutWatches();
        await pods.facts();
        return countOf(cluster, place) > 0;
      },
      { timeoutMs: 5_000, what: 'a watch from the bookmark', everyMs: 100 },
    );
    cluster.store.compact();
    cluster.cutWatches();
    cluster.store.remove('default', 'web-1');
    await pods.until('the deletion', (facts) => names(facts).join() === 'web-2');
    expect(countOf(cluster, lists)).toBe(1);
  });

  it('lists again when the cluster has forgotten the place (410), and only then', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    cluster.store.add(makePod({ name: 'web-2' }));
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() });
    const before = await pods.facts();
    await waitFor(() => cluster.watchCount === 1, { timeoutMs: 5_000, what: 'the watch' });
    await cluster.goDown();
    cluster.store.remove('default', 'web-1');
    cluster.store.advance();
    cluster.store.compact();
    await cluster.listen();
    const after = await pods.until('the deletion', (facts) => names(facts).join() === 'web-2' && facts.watch === 'live');
    expect(podNamed(after, 'web-2').uid).toBe(podNamed(before, 'web-2').uid);
    expect(countOf(cluster, lists)).toBe(2);
  });

  it('shows the pods as last seen and why, and comes back by itself', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() });
    await pods.facts();
    await waitFor(() => cluster.watchCount === 1, { timeoutMs: 5_000, what: 'the watch' });
    await cluster.goDown();
    const gone = await pods.until('the loss', ({ watch }) => watch === 'resuming');
    expect(names(gone)).toEqual(['web-1']);
    const later = await pods.until('the refusal', ({ broken }) => /Nothing answers at https:/.test(broken?.detail ?? ''));
    expect(later.broken?.sinceMs).toBe(gone.broken?.sinceMs);
    await cluster.listen();
    cluster.store.add(makePod({ name: 'web-2' }));
    const back = await pods.until('the return', ({ watch }) => watch === 'live');
    expect(back.broken).toBeNull();
    await pods.until('the pod that came meanwhile', (facts) => names(facts).includes('web-2'));
    expect(countOf(cluster, lists)).toBe(1);
  });

  it('leaves no connection behind, however often it breaks', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    // Its pauses are waited for fifty times.
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() }, { longestPauseMs: 20 });
    await pods.facts();
    const watches = () => countOf(cluster, /watch=true/);
    for (let turn = 1; turn <= 50; turn += 1) {
      await waitFor(() => watches() >= turn && cluster.watchCount === 1, { timeoutMs: 5_000, what: `watch ${turn}`, everyMs: 5 });
      cluster.cutWatches();
    }
    await pods.until('the return', ({ watch }) => watch === 'live');
    expect(cluster.connectionCount).toBeLessThanOrEqual(4);
    await pods.collector.close();
    await waitFor(() => cluster.connectionCount === 0, { timeoutMs: 5_000, what: 'the end of every connection' });
  });

  it('is noticed when the cluster falls silent without closing anything', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() }, { watchSeconds: 1 });
    await pods.facts();
    await waitFor(() => cluster.watchCount === 1, { timeoutMs: 5_000, what: 'the watch' });
    cluster.frozen = true;
    const { broken } = await pods.until('the loss', ({ watch }) => watch === 'resuming');
    expect(broken?.detail).toMatch(/silent|did not answer in time/);
    cluster.frozen = false;
    await pods.until('the return', ({ watch }) => watch === 'live');
  });

  it('ends when the rights are taken away, and says so', async () => {
    const cluster = await openCluster();
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() });
    await pods.facts();
    await waitFor(() => cluster.watchCount === 1, { timeoutMs: 5_000, what: 'the watch' });
    cluster.allNamespacesForbidden = true;
    cluster.cutWatches();
    const outcome = await waitFor(
      async () => {
        const one = await pods.collect();
        return one.kind === 'ok' && one.data.namespace === null ? null : one;
      },
      { timeoutMs: 5_000, what: 'the refusal' },
    );
    expect(outcome).toMatchObject({ kind: 'unavailable', reason: 'permission-denied' });
  });
});

describe('which cluster and which namespace', () => {
  it('are those of the settings, changed while it runs', async () => {
    const [one, other] = [await openCluster(), await openCluster()];
    one.store.add(makePod({ name: 'of-one' }));
    other.store.add(makePod({ name: 'of-other' }));
    other.store.add(makePod({ name: 'of-team', namespace: 'team' }));
    const KUBECONFIG = [one.kubeconfig({ name: 'one' }), '/nonexistent/config', other.kubeconfig({ name: 'other' })].join(delimiter);
    const pods = openPods({ KUBECONFIG });
    const first = await pods.facts();
    expect(first.contexts.map(({ name }) => name)).toEqual(['one', 'other']);
    expect([first.context, names(first)]).toEqual(['one', ['of-one']]);
    pods.choice = { ...wholeCluster, context: 'other', namespace: 'team' };
    const second = await pods.facts();
    expect([second.context, second.namespace, names(second)]).toEqual(['other', 'team', ['of-team']]);
    await waitFor(() => one.watchCount === 0, { timeoutMs: 5_000, what: 'the end of the old watch' });
    pods.choice = { ...wholeCluster, context: 'third' };
    expect(await pods.unavailable()).toMatchObject({ reason: 'not-configured', hint: 'Choose another. There are: one, other.' });
    expect(await pods.collector.contexts()).toMatchObject({ contexts: [{ name: 'one' }, { name: 'other' }], current: 'one' });
  });

  it('follow a kubeconfig that is written anew', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    const path = join(temporaryDirectory(), 'config');
    const pods = openPods({ KUBECONFIG: path });
    expect(await pods.unavailable()).toMatchObject({
      reason: 'not-configured',
      detail: `KUBECONFIG names ${path}, but no such file exists.`,
    });
    writeFileSync(path, '{ "clusters": [');
    expect(await pods.unavailable()).toMatchObject({ reason: 'not-configured', detail: expect.stringContaining('cannot be understood') });
    writeFileSync(path, readFileSync(cluster.kubeconfig()));
    expect(names(await pods.facts())).toEqual(['web-1']);
  });

  it('fall back to the namespace of the context where all of them are forbidden', async () => {
    const cluster = await openCluster();
    cluster.allNamespacesForbidden = true;
    cluster.namespacesForbidden = true;
    cluster.store.add(makePod({ name: 'web-1', namespace: 'team' }));
    cluster.store.add(makePod({ name: 'web-2', namespace: 'other' }));
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig({ namespace: 'team' }) });
    const outcome = await pods.collect();
    expect(outcome).toMatchObject({ kind: 'ok', data: { namespace: 'team', namespaces: null, pods: [{ name: 'web-1' }] } });
    expect(outcome.kind === 'ok' && outcome.warnings).toEqual([expect.stringContaining('shown is team')]);
  });
});

describe('CPU and memory', () => {
  it('come from metrics-server, by container and in one sum', async () => {
    const cluster = await openCluster();
    cluster.store.add(
      makePod({
        name: 'web-1',
        namespace: 'team',
        containers: [
          { name: 'a', image: 'a' },
          { name: 'b', image: 'b' },
        ],
      }),
    );
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() }, { choice: { ...wholeCluster, namespace: 'team' } });
    const facts = await pods.until('the figures', ({ pods: [pod] }) => pod?.cpuCores !== null);
    expect(facts.pods[0]).toMatchObject({ cpuCores: 0.002000001, memoryBytes: 2 * 1024 ** 2, cpuLimitCores: null });
    expect(facts.pods[0]?.containers.map(({ memoryBytes }) => memoryBytes)).toEqual([1024 ** 2, 1024 ** 2]);
    expect(countOf(cluster, /metrics.k8s.io\/v1beta1\/namespaces\/team\/pods/)).toBe(1);
  });

  it('are missing calmly without it, and it is not asked every time', async () => {
    const cluster = await openCluster();
    cluster.metrics = false;
    cluster.store.add(makePod({ name: 'web-1' }));
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() });
    const facts = await pods.until('the words', ({ metricsUnavailable }) => metricsUnavailable !== null);
    expect(facts.metricsUnavailable).toContain('no metrics-server');
    expect(facts.pods[0]).toMatchObject({ cpuCores: null, memoryBytes: null, memoryLimitBytes: 128 * 1024 ** 2 });
    for (let turn = 0; turn < 20; turn += 1) await pods.facts();
    expect(countOf(cluster, /metrics/)).toBe(1);
  });
});
