import { PrivateKeyBlocks } from '../../src-shared/redact/private-key-block';
import { parseLine } from '../logs/parse/parse-line';
import type { LogPattern, MinerLosses } from '../logs/patterns/log-pattern';
import type { PatternGroup } from '../logs/patterns/pattern-group';
import { PatternMiner } from '../logs/patterns/pattern-miner';

export type { LogPattern, MinerLosses } from '../logs/patterns/log-pattern';

export type MinedLine = PatternGroup;

/** The lines of one log, as written, grouped by pattern. */
export interface LogLineMiner {
  /** Takes in the next line; what it returns stands for its pattern in `idOf`. */
  add(line: string): MinedLine;
  /** As far as known when asked; final behind `settle`, until more lines come. */
  idOf(line: MinedLine): string;
  /** The most frequent first. */
  patterns(): readonly LogPattern[];
  settle(): void;
  losses(): MinerLosses;
}

/** `nowMs` gives stamps without a year their year; `source` is named in the patterns. */
export function createLogLineMiner(source: string, nowMs: number): LogLineMiner {
  const miner = new PatternMiner();
  const blocks = new PrivateKeyBlocks();
  const context = { nowMs };
  return {
    add(line) {
      const { message, atMs } = parseLine(line, context);
      // What stands in a private key must become neither a template nor an example.
      const isKey = blocks.next(line).length > 0;
      const group = miner.add(isKey ? '(a line of a private key)' : message, { atMs, source });
      return group;
    },
    idOf: (line) => miner.idOf(line),
    patterns: () => miner.patterns(),
    settle: () => miner.settle(),
    losses: () => miner.losses(),
  };
}
