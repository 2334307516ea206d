import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allTraffic, type TrafficAnswer, type WindowTraffic } from '../../src-shared/contract';
import { startDockerEngine } from '../helpers/docker-engine';
import { startNginx, startNginxContainer, type TestNginx, whyNoNginx } from '../helpers/nginx';
import { startTrafficApp, type TrafficApp, waitForFigures } from '../helpers/traffic-app';
import { waitFor } from '../helpers/wait-for';

const obstacle = whyNoNginx();
if (obstacle !== null) console.warn(`SKIPPED: access logs of a real nginx: ${obstacle}`);
const hasGoaccess = spawnSync('goaccess', ['--version']).error === undefined;
if (!hasGoaccess) console.warn('SKIPPED: figures of nginx beside GoAccess, which is not installed here (apt-get install goaccess)');

interface Totals {
  readonly requests: number;
  readonly bytes: number;
  readonly byStatus: Readonly<Record<string, number>>;
}

/** Counted by another program, in another way: between the quotes. */
function awkTotals(files: readonly string[]): Totals {
  const program = '{ split($3, a, " "); n++; s[a[1]]++; b += a[2] } END { printf "%d %d", n, b; for (k in s) printf " %s=%d", k, s[k] }';
  const [requests, bytes, ...status] = execFileSync('awk', ['-F"', program, ...files], { encoding: 'utf8' }).split(' ');
  const byStatus = Object.fromEntries(status.map((one) => [one.split('=')[0] ?? '', Number(one.split('=')[1])]));
  return { requests: Number(requests), bytes: Number(bytes), byStatus };
}

function goaccessTotals(files: readonly string[], out: string): Totals {
  const format = ['--log-format=%h %^ %e [%d:%t %^] "%r" %s %b "%R" "%u" %T', '--date-format=%d/%b/%Y', '--time-format=%T'];
  execFileSync('goaccess', [...files, ...format, '--no-progress', '--no-global-config', '-o', out], { stdio: 'ignore' });
  const told = JSON.parse(readFileSync(out, 'utf8'));
  const items = told.status_codes.data.flatMap(({ items = [] }: { items?: readonly unknown[] }) => items) as {
    data: string;
    hits: { count: number };
  }[];
  return {
    requests: told.general.valid_requests,
    bytes: told.general.bandwidth,
    byStatus: Object.fromEntries(items.map(({ data, hits }) => [data.slice(0, 3), hits.count])),
  };
}

const totalsOf = ({ requests, bytes, byStatus }: WindowTraffic) => ({ requests, bytes, byStatus });

/** The same requests each time, of every kind that the server knows. */
function load(count: number): readonly string[] {
  const paths = ['/', '/users/1?token=x', '/file.txt', '/old', '/missing.png', '/fail', '/private', '/users/2/orders'];
  return Array.from({ length: count }, (_, index) => {
    const path = paths[(index * 7 + (index >> 3)) % paths.length] ?? '/';
    return path.startsWith('/users/') ? path.replace(/\d+/, String(index)) : path;
  });
}

