import type { Problems } from '../../src-shared/contract';
import { compareLevels, type Level, worstLevel } from '../../src-shared/level';
import { type Readings, type SourceId, sourceIds } from '../../src-shared/snapshots';

/** One thing that is not as it should be now, as the command line tells it. */
export interface Problem {
  readonly level: 'unknown' | 'warning' | 'critical';
  readonly source: SourceId;
  readonly subject: string;
  readonly text: string;
}

/**
 * The rules' findings, and beside them what could not be judged: a source that failed, or a host that cannot be read. A
 * source that is not there (no engine, no systemd) says nothing about the machine. Worst first; never empty unless ok.
 */
export function listProblems(readings: Readings, current: Problems): readonly Problem[] {
  const found = current.findings.map(({ level, source, subject, reason }) => ({ level, source, subject, text: reason.text }));
  return [...found, ...unread(readings)].sort((a, b) => compareLevels(b.level, a.level));
}

export function overallLevel(problems: readonly Problem[]): Level {
  return worstLevel(problems.map((one) => one.level));
}

function unread(readings: Readings): readonly Problem[] {
  return sourceIds.flatMap((source) => {
    const reading = readings[source];
    if (reading.kind === 'failed') return [{ level: 'unknown', source, subject: source, text: `could not be read: ${reading.message}` }];
    if (reading.kind === 'unavailable' && source === 'host') return [{ level: 'unknown', source, subject: source, text: reading.detail }];
    return [];
  });
}
