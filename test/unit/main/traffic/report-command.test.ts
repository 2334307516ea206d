import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../../../src-main/cli/run';
import type { TrafficReport } from '../../../../src-shared/traffic/report';
import { recordCli } from '../../../helpers/cli-deps';
import { temporaryDirectory } from '../../../helpers/temporary-directory';
import { combined } from './traffic-text';

async function report(files: Readonly<Record<string, string | Buffer>>, ...flags: readonly string[]) {
  const folder = temporaryDirectory();
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
  const cli = recordCli();
  await runCommandLine(['report', ...paths, ...flags], cli.deps, { directory: '/nowhere', version: '1.2.3' });
  return { out: cli.printed(), notes: cli.noted(), code: cli.code() };
}

const log =
  combined('GET /a?password=hunter2hunter2 HTTP/1.1', 200) +
  combined('GET /<script>alert(1)</script> HTTP/1.1', 500) +
  combined('GET /`|x`` HTTP/1.1', 404);

describe('logscope report', () => {
  it('prints one JSON object in the shape of the contract', async () => {
    const { out, code } = await report({ 'access.log': log }, '--json');
    const told = JSON.parse(out) as TrafficReport;
    expect(code).toBe(0);
    expect(Object.keys(told)).toEqual(
      expect.arrayContaining(
        'requests malformed bytes meanMs p50Ms p90Ms p99Ms successRatio errorRatio firstAtMs lastAtMs byStatus byHour endpoints slowest recent clients insights prompts'.split(
          ' ',
        ),
      ),
    );
    expect(told).toMatchObject({ requests: 3, malformed: 0, bytes: 300, meanMs: null, p99Ms: null, byStatus: { 200: 1, 404: 1, 500: 1 } });
    expect(told.byHour).toHaveLength(24);
    expect(told.byHour[13]).toEqual({ requests: 3, meanMs: null, errors: 2 });
    expect(told.successRatio).toBeCloseTo(1 / 3);
    expect(out).not.toContain('hunter2');
  });

  it('reads several logs, gzip by its bytes and each in its own format', async () => {
    const json = `${JSON.stringify({ time: '2025-10-10T04:00:00Z', method: 'GET', path: '/j', status: 200, duration_ms: 5 })}\n`;
    const { out } = await report({ 'a.log': log, 'b.bin': gzipSync(log), 'c.json': json, 'empty.log': '' }, '--json');
    expect(JSON.parse(out)).toMatchObject({ requests: 7, malformed: 0 });
  });

  it('takes a pattern in quotes for all files that match, the oldest first, packed ones too', async () => {
    const folder = temporaryDirectory();
    const write = (name: string, content: string | Buffer, atSecond: number) => {
      writeFileSync(join(folder, name), content);
      utimesSync(join(folder, name), atSecond, atSecond);
    };
    write('access.log', combined('GET /new HTTP/1.1', 200), 3_000);
    write('access.log.1', combined('GET /middle HTTP/1.1', 200), 2_000);
    write('access.log.2.gz', gzipSync(combined('GET /old HTTP/1.1', 200)), 1_000);
    const cli = recordCli();
    await runCommandLine(['report', join(folder, 'access.log*'), '--json'], cli.deps, { directory: '/nowhere', version: '1.2.3' });
    const told = JSON.parse(cli.printed()) as TrafficReport;
    expect(told.recent.map(({ path }) => path)).toEqual(['/new', '/middle', '/old']);
    const none = recordCli();
    await runCommandLine(['report', join(folder, 'x*.log')], none.deps, { directory: '/nowhere', version: '1.2.3' });
    expect(none.noted()).toContain('nothing matches');
    expect(none.code()).toBe(1);
  });

  it('stops at Ctrl+C, with 130 and without a report', async () => {
    const interruption = new AbortController();
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'access.log'), log.repeat(40_000));
    const cli = recordCli({ interrupted: interruption.signal });
    const running = runCommandLine(['report', join(folder, 'access.log')], cli.deps, { directory: '/nowhere', version: '1.2.3' });
    setImmediate(() => interruption.abort('SIGINT'));
    await running;
    expect(cli.code()).toBe(130);
    expect(cli.printed()).toBe('');
  });

  it('keeps to the wanted time', async () => {
    const { out, notes } = await report(
      { 'a.log': log + combined('GET /b HTTP/1.1', 200, { at: '10/Oct/2025:14:00:00 +0900' }) },
      '--json',
      '--since',
      '2025-10-10T05:00:00Z',
    );
    expect(JSON.parse(out)).toMatchObject({ requests: 1, outsideRange: 3 });
    expect(notes).toContain('3 requests lie outside');
    expect((await report({ 'a.log': log }, '--until', 'yesterday')).code).toBe(64);
  });

  it('writes HTML and Markdown in which nothing of the log is markup', async () => {
    const html = (await report({ 'a<b>.log': log }, '--html')).out;
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(/src=|href=|https?:/);
    expect(html.match(/<table>/g)?.length).toBeGreaterThan(3);
    const markdown = (await report({ 'a.log': log })).out;
    expect(markdown).toContain('``` GET /`\\|x`` ```');
    expect(markdown).toContain('| 500 | 1 |');
  });

  it('tells what cannot be read', async () => {
    expect(await report({ 'a.txt': 'hello\nworld\n' })).toMatchObject({ code: 1, out: '' });
    expect((await report({ 'a.txt': 'hello\n' })).notes).toContain('is no access log that is known by itself');
    expect((await report({ 'a.log': log }, '--format', '$remote_addr')).notes).toContain('it has no status');
    expect((await report({}, '/nowhere/access.log')).notes).toContain('there is no such file');
    expect((await report({ 'b.gz': gzipSync(log.repeat(9)).subarray(0, 60) }, '--json')).notes).toContain('damaged');
  });
});
