import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLogLineMiner } from '../../src-main/app/mine-log-lines';
import { parseLine } from '../../src-main/logs/parse/parse-line';
import { PatternMiner } from '../../src-main/logs/patterns/pattern-miner';
import { absoluteRow, type BenchRun, median } from './bench-row';
import { createLogLines } from './log-store-text';

const lineCount = 200_000;
const rounds = 5;

/** P11: lines grouped by what they say, in one thread; of the sample logs mixed, with ids of their own. */
export const run: BenchRun = async (say) => {
  const folder = join(import.meta.dirname, '../../../shared/loghub');
  if (!existsSync(folder)) {
    say('P11 needs the sample logs beside the project (../shared/loghub)');
    return [];
  }
  const next = createLogLines(folder);
  const lines = Array.from({ length: lineCount }, next);
  const messages = lines.map((line) => parseLine(line).message);
  let patternCount = 0;
  const mining = microsecondsEach(() => {
    const miner = new PatternMiner();
    for (const message of messages) miner.add(message, { atMs: null, source: null });
    miner.settle();
    patternCount = miner.patterns().length;
  });
  const whole = microsecondsEach(() => {
    const miner = createLogLineMiner('bench', Date.now());
    for (const line of lines) miner.add(line);
    miner.settle();
  });
  const perSecond = (microseconds: number) => `${Math.round(1_000 / microseconds)}k lines/s`;
  return [
    absoluteRow({
      id: 'P11',
      what: 'pattern mining, one thread, a line',
      ours: mining,
      unit: 'us',
      must: 1e6 / 300_000,
      note: `${perSecond(mining)}, ${patternCount} patterns; parsed and searched for keys too ${perSecond(whole)}`,
    }),
  ];
};

/** Of a line, in the median round; the first is for the compiler. */
function microsecondsEach(work: () => void): number {
  work();
  const tookMs = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return (median(tookMs) * 1_000) / lineCount;
}
