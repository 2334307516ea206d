import { describe, expect, it } from 'vitest';
import { makePod } from '../helpers/kubernetes-sample-pods';
import { openCluster, openPods } from '../helpers/pods-collector';
import { waitFor } from '../helpers/wait-for';

describe('logs and events of a pod', () => {
  const collected = async (pieces: AsyncIterable<Buffer>) => {
    let text = '';
    for await (const piece of pieces) text += piece.toString('utf8');
    return text;
  };

  it('gives the log of the run before, and follows the present one until it breaks', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1', spec: { initContainers: [{ name: 'init', image: 'x' }] } }));
    for (const number of [1, 2, 3]) cluster.logs.write('default/web-1/main', `2026-01-01T00:00:0${number}.5Z line ${number}`);
    cluster.logs.write('default/web-1/main/previous', '2025-12-31T00:00:00.5Z the end');
    const { collector, facts } = openPods({ KUBECONFIG: cluster.kubeconfig() });
    await facts();
    const never = new AbortController().signal;
    const target = { namespace: 'default', name: 'web-1', container: null } as const;
    expect(await collected(await collector.podLogs.open({ ...target, previous: true, from: { tail: 10 } }, never))).toBe(
      '2025-12-31T00:00:00.5Z the end\n',
    );

    const ended = new AbortController();
    const live = await collector.podLogs.open({ ...target, previous: false, from: { since: '2026-01-01T00:00:02Z' } }, ended.signal);
    let text = '';
    const reading = (async () => {
      for await (const piece of live) text += piece.toString('utf8');
    })();
    await waitFor(() => text.includes('line 3'), { timeoutMs: 5_000, what: 'the lines so far' });
    cluster.logs.write('default/web-1/main', '2026-01-01T00:00:09.5Z live');
    await waitFor(() => text.includes('live'), { timeoutMs: 5_000, what: 'the live line' });
    expect(text).not.toContain('line 1');
    cluster.logs.cut();
    await expect(reading).rejects.toMatchObject({ name: 'PodLogError', statusCode: null });

    const refused = (request: Partial<Parameters<typeof collector.podLogs.open>[0]>) =>
      collector.podLogs.open({ ...target, previous: false, from: { tail: 1 }, ...request }, never);
    await expect(refused({ name: 'gone' })).rejects.toMatchObject({ statusCode: 404, message: 'pods "gone" not found' });
    await expect(refused({ namespace: '..', name: 'x' })).rejects.toMatchObject({ name: 'PodLogError', statusCode: 400 });
    await expect(refused({ container: 'x' })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('finds the pods of a Deployment, and events about the pod and those above it', async () => {
    const cluster = await openCluster();
    const web = { labels: { 'pod-template-hash': '7d4b' }, owner: { kind: 'ReplicaSet', name: 'web-7d4b' } };
    cluster.store.add(makePod({ name: 'web-7d4b-a', ...web }));
    cluster.store.add(makePod({ name: 'web-7d4b-b', ...web }));
    cluster.store.add(makePod({ name: 'web-7d4b-a', namespace: 'other', ...web }));
    cluster.store.add(makePod({ name: 'lone-1' }));
    const event = (kind: string, name: string, minute: number) => ({
      metadata: { name: `${name}.${minute}`, namespace: 'default' },
      involvedObject: { kind, name },
      type: 'Normal',
      reason: 'Something',
      message: `of ${kind}`,
      lastTimestamp: `2026-01-01T00:0${minute}:00Z`,
    });
    cluster.events.push(
      event('Pod', 'web-7d4b-a', 1),
      event('ReplicaSet', 'web-7d4b', 3),
      event('Deployment', 'web', 2),
      event('Pod', 'web-7d4b-b', 4),
    );
    const { collector, facts } = openPods({ KUBECONFIG: cluster.kubeconfig() });
    expect(collector.podLogs.podsOf('default', 'Deployment', 'web')).toEqual([]);
    await facts();
    const found = collector.podLogs.podsOf('default', 'Deployment', 'web');
    expect(found).toEqual([
      { namespace: 'default', name: 'web-7d4b-a', uid: 'uid-default-web-7d4b-a', containers: ['main'] },
      { namespace: 'default', name: 'web-7d4b-b', uid: 'uid-default-web-7d4b-b', containers: ['main'] },
    ]);
    expect(collector.podLogs.podsOf('default', 'ReplicaSet', 'web-7d4b')).toEqual(found);
    const { events, unreadable } = await collector.events('default', 'web-7d4b-a');
    expect(unreadable).toBeNull();
    expect(events.map(({ object }) => object)).toEqual(['ReplicaSet web-7d4b', 'Deployment web', 'Pod web-7d4b-a']);
    cluster.forbiddenNamespaces.add('default');
    expect((await collector.events('default', 'web-7d4b-a')).unreadable).toContain('forbids it');
  });
});
