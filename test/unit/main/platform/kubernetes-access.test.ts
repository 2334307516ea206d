import { KubeConfig } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import type { ExecResult } from '../../../../src-main/platform/exec';
import { pathOf } from '../../../../src-main/platform/kubernetes';
import { KubernetesAccess } from '../../../../src-main/platform/kubernetes-access';
import { addressOf } from '../../../../src-main/platform/kubernetes-client';
import { kubeconfigPlaces } from '../../../../src-main/platform/kubernetes-config';
import { judgeUnreachable, toStatusError } from '../../../../src-main/platform/kubernetes-errors';
import { consentKey, parseExecPlugin, shownCommand } from '../../../../src-main/platform/kubernetes-exec-plugin';
import { PluginRuns } from '../../../../src-main/platform/kubernetes-plugin-runs';
import { mergePaths, parseMarkedPath } from '../../../../src-main/platform/login-path';
import { createFakeTime } from '../../../helpers/fake-time';

const context = { name: 'dev', cluster: 'dev', server: 'https://dev:6443', user: 'me', namespace: null };
const cluster = { server: context.server };
const plugin = parseExecPlugin({ command: 'aws', args: ['eks', 7], env: [{ name: 'AWS_PROFILE', value: 'dev' }] }, cluster);
if (plugin === null) throw new Error('no plug-in');

describe('a credential plug-in', () => {
  it('is read tolerantly', () => {
    expect(plugin).toMatchObject({ command: 'aws', args: ['eks', '7'], cluster: null, installHint: null });
    expect(parseExecPlugin({ command: 'x', provideClusterInfo: true, args: null, env: 5 }, cluster)).toMatchObject({
      args: [],
      environment: [],
      cluster,
    });
    expect(parseExecPlugin({ command: '' }, cluster)).toBeNull();
    expect(parseExecPlugin('aws', cluster)).toBeNull();
  });

  it('needs a new consent for every change of what is run', () => {
    const changes = [
      { command: '/tmp/aws' },
      { args: ['eks', '8'] },
      { args: ['eks 7'] },
      { environment: [{ name: 'AWS_PROFILE', value: 'prod' }] },
      { environment: [{ name: 'LD_PRELOAD', value: 'dev' }] },
      { environment: [] },
    ];
    const keys = [{}, ...changes].map((change) => consentKey({ ...plugin, ...change }));
    expect(new Set(keys).size).toBe(keys.length);
    expect(consentKey({ ...plugin, installHint: 'other' })).toBe(keys[0]);
  });

  it('is shown with its environment, secrets covered', () => {
    const environment = [
      { name: 'LD_PRELOAD', value: '/tmp/x.so' },
      { name: 'CLIENT_SECRET', value: 'hidden' },
    ];
    expect(shownCommand({ ...plugin, environment })).toEqual(['LD_PRELOAD=/tmp/x.so', 'CLIENT_SECRET=***', 'aws', 'eks', '7']);
  });
});

describe('PluginRuns', () => {
  const given = (token: string, expirationTimestamp?: string): ExecResult => ({
    kind: 'exited',
    exitCode: 0,
    stdout: JSON.stringify({ kind: 'ExecCredential', status: { token, expirationTimestamp } }),
    stderr: '',
  });
  const failed: ExecResult = { kind: 'exited', exitCode: 1, stdout: '', stderr: 'log in first' };
  const never = new AbortController().signal;

  function open(results: readonly ExecResult[], tookMs = 100) {
    const time = { nowMs: 0, wallAheadMs: 0 };
    let count = 0;
    const runs = new PluginRuns({
      environment: {},
      nowMs: () => time.nowMs + time.wallAheadMs,
      monotonicMs: () => time.nowMs,
      loginPath: () => Promise.resolve(null),
      exec: () => {
        time.nowMs += tookMs;
        count += 1;
        return Promise.resolve(results[Math.min(count, results.length) - 1] ?? failed);
      },
    });
    return {
      time,
      countOf: () => count,
      get: (renew = false) => runs.get(plugin as NonNullable<typeof plugin>, context, renew, never),
      runs,
    };
  }

  it('keeps credentials until shortly before they expire', async () => {
    const { time, get, countOf } = open([given('one', '1970-01-01T01:00:00Z'), given('two')]);
    expect(await get()).toMatchObject({ token: 'one', expiresAtMs: 3_600_000 });
    time.nowMs = 3_569_000;
    expect(await get()).toMatchObject({ token: 'one' });
    time.nowMs = 3_571_000;
    expect(await get()).toMatchObject({ token: 'two', expiresAtMs: null });
    time.nowMs = 9e9;
    await get();
    expect(countOf()).toBe(2);
  });

  it('renews refused credentials, but not over and over', async () => {
    const { time, get, countOf } = open([given('one'), given('two')]);
    await get();
    expect(await get(true)).toMatchObject({ token: 'one' });
    time.nowMs += 30_000;
    expect(await get(true)).toMatchObject({ token: 'two' });
    expect(countOf()).toBe(2);
  });

  it.each([
    ['30 s', 100, 29_000, 30_000],
    ['5 min, when it took its time', 6_000, 299_000, 300_000],
  ])('leaves one that failed alone for %s', async (_what, tookMs, stillMs, againMs) => {
    const { time, get, countOf, runs } = open([failed], tookMs);
    expect(await get()).toMatchObject({ reason: 'permission-denied', detail: '"aws" ended with code 1: log in first' });
    const endedAtMs = time.nowMs;
    time.nowMs = endedAtMs + stillMs;
    await get();
    expect(countOf()).toBe(1);
    time.nowMs = endedAtMs + againMs;
    await get();
    expect(countOf()).toBe(2);
    runs.forgetFailures();
    await get();
    expect(countOf()).toBe(3);
  });

  it('asks again as soon as ever when the clock was set back meanwhile', async () => {
    const { time, get, countOf } = open([failed, given('one'), given('two')]);
    await get();
    time.wallAheadMs = -9 * 3_600_000;
    time.nowMs += 30_000;
    expect(await get()).toMatchObject({ token: 'one' });
    time.wallAheadMs = -18 * 3_600_000;
    time.nowMs += 30_000;
    expect(await get(true)).toMatchObject({ token: 'two' });
    expect(countOf()).toBe(3);
  });
});

