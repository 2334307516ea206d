import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTrafficRun, readPlainLog } from '../../src-main/app/traffic-report';
import { unpacked } from '../../src-main/platform/gunzip';
import type { TrafficReport } from '../../src-shared/traffic/report';
import { writeTrafficLog } from '../bench/traffic-log';
import { temporaryDirectory } from '../helpers/temporary-directory';

const hasGoaccess = spawnSync('goaccess', ['--version']).error === undefined;
const hasAwk = spawnSync('awk', ['BEGIN { exit 0 }']).status === 0;
if (!hasGoaccess) console.warn('SKIPPED: figures beside GoAccess, which is not installed here (apt-get install goaccess)');
if (!hasAwk) console.warn('SKIPPED: figures beside awk, which is not installed here (apt-get install mawk)');

interface GoaccessItem {
  readonly data: string;
  readonly hits: { readonly count: number };
  readonly items?: readonly GoaccessItem[];
}

interface GoaccessReport {
  readonly general: { readonly valid_requests: number; readonly failed_requests: number; readonly bandwidth: number };
  readonly status_codes: { readonly data: readonly GoaccessItem[] };
  readonly visit_time: { readonly data: readonly GoaccessItem[] };
}

async function reportOf(file: string): Promise<TrafficReport> {
  const run = createTrafficRun('auto', { fromAtMs: null, toAtMs: null });
  expect(await readPlainLog(file, run, () => undefined, new AbortController().signal)).toBe(true);
  return run.report();
}

describe('a generated log of 12 MB', () => {
  const write = () => {
    const file = join(temporaryDirectory(), 'access.log');
    writeTrafficLog(file, 12_000_000);
    return file;
  };

  it.skipIf(!hasGoaccess)('has the totals, status counts, hours and bytes that GoAccess finds', async () => {
    const file = write();
    const out = `${file}.json`;
    const format = ['--log-format=%h %^ %e [%d:%t %^] "%r" %s %b "%R" "%u" %T', '--date-format=%d/%b/%Y', '--time-format=%T'];
    execFileSync('goaccess', [file, ...format, '--no-progress', '--no-global-config', '-o', out], { stdio: 'ignore' });
    const theirs = JSON.parse(readFileSync(out, 'utf8')) as GoaccessReport;
    const ours = await reportOf(file);
    expect({ requests: ours.requests, malformed: ours.malformed, bytes: ours.bytes }).toEqual({
      requests: theirs.general.valid_requests,
      malformed: theirs.general.failed_requests,
      bytes: theirs.general.bandwidth,
    });
    const status = theirs.status_codes.data
      .flatMap(({ items = [] }) => items)
      .map(({ data, hits }) => [data.slice(0, 3), hits.count] as const);
    expect(ours.byStatus).toEqual(Object.fromEntries(status));
    const hours = new Map(theirs.visit_time.data.map(({ data, hits }) => [Number(data), hits.count]));
    expect(ours.byHour.map(({ requests }) => requests)).toEqual(Array.from({ length: 24 }, (_, hour) => hours.get(hour) ?? 0));
    expect(ours.malformed).toBeGreaterThan(0);
  });

  it.skipIf(!hasAwk)('has the totals, the mean and the exact quantiles that awk and sort find', async () => {
    const file = write();
    const valid = String.raw`/^[0-9.]+ - [^ ]+ \[[0-9]+\/[A-Z][a-z]+\/[0-9:]+ [+0-9]+\] "/`;
    const awk = (program: string) => execFileSync('awk', [program, file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const [requests = 0, bytes = 0, sum = 0, errors = 0] = awk(
      `${valid} { n++; b += $10; s += $NF; if ($9 >= 400) e++ } END { printf "%d %d %.3f %d", n, b, s, e }`,
    )
      .split(' ')
      .map(Number);
    const ours = await reportOf(file);
    expect({ requests: ours.requests, bytes: ours.bytes }).toEqual({ requests, bytes });
    expect(ours.meanMs).toBeCloseTo((sum / requests) * 1000, 2);
    expect(ours.errorRatio).toBeCloseTo(errors / requests, 9);
    const times = awk(`${valid} { print $NF }`)
      .trim()
      .split('\n')
      .map(Number)
      .sort((a, b) => a - b);
    const exact = (share: number) => (times[Math.ceil(share * times.length) - 1] ?? Number.NaN) * 1000;
    for (const [told, share] of [
      [ours.p50Ms, 0.5],
      [ours.p90Ms, 0.9],
      [ours.p99Ms, 0.99],
    ] as const)
      expect(Math.abs((told ?? Number.NaN) - exact(share))).toBeLessThanOrEqual(exact(share) * 0.01);
  });
});

describe('bounded memory', () => {
  it('a gzip bomb (256 MiB of zeroes without a newline, and 256 MiB of empty lines) is read without keeping it', async () => {
    const file = join(temporaryDirectory(), 'bomb.gz');
    const gzip = createGzip({ level: 1 });
    const out = gzip.pipe(createWriteStream(file));
    for (const byte of [0, 10]) {
      const block = Buffer.alloc(16 * 1024 * 1024, byte);
      for (let count = 0; count < 16; count++) if (!gzip.write(block)) await new Promise((resolve) => gzip.once('drain', resolve));
    }
    gzip.end();
    await finished(out);
    const run = createTrafficRun('combined', { fromAtMs: null, toAtMs: null });
    run.write(Buffer.from('10.0.0.1 - - [10/Oct/2025:13:55:36 +0900] "GET /a HTTP/1.1" 200 1 "-" "-"\n'.repeat(4_000)));
    const before = process.memoryUsage().rss;
    let most = before;
    for await (const chunk of unpacked(createReadStream(file))) {
      run.write(chunk);
      most = Math.max(most, process.memoryUsage().rss);
    }
    run.endLog();
    expect(run.report()).toMatchObject({ requests: 4_000, malformed: 1 });
    expect(most - before).toBeLessThan(200 * 1024 * 1024);
  });
});