describe.skipIf(obstacle !== null)('a real nginx under load', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logscope-nginx-'));
  let nginx: TestNginx;
  let app: TrafficApp;

  beforeAll(async () => {
    nginx = await startNginx(join(folder, 'nginx'));
    app = await startTrafficApp({ dataDirectory: join(folder, 'data'), actionsAllowed: true });
  });
  afterAll(async () => {
    await app?.stop();
    await nginx?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is read as it writes, through a rotation, with the totals that awk and GoAccess find', async () => {
    await nginx.get(load(500));
    const { session } = await app.ask('traffic.open', { input: { kind: 'files', paths: [nginx.accessLog] }, format: 'auto' });
    const first = await waitForFigures(app, session, ({ requests }) => requests === 500, 'what was there');
    expect(first.state).toBe('following');
    expect(totalsOf(first.report)).toEqual(awkTotals([nginx.accessLog]));
    expect(first.report.format).toMatchObject({ id: 'combined', timeUnit: 's' });

    const seen = new Set<number>();
    const loading = (async () => {
      await nginx.get(load(2_000));
      await waitForFigures(app, session, ({ requests }) => requests > 500, 'what is written meanwhile');
      await nginx.get(load(1_000));
      await nginx.rotate();
      await nginx.get(load(1_000));
      // A greeting of TLS on a plain port, and a request that is none.
      await nginx.send('\u0016\u0003\u0001\u0002\u0000');
      await nginx.send('GET /quo"te HTTP/1.1\r\nHost: x\r\nUser-Agent: "\\"\r\nConnection: close\r\n\r\n');
      return null;
    })();
    // As a window asks: answered when there is something new.
    for (let after: number | null = null; ; ) {
      const answer: TrafficAnswer | null = await Promise.race([
        app.ask('traffic.figures', { session, filter: allTraffic, after }),
        loading,
      ]);
      if (answer === null) break;
      after = answer.revision;
      if (answer.report !== null) seen.add(answer.report.requests);
    }
    const files = [`${nginx.accessLog}.1`, nginx.accessLog];
    const awk = awkTotals(files);
    expect(awk.requests).toBe(4_502);
    const last = await waitForFigures(app, session, ({ requests }) => requests >= awk.requests, 'every request');
    expect(totalsOf(last.report)).toEqual(awk);
    expect(last.report).toMatchObject({ malformed: 0 });
    expect(last.problem).toBeNull();
    expect(seen.size).toBeGreaterThan(1);
    expect(last.report.endpoints.find(({ path }) => path === '/users/:id')?.requests).toBeGreaterThan(400);
    expect(last.report.meanMs).not.toBeNull();
    if (hasGoaccess) expect(totalsOf(last.report)).toEqual(goaccessTotals(files, join(folder, 'goaccess.json')));

    // Opened anew, the rotated sibling joins by itself.
    const again = await app.ask('traffic.open', { input: { kind: 'files', paths: [nginx.accessLog] }, format: 'auto' });
    const reopened = await waitForFigures(app, again.session, (_report, { state }) => state === 'following', 'the log once more');
    expect(totalsOf(reopened.report)).toEqual(awk);
  });
});

const engine = obstacle === null ? await startDockerEngine('shared') : { unavailable: obstacle };
if ('unavailable' in engine) console.warn(`SKIPPED: nginx in a container: ${engine.unavailable}`);

describe.skipIf('unavailable' in engine)('nginx in a container', () => {
  if ('unavailable' in engine) return;
  const folder = mkdtempSync(join(tmpdir(), 'logscope-nginx-'));
  let nginx: Awaited<ReturnType<typeof startNginxContainer>>;
  let app: TrafficApp;

  beforeAll(async () => {
    nginx = await startNginxContainer(engine, folder);
    app = await startTrafficApp({ dataDirectory: join(folder, 'data'), actionsAllowed: false, engine: engine.endpoint });
  });
  afterAll(async () => {
    nginx?.close();
    await app?.stop();
    if (nginx !== undefined) await engine.docker('rm', '-f', nginx.id);
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is found by what it prints, and has the totals that awk finds in what the engine keeps', async () => {
    await nginx.get(load(1_000));
    const found = await waitFor(
      async () => (await app.ask('traffic.sources', null)).sources.find(({ input }) => input.kind === 'container' && input.id === nginx.id),
      { timeoutMs: 20_000, what: 'the container among the sources', everyMs: 200 },
    );
    const { session } = await app.ask('traffic.open', { input: found.input, format: 'auto' });
    await waitForFigures(app, session, ({ requests }) => requests === 1_000, 'what was printed before');
    await nginx.get(load(2_000));
    const { report } = await waitForFigures(app, session, ({ requests }) => requests >= 3_000, 'what is printed now');
    // nginx says on stderr that files are missing; its requests are on stdout.
    const { stdout, stderr } = await engine.docker('logs', nginx.id);
    expect(stderr).toContain('No such file or directory');
    const kept = join(folder, 'kept.log');
    writeFileSync(kept, stdout);
    expect(totalsOf(report)).toEqual(awkTotals([kept]));
    expect(report).toMatchObject({ requests: 3_000, malformed: 0, format: { id: 'combined', timeUnit: 's' } });
  });
});
