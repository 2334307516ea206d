import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLoginPath } from '../../src-main/platform/login-path';
import { makePod } from '../helpers/kubernetes-sample-pods';
import type { KubernetesStandIn } from '../helpers/kubernetes-stand-in';
import { openCluster, openPods, wholeCluster } from '../helpers/pods-collector';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

/** A credential plug-in that counts its runs, writes what it was told, and gives a token. */
function makePlugin(cluster: KubernetesStandIn, lines: readonly string[] = []) {
  const directory = temporaryDirectory();
  const path = join(directory, 'give-token');
  const at = (name: string) => join(directory, name);
  const credential = JSON.stringify({
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: cluster.token },
  });
  const script = [
    '#!/bin/sh',
    `echo run >> ${at('runs')}`,
    `printf '%s' "$KUBERNETES_EXEC_INFO" > ${at('info')}`,
    ...lines,
    `echo '${credential}'`,
  ];
  writeFileSync(path, `${script.join('\n')}\n`);
  chmodSync(path, 0o755);
  const read = (name: string) => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : '');
  return { directory, path, runCount: () => read('runs').split('\n').length - 1, told: () => read('info') };
}

const exec = (command: string, more: object = {}) => ({
  exec: { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command, ...more },
});

describe('a cluster that cannot be read says why', () => {
  it('nothing there: no kubeconfig', async () => {
    const why = await openPods({}).unavailable();
    expect(why).toMatchObject({ reason: 'not-configured', detail: 'There is no kubeconfig at /nonexistent/.kube/config.' });
  });

  it('nobody answers', async () => {
    const cluster = await openCluster();
    const KUBECONFIG = cluster.kubeconfig();
    await cluster.goDown();
    const why = await openPods({ KUBECONFIG }).unavailable();
    expect(why).toMatchObject({ reason: 'unreachable', detail: `Nothing answers at ${cluster.address} (context stand-in).` });
    await cluster.listen();
  });

  it('it accepts and never answers', async () => {
    const cluster = await openCluster();
    cluster.frozen = true;
    const why = await openPods({ KUBECONFIG: cluster.kubeconfig() }).unavailable();
    expect(why).toMatchObject({ reason: 'unreachable', detail: `${cluster.address} (context stand-in) did not answer in time.` });
  });

  it('its certificate is not the one of the kubeconfig', async () => {
    const [cluster, impostor] = [await openCluster(), await openCluster()];
    const why = await openPods({ KUBECONFIG: cluster.kubeconfig({ cluster: { server: impostor.address } }) }).unavailable();
    expect(why).toMatchObject({ reason: 'unreachable', detail: expect.stringContaining('is not trusted') });
    expect(impostor.requests).toEqual([]);
  });

  it('its name is unknown', async () => {
    const cluster = await openCluster();
    const why = await openPods({ KUBECONFIG: cluster.kubeconfig({ cluster: { server: 'https://cluster.invalid:6443' } }) }).unavailable();
    expect(why).toMatchObject({ reason: 'unreachable', detail: expect.stringContaining('is not known here') });
  });

  it('it is no cluster at all', async () => {
    const server = createServer((_request, response) => response.end('<html>hello</html>')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    const cluster = await openCluster();
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const why = await openPods({ KUBECONFIG: cluster.kubeconfig({ cluster: { server: address } }) }).unavailable();
    expect(why.reason).toBe('unreachable');
  });

  it('it does not accept the credentials', async () => {
    const cluster = await openCluster();
    const why = await openPods({ KUBECONFIG: cluster.kubeconfig({ user: { token: 'old' } }) }).unavailable();
    expect(why).toMatchObject({
      reason: 'permission-denied',
      detail: 'The cluster of context stand-in does not accept the credentials of "stand-in": Unauthorized.',
    });
  });

  it('it forbids the namespace', async () => {
    const cluster = await openCluster();
    cluster.forbiddenNamespaces.add('secret');
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig() }, { choice: { ...wholeCluster, namespace: 'secret' } });
    expect(await pods.unavailable()).toMatchObject({
      reason: 'permission-denied',
      detail: expect.stringContaining('cannot list resource "pods" in API group "" in the namespace "secret"'),
      hint: expect.stringContaining('Choose a namespace'),
    });
  });

  it('a certificate file is missing', async () => {
    const cluster = await openCluster();
    const user = { 'client-certificate': '/nonexistent/client.pem', 'client-key': '/nonexistent/client.key' };
    const why = await openPods({ KUBECONFIG: cluster.kubeconfig({ user }) }).unavailable();
    expect(why).toMatchObject({ reason: 'not-configured', detail: expect.stringContaining('/nonexistent/client.pem') });
  });

  it('its old auth-provider would run a program unasked: it is not even looked at', async () => {
    const cluster = await openCluster();
    const plugin = makePlugin(cluster);
    const user = { 'auth-provider': { name: 'gcp', config: { 'cmd-path': plugin.path } } };
    expect(await openPods({ KUBECONFIG: cluster.kubeconfig({ user }) }).unavailable()).toMatchObject({ reason: 'not-configured' });
    expect(plugin.runCount()).toBe(0);
  });
});

