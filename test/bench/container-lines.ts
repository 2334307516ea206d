import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines in one file: a tenth of a second's. */
const linesInPiece = 5_000;

/** A shape of lines and how many of a hundred have it. */
type Shape = readonly [share: number, line: () => string];

/**
 * Writes `pieces` files of 5,000 lines as programs in containers print them, no two the same: eight heads (stamped, logfmt, JSON, log4j,
 * access, none), numbers, paths and ids in each, one error in three hundred.
 */
export function writeContainerLines(folder: string, pieces: number): void {
  const { below, hex, stamp } = createChance(42);
  const shapes: readonly Shape[] = [
    [
      20,
      () =>
        `${stamp()} INFO worker-${below(8)} request ${below(1e6)} for user ${below(1e5)} took ${below(977)} ms from 10.0.${below(250)}.9`,
    ],
    [
      15,
      () =>
        `level=info ts=${stamp()} caller=server.go:${below(400)} msg="GET /api/orders/${below(1e6)}" status=200 duration=${below(90)}ms`,
    ],
    [12, () => `DEBUG [http-${below(32)}] com.example.shop.OrderService - loaded order ${hex(8)}-${hex(4)}-${hex(12)} in ${below(40)} ms`],
    [
      12,
      () =>
        `{"level":"info","pid":${below(40)},"msg":"request completed","reqId":"req-${below(1e6)}","url":"/api/items/${below(1e5)}","ms":${below(300)}}`,
    ],
    [10, () => `cache hit for key session:${hex(16)} (${below(4096)} bytes)`],
    [10, () => `reading /var/lib/app/data/${below(1000)}/${hex(6)}.bin, ${below(1e6)} bytes at offset ${below(1e9)}`],
    [8, () => `[worker-${below(16)}] job ${below(1e6)} finished after ${below(10_000) / 1_000} s`],
    [6, () => `${stamp()} WARN  pool-${below(4)} connection ${below(100)} to db-${below(3)}.internal:5432 took ${below(4000)} ms`],
    [6, () => `10.0.${below(250)}.7 - - [21/Nov/2026:22:01:44 +0000] "GET /static/app.${hex(8)}.js HTTP/1.1" 200 ${below(90_000)}`],
    [0.33, () => `${stamp()} ERROR worker-${below(8)} payment ${below(1e6)} failed: connection refused by 10.0.3.${below(250)}:5432`],
  ];
  const total = shapes.reduce((sum, [share]) => sum + share, 0);
  const one = (): string => {
    let left = (below(1e6) / 1e6) * total;
    for (const [share, line] of shapes) {
      left -= share;
      if (left < 0) return line();
    }
    return '';
  };
  for (let piece = 0; piece < pieces; piece += 1) {
    const lines = Array.from({ length: linesInPiece }, one);
    writeFileSync(join(folder, `${1_000 + piece}.txt`), `${lines.join('\n')}\n`);
  }
}

/** The same lines in every run. */
function createChance(seed: number) {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  const hex = (length: number): string => Array.from({ length }, () => below(16).toString(16)).join('');
  const stamp = (): string => new Date(1_763_764_200_000 + below(3.6e6)).toISOString();
  return { below, hex, stamp };
}
