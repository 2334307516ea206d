import { formatBytes, unknownText } from '../../src-shared/format';
import type { Level } from '../../src-shared/level';
import type { Process, RiskLevel } from '../../src-shared/snapshots';
import { levelMarks, type Paint } from './paint';
import { englishRole } from './process-report';
import { countOf, cutToWidth, escapeUnprintable, fitToWidth } from './terminal-text';

/** How each word of the headline is painted. */
export const riskPaint: Readonly<Record<RiskLevel, Level>> = { ordinary: 'ok', notice: 'ok', suspicious: 'warning', high: 'critical' };

export interface ProcessCounts {
  readonly totalCount: number;
  readonly hiddenCount: number;
  readonly evidencePendingCount: number;
}

/** A line for each process, at most 120 columns, every text from outside made harmless; below it what could not be seen. */
export function showProcesses(processes: readonly Process[], counts: ProcessCounts, paint: Paint): string {
  const head = paint.dim(
    `  ${fitToWidth('score', 5, 'right')} ${fitToWidth('pid', 7, 'right')} ${fitToWidth('name', 18)} ${fitToWidth('user', 10)} ${fitToWidth('cpu', 7, 'right')} ${fitToWidth('memory', 9, 'right')} kill what it is`,
  );
  const lines = [
    head,
    ...processes.map((process) => row(process, paint)),
    ...remarks(processes.length, counts).map((text) => paint.dim(text)),
  ];
  return `${lines.join('\n')}\n`;
}

function row({ risk, pid, name, user, cpuCores, rssBytes, pssBytes, killClass, role }: Process, paint: Paint): string {
  const level = riskPaint[risk.riskLevel];
  return [
    paint.level(`${levelMarks[level]} ${fitToWidth(String(Math.round(risk.score)), 5, 'right')}`, level),
    fitToWidth(String(pid), 7, 'right'),
    fitToWidth(escapeUnprintable(name), 18),
    fitToWidth(escapeUnprintable(user ?? unknownText), 10),
    fitToWidth(cpuCores === null ? unknownText : `${(cpuCores * 100).toFixed(1)} %`, 7, 'right'),
    fitToWidth(formatBytes(pssBytes ?? rssBytes), 9, 'right'),
    fitToWidth(killClass, 4),
    cutToWidth(escapeUnprintable(englishRole(role)), 50),
  ].join(' ');
}

function remarks(shownCount: number, { totalCount, hiddenCount, evidencePendingCount }: ProcessCounts): readonly string[] {
  return [
    `${shownCount} of ${countOf(totalCount, 'process', 'processes')}`,
    ...(hiddenCount > 0 ? [`${countOf(hiddenCount, 'process is', 'processes are')} not fully visible to you`] : []),
    ...(evidencePendingCount > 0
      ? [`${countOf(evidencePendingCount, 'process was', 'processes were')} not looked at closely in time`]
      : []),
  ];
}
