import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everySamplePod, makePod, printedStatus } from '../helpers/kubernetes-sample-pods';
import { KubernetesStandIn } from '../helpers/kubernetes-stand-in';
import { waitFor } from '../helpers/wait-for';

const run = promisify(execFile);
/** LOGSCOPE_TEST_KUBECTL: another version than the one in PATH. */
const kubectl = process.env.LOGSCOPE_TEST_KUBECTL ?? 'kubectl';
const isThere = spawnSync(kubectl, ['version', '--client'], { stdio: 'ignore' }).status === 0;

/** The proof that the stand-in speaks the protocol: the real kubectl is content with it. */
describe.skipIf(!isThere)('the stand-in cluster satisfies the real kubectl (apt-get install kubernetes-client)', () => {
  let cluster: KubernetesStandIn;
  let environment: NodeJS.ProcessEnv;
  let home: string;
  const ask = async (...args: string[]) => (await run(kubectl, args, { env: environment })).stdout;

  beforeAll(async () => {
    cluster = await KubernetesStandIn.start();
    home = mkdtempSync(join(tmpdir(), 'logscope-kubectl-'));
    environment = { PATH: process.env.PATH, HOME: home, KUBECONFIG: cluster.kubeconfig() };
    for (const pod of everySamplePod()) cluster.store.add(pod);
    for (let number = 1; number <= 3; number += 1) {
      cluster.logs.write('default/web-7d4b9c-a1/main', `2026-01-01T00:00:0${number}.000000001Z line ${number}`);
    }
    cluster.logs.write('default/crash-1/main/previous', '2026-01-01T00:00:00.000000001Z it was this');
    cluster.events.push({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'crash-1.1', namespace: 'default' },
      involvedObject: { kind: 'Pod', namespace: 'default', name: 'crash-1', uid: 'uid-default-crash-1' },
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      count: 7,
      source: { component: 'kubelet' },
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:01:00Z',
    });
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('lists pods of all namespaces with their STATUS', async () => {
    const lines = (await ask('get', 'pods', '-A', '--no-headers')).trim().split('\n');
    const printed = Object.fromEntries(
      lines.map((line) => line.split(/\s+/)).map(([namespace, name, , status]) => [`${namespace}/${name}`, status]),
    );
    const expected = everySamplePod().map(({ metadata }) => [
      `${metadata.namespace}/${metadata.name}`,
      (metadata.annotations as Record<string, string>)[printedStatus],
    ]);
    expect(printed).toEqual(Object.fromEntries(expected));
  });

  it('lists in pages, wide, and by label', async () => {
    expect(await ask('get', 'pods', '-A', '--chunk-size=4', '-o', 'name')).toBe(await ask('get', 'pods', '-A', '-o', 'name'));
    expect(await ask('get', 'pods', '-o', 'wide')).toMatch(/NODE[\s\S]*web-7d4b9c-b2\s+2\/2\s+Running\s+0\s+10m\s+10\.0\.0\.5\s+node-1/);
    expect(await ask('get', 'pods', '-l', 'pod-template-hash=7d4b9c', '-o', 'name')).toBe('pod/web-7d4b9c-a1\npod/web-7d4b9c-b2\n');
  });

  it('watches', async () => {
    const child = spawn(kubectl, ['get', 'pods', '-w', '--output-watch-events', '--no-headers'], { env: environment });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const gone = once(child, 'exit');
    try {
      await waitFor(() => cluster.watchCount > 0, { timeoutMs: 10_000, what: 'the watch of kubectl' });
      cluster.store.add(makePod({ name: 'late-1' }));
      cluster.store.update('default', 'late-1', (pod) => {
        pod.metadata.annotations = { [printedStatus]: 'Error' };
      });
      cluster.store.remove('default', 'late-1');
      await waitFor(() => /ADDED\s+late-1.*Running[\s\S]*MODIFIED\s+late-1.*Error[\s\S]*DELETED\s+late-1/.test(output), {
        timeoutMs: 10_000,
        what: 'the three events',
      });
    } finally {
      child.kill('SIGTERM');
      await gone;
    }
  });

  it('reads logs: of a container, of the run before, and live', async () => {
    expect(await ask('logs', 'web-7d4b9c-a1', '-c', 'main', '--tail=2')).toBe('line 2\nline 3\n');
    expect(await ask('logs', 'web-7d4b9c-a1', '--timestamps', '--tail=1')).toBe('2026-01-01T00:00:03.000000001Z line 3\n');
    expect(await ask('logs', 'crash-1', '--previous')).toBe('it was this\n');
    await expect(ask('logs', 'web-7d4b9c-a1', '--previous')).rejects.toThrow('previous terminated container');
    const child = spawn(kubectl, ['logs', '-f', 'web-7d4b9c-a1'], { env: environment });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const gone = once(child, 'exit');
    try {
      await waitFor(() => output.includes('line 3'), { timeoutMs: 10_000, what: 'the lines so far' });
      cluster.logs.write('default/web-7d4b9c-a1/main', '2026-01-01T00:00:09.000000001Z live');
      await waitFor(() => output.includes('live'), { timeoutMs: 10_000, what: 'the live line' });
    } finally {
      child.kill('SIGTERM');
      await gone;
    }
  });

  it('shows the top, and describes with events', async () => {
    expect(await ask('top', 'pods', '-A', '--no-headers')).toMatch(/kube-system\s+dns-1\s+\d+m\s+\d+Mi/);
    const described = await ask('describe', 'pod', 'crash-1');
    expect(described).toMatch(/Reason:\s+CrashLoopBackOff/);
    expect(described).toMatch(/Warning\s+BackOff[\s\S]*Back-off restarting failed container/);
  });

  it('refuses what it must', async () => {
    cluster.forbiddenNamespaces.add('secret');
    await expect(ask('get', 'pods', '-n', 'secret')).rejects.toThrow('Forbidden');
    await expect(ask('delete', 'pod', 'crash-1')).rejects.toThrow();
    await expect(ask('--token=wrong', 'get', 'pods')).rejects.toThrow(/Unauthorized|logged in/);
  });
});
