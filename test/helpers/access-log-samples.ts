import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SampleAccessLog {
  readonly path: string;
  readonly lineCount: number;
  /** More requests, of now. */
  write(path: string, status: number, count: number): void;
  remove(): void;
}

const agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0';

/** Paths that would do something if they were more than text. */
export const hostilePaths: readonly string[] = [
  '/<script>window.hacked=1</script>',
  '/<img/src=x/onerror=window.hacked=2>',
  '/%3Cb%3E\u202egnp.exe',
];

/** An access log (combined, response time last) of the last two hours: 7,200 good requests, 300 of 502, hostile paths, lines that are none. */
export function writeSampleAccessLog(): SampleAccessLog {
  const folder = mkdtempSync(join(tmpdir(), 'logscope-e2e-access-'));
  const path = join(folder, 'access.log');
  const nowMs = Date.now();
  const lines: string[] = [];
  for (let index = 0; index < 7_200; index += 1) {
    const atMs = nowMs - 7_200_000 + index * 1_000;
    lines.push(
      requestLine(
        atMs,
        ['/', `/products/${index}`, '/api/cart'][index % 3] ?? '/',
        200,
        `203.0.113.${index % 40}`,
        0.02 + (index % 50) / 1_000,
      ),
    );
    if (index % 24 === 0) lines.push(requestLine(atMs, '/api/orders', 502, '198.51.100.7', 1.5));
  }
  for (const hostile of hostilePaths) lines.push(requestLine(nowMs, hostile, 404, '192.0.2.9', 0.001));
  lines.push('not a request <b>at all</b>', '\u0016\u0003\u0001');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return {
    path,
    lineCount: 7_200 + 300 + hostilePaths.length,
    write(wanted, status, count) {
      appendFileSync(path, `${requestLine(Date.now(), wanted, status, '192.0.2.77', 0.25)}\n`.repeat(count));
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function requestLine(atMs: number, path: string, status: number, client: string, seconds: number): string {
  return `${client} - - [${clf(atMs)}] "GET ${path} HTTP/1.1" ${status} 1200 "-" "${agent}" ${seconds.toFixed(3)}`;
}

/** 21/Nov/2026:12:04:20 +0000 */
function clf(atMs: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/.exec(new Date(atMs).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