describe('KubernetesAccess', () => {
  it('takes credentials anew after half a minute, also when the clock was set back meanwhile', async () => {
    const driver = new KubeConfig();
    driver.loadFromOptions({
      clusters: [{ name: 'dev', server: context.server, skipTLSVerify: true }],
      users: [{ name: 'me', exec: { command: 'aws' } }],
      contexts: [{ name: 'dev', cluster: 'dev', user: 'me' }],
    });
    const time = createFakeTime(Date.UTC(2026, 10, 22));
    let count = 0;
    const agreed = parseExecPlugin({ command: 'aws' }, cluster) ?? plugin;
    const pluginRuns = new PluginRuns({
      environment: {},
      nowMs: time.nowMs,
      monotonicMs: time.monotonicMs,
      loginPath: () => Promise.resolve(null),
      exec: () => {
        count += 1;
        const status = { token: `token ${count}`, expirationTimestamp: '1970-01-01T00:00:00Z' };
        return Promise.resolve({ kind: 'exited', exitCode: 0, stdout: JSON.stringify({ kind: 'ExecCredential', status }), stderr: '' });
      },
    });
    const access = new KubernetesAccess({
      kubeconfig: { contexts: [context], currentContext: 'dev', driver },
      context,
      pluginRuns,
      agreedKeys: [consentKey(agreed)],
      environment: {},
      monotonicMs: time.monotonicMs,
      signal: new AbortController().signal,
    });
    const token = async () => {
      const given = await access.get(false);
      return 'reason' in given ? given.reason : given.headers.Authorization;
    };
    expect([await token(), await token()]).toEqual(['Bearer token 1', 'Bearer token 1']);
    time.setWall(-9 * 3_600_000);
    await time.advance(30_000);
    expect(await token()).toBe('Bearer token 2');
    access.close();
  });
});

describe('addresses', () => {
  it('keep the path of the server in front and names in their place', () => {
    const url = addressOf('https://rancher.test/k8s/clusters/c-1/', `/api/v1${pathOf('namespaces', '../a?b', 'pods')}`, {
      limit: 5,
      watch: true,
    });
    expect(url.href).toBe('https://rancher.test/k8s/clusters/c-1/api/v1/namespaces/..%2Fa%3Fb/pods?limit=5&watch=true');
  });

  it.each(['', '.', '..'])('cannot be left by the name %j', (name) => {
    expect(() => pathOf('namespaces', name, 'pods')).toThrow('is no name');
  });

  it('of kubeconfigs are those of kubectl', () => {
    expect(kubeconfigPlaces({}, '/home/me')).toEqual({ origin: 'home', paths: ['/home/me/.kube/config'] });
    expect(kubeconfigPlaces({ KUBECONFIG: '/a::/b' }, '/home/me')).toEqual({ origin: 'KUBECONFIG', paths: ['/a', '/b'] });
    expect(kubeconfigPlaces({ KUBECONFIG: '' }, '/home/me').origin).toBe('home');
  });
});

describe('what went wrong', () => {
  it('is told by its code', () => {
    const details = ['ECONNREFUSED', 'ENOTFOUND', 'ENETUNREACH', 'ETIMEDOUT', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ECONNRESET', null].map(
      (code) => judgeUnreachable(code, 'why', context).detail,
    );
    expect(new Set(details).size).toBe(details.length);
  });

  it('is told in the words of the cluster, at bounded length', () => {
    expect(toStatusError(403, '{"message":"pods is forbidden"}', context).outage?.detail).toContain('pods is forbidden');
    expect(toStatusError(502, '<html>', context)).toMatchObject({ message: 'HTTP status 502', statusCode: 502, outage: null });
    expect(toStatusError(500, JSON.stringify({ message: 'x'.repeat(9_000) }), context).message).toHaveLength(601);
  });
});

describe('the PATH of the login shell', () => {
  it('stands between the markers, whatever else is printed', () => {
    expect(parseMarkedPath('welcome\n__logscope_path__/a:/b__logscope_path__bye')).toBe('/a:/b');
    expect(parseMarkedPath('welcome')).toBeNull();
    expect(parseMarkedPath('__logscope_path____logscope_path__')).toBeNull();
  });

  it('comes first; what we had stays', () => {
    expect(mergePaths('/opt/bin:/usr/bin', '/usr/bin:/bin:')).toBe('/opt/bin:/usr/bin:/bin');
  });
});