describe('a cluster behind a proxy', () => {
  it('is reached through the proxy of the kubeconfig, with its own certificate', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    const asked: string[] = [];
    const proxy = createServer().listen(0, '127.0.0.1');
    const sockets = new Set<Duplex>();
    proxy.on('connect', (request, client: Duplex) => {
      asked.push(request.url ?? '');
      const server = connect(Number(new URL(cluster.address).port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client.pipe(server).pipe(client);
      });
      for (const socket of [client, server]) sockets.add(socket.on('error', () => undefined));
    });
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    });
    await once(proxy, 'listening');
    const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const pods = openPods({ KUBECONFIG: cluster.kubeconfig({ cluster: { 'proxy-url': proxyUrl } }) });
    expect((await pods.facts()).pods).toHaveLength(1);
    await waitFor(() => cluster.watchCount === 1, { timeoutMs: 5_000, what: 'the watch' });
    expect(new Set(asked)).toEqual(new Set([new URL(cluster.address).host]));
    expect(asked.length).toBeLessThanOrEqual(5);
  });
});

describe('a program that the kubeconfig names', () => {
  it('runs only after the person agreed to it, once, told what kubectl tells it', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    const plugin = makePlugin(cluster);
    const more = {
      args: ['--cluster', 'a b; touch /tmp/never'],
      env: [
        { name: 'PROFILE', value: 'dev' },
        { name: 'API_TOKEN', value: 'hidden' },
      ],
    };
    const KUBECONFIG = cluster.kubeconfig({ user: exec(plugin.path, { ...more, provideClusterInfo: true }) });
    const pods = openPods({ KUBECONFIG });
    const asked = await pods.unavailable();
    expect(asked.reason).toBe('needs-consent');
    expect(asked.consent?.command).toEqual(['PROFILE=dev', 'API_TOKEN=***', plugin.path, ...more.args]);
    await pods.unavailable();
    const { programs } = await pods.collector.contexts();
    expect(programs).toEqual([{ key: asked.consent?.key, command: asked.consent?.command, contexts: ['stand-in'] }]);
    expect(plugin.runCount()).toBe(0);
    expect(cluster.requests).toEqual([]);

    pods.choice = { ...wholeCluster, agreedCommands: [asked.consent?.key ?? ''] };
    expect((await pods.facts()).pods).toHaveLength(1);
    pods.choice = { ...pods.choice, namespace: 'default' };
    expect((await pods.facts()).pods).toHaveLength(1);
    expect(plugin.runCount()).toBe(1);
    expect(JSON.parse(plugin.told())).toMatchObject({
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { server: cluster.address } },
    });

    const changed = cluster.kubeconfig({ user: exec(plugin.path, { ...more, args: ['--cluster', 'other'] }) });
    const again = await openPods({ KUBECONFIG: changed }, { choice: pods.choice }).unavailable();
    expect(again.reason).toBe('needs-consent');
    expect(again.consent?.key).not.toBe(asked.consent?.key);
  });

  const agreeTo = async (KUBECONFIG: string, options: Parameters<typeof openPods>[1] = {}, environment: NodeJS.ProcessEnv = {}) => {
    const pods = openPods({ KUBECONFIG, ...environment }, options);
    const { consent } = await pods.unavailable();
    pods.choice = { ...wholeCluster, agreedCommands: [consent?.key ?? ''] };
    return pods;
  };

  it('is missing: the kubeconfig itself knows how to get it', async () => {
    const cluster = await openCluster();
    const user = exec('logscope-no-such-plugin', { installHint: 'Install it with: get-plugin' });
    const pods = await agreeTo(cluster.kubeconfig({ user }), {}, { PATH: '/nonexistent' });
    expect(await pods.unavailable()).toMatchObject({
      reason: 'not-installed',
      detail: expect.stringContaining('"logscope-no-such-plugin"'),
      hint: 'Install it with: get-plugin',
    });
  });

  it('is found where only the login shell looks', async () => {
    const cluster = await openCluster();
    cluster.store.add(makePod({ name: 'web-1' }));
    const plugin = makePlugin(cluster);
    const home = temporaryDirectory();
    writeFileSync(join(home, '.profile'), `echo welcome\nexport PATH="${plugin.directory}:$PATH"\n`);
    const environment = { PATH: '/usr/bin:/bin', HOME: home, SHELL: '/bin/sh' };
    const loginPath = createLoginPath({ platform: 'linux', environment });
    const pods = await agreeTo(cluster.kubeconfig({ user: exec('give-token') }), { loginPath }, environment);
    expect((await pods.facts()).pods).toHaveLength(1);
    expect(plugin.runCount()).toBe(1);
  });

  it('does not wait for a shell that hangs, and ends all that it started', async () => {
    const directory = temporaryDirectory();
    const shell = join(directory, 'shell');
    writeFileSync(shell, `#!/bin/sh\ntrap '' TERM\necho $$ > ${join(directory, 'pid')}\nsleep 100\nsleep 100\n`);
    chmodSync(shell, 0o755);
    const loginPath = createLoginPath({ platform: 'linux', environment: { SHELL: shell, PATH: '/usr/bin:/bin' }, patienceMs: 500 });
    expect(await loginPath()).toBeNull();
    const pid = Number(readFileSync(join(directory, 'pid'), 'utf8'));
    await waitFor(() => !existsSync(`/proc/${pid}`), { timeoutMs: 5_000, what: 'the end of the shell' });
  });

  it('fails: its own words are shown, and it is left alone for a while', async () => {
    const cluster = await openCluster();
    const plugin = makePlugin(cluster, ['echo "token expired: run login" >&2', 'exit 3']);
    const pods = await agreeTo(cluster.kubeconfig({ user: exec(plugin.path) }));
    const why = await pods.unavailable();
    expect(why).toMatchObject({ reason: 'permission-denied', detail: `"${plugin.path}" ended with code 3: token expired: run login` });
    expect(await pods.unavailable()).toEqual(why);
    expect(plugin.runCount()).toBe(1);
  });

  it('prints something else', async () => {
    const cluster = await openCluster();
    const plugin = makePlugin(cluster, ['echo hello', 'exit 0']);
    const pods = await agreeTo(cluster.kubeconfig({ user: exec(plugin.path) }));
    expect(await pods.unavailable()).toMatchObject({
      reason: 'permission-denied',
      detail: expect.stringContaining('did not print credentials'),
    });
  });

  it('takes its time: the reading does not wait for it', async () => {
    const cluster = await openCluster();
    const plugin = makePlugin(cluster, ['exec sleep 30']);
    const pods = await agreeTo(cluster.kubeconfig({ user: exec(plugin.path) }), { attachWithinMs: 1_000 });
    expect(await pods.unavailable()).toMatchObject({ reason: 'starting' });
    expect(plugin.runCount()).toBe(1);
  });
});
