import { bytesQuantity, formatPercent, percentFigure, unknownText } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import type { KillClass } from '../../../src-shared/roles/role-entry';
import type { Process, RiskLevel } from '../../../src-shared/snapshots';
import { shownPercent } from '../../components/shaded-figure';
import { printable } from '../../words/highlight';
import { formatAgo } from '../../words/time';
import type { Words } from '../../words/use-words';
import { folderName, type ProcessColumn, portsText, whereText } from './process-columns';
import { categoryText } from './role-base';

/** What a row shows: plain values only, so that an unchanged row is not drawn again. Columns that are not shown stay empty. */
export interface ProcessRowValues {
  readonly id: string;
  readonly score: number;
  readonly level: Level;
  readonly riskLevel: RiskLevel;
  readonly killClass: KillClass;
  readonly name: string;
  readonly command: string;
  readonly category: string;
  readonly role: string;
  readonly exposure: number;
  readonly exposureTitle: string;
  readonly health: number;
  readonly healthTitle: string;
  readonly pid: number;
  readonly user: string | null;
  readonly cpuPercent: string;
  /** Share of the whole machine in whole percent: the shade behind the figure. */
  readonly cpuShare: number;
  readonly memoryFigure: string;
  readonly memoryUnit: string;
  readonly memoryTitle: string;
  readonly memoryShare: number;
  readonly ports: string;
  readonly where: string;
  readonly project: string;
  readonly terminal: string;
  readonly started: string;
  readonly threads: number;
  readonly reasons: string;
}

export interface RowContext {
  readonly words: Words;
  readonly texts: ProcessTexts;
  readonly columns: readonly ProcessColumn[];
  readonly coreCount: number;
  readonly memoryTotalBytes: number;
  readonly nowMs: number;
}

/** Longer texts cannot be read in a row; the detail has them whole. */
const shownLength = 400;

export function rowValues(process: Process, context: RowContext): ProcessRowValues {
  const { words, texts, columns, coreCount, memoryTotalBytes, nowMs } = context;
  const shown = (column: ProcessColumn, make: () => string) => (columns.includes(column) ? make() : '');
  const memory = bytesQuantity(process.rssBytes);
  const memoryRatio = memoryTotalBytes > 0 ? process.rssBytes / memoryTotalBytes : null;
  const { risk } = process;
  const ofAxis = (axis: 'exposure' | 'health') =>
    risk.reasons
      .filter((reason) => reason.axis === axis)
      .map(words.reason)
      .join('\n');
  return {
    id: process.id,
    score: risk.score,
    level: risk.level,
    riskLevel: risk.riskLevel,
    killClass: process.killClass,
    name: printable(process.name),
    command: printable(process.command.slice(0, shownLength)),
    category: categoryText(words, process.role),
    role: shown('role', () => texts.role(process)),
    exposure: risk.axes.exposure,
    exposureTitle: shown('badges', () => ofAxis('exposure')),
    health: risk.axes.health,
    healthTitle: shown('badges', () => ofAxis('health')),
    pid: process.pid,
    user: process.user,
    cpuPercent: percentFigure(process.cpuCores, true),
    cpuShare: shownPercent(process.cpuCores === null || coreCount === 0 ? null : process.cpuCores / coreCount),
    memoryFigure: memory.figure,
    memoryUnit: memory.unit,
    memoryTitle: formatPercent(memoryRatio, true),
    memoryShare: shownPercent(memoryRatio),
    ports: shown('ports', () => portsText(process.listening)),
    where: shown('where', () => whereText(process, texts)),
    project: shown('project', () => (process.project === null ? '' : folderName(process.project))),
    terminal: shown('terminal', () => process.terminal ?? ''),
    started: shown('started', () => (process.startedAtMs === null ? unknownText : formatAgo(words, process.startedAtMs, nowMs))),
    threads: process.threadCount,
    reasons: shown('reasons', () => texts.reasons(process)),
  };
}

export function sameValues(a: ProcessRowValues, b: ProcessRowValues): boolean {
  for (const key of Object.keys(a) as (keyof ProcessRowValues)[]) if (a[key] !== b[key]) return false;
  return true;
}
