import { formatSocket } from '../../../src-shared/format';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import type { ListeningSocket, Process } from '../../../src-shared/snapshots';
import type { Words } from '../../words/use-words';

/** Every column a person may choose, in the order they stand. */
export const processColumns = [
  'score',
  'name',
  'role',
  'badges',
  'pid',
  'user',
  'cpu',
  'memory',
  'ports',
  'where',
  'project',
  'terminal',
  'started',
  'threads',
  'reasons',
  'command',
] as const;
export type ProcessColumn = (typeof processColumns)[number];

/** What the table begins with, where there is room and where there is little. */
const wideColumns: readonly ProcessColumn[] = ['score', 'name', 'role', 'badges', 'pid', 'user', 'cpu', 'memory', 'ports', 'where'];
const narrowColumns: readonly ProcessColumn[] = ['score', 'name', 'role', 'pid', 'user', 'cpu', 'memory', 'ports'];
/** Width of the table in px from which there is room. */
export const wideFromPx = 1120;
/** The panel of the overview. */
export const riskColumns: readonly ProcessColumn[] = ['score', 'name', 'pid', 'user', 'cpu', 'memory', 'ports', 'reasons'];
/** Without them a row would be of nothing. */
export const fixedColumns: ReadonlySet<ProcessColumn> = new Set(['score', 'name']);

interface ColumnPlan {
  readonly label: MessageKey;
  /** Smallest width in px; and its share of the room that is left, 0 for columns that need no more. */
  readonly minWidth: number;
  readonly share: number;
  readonly numeric?: true;
  /** The greatest is what one looks for first. */
  readonly descendingFirst?: true;
}

export const columnPlans: Readonly<Record<ProcessColumn, ColumnPlan>> = {
  score: { label: 'column.score', minWidth: 44, share: 0, descendingFirst: true },
  name: { label: 'column.name', minWidth: 118, share: 0.9 },
  role: { label: 'process.column.role', minWidth: 120, share: 2.4 },
  badges: { label: 'process.column.badges', minWidth: 74, share: 0, descendingFirst: true },
  pid: { label: 'column.pid', minWidth: 56, share: 0, numeric: true },
  user: { label: 'column.user', minWidth: 62, share: 0 },
  cpu: { label: 'column.cpu', minWidth: 54, share: 0, numeric: true, descendingFirst: true },
  memory: { label: 'column.memory', minWidth: 66, share: 0, numeric: true, descendingFirst: true },
  ports: { label: 'column.ports', minWidth: 104, share: 0.3, descendingFirst: true },
  where: { label: 'process.column.where', minWidth: 84, share: 0.9 },
  project: { label: 'process.column.project', minWidth: 80, share: 0.6 },
  terminal: { label: 'process.column.terminal', minWidth: 56, share: 0 },
  started: { label: 'process.column.started', minWidth: 84, share: 0, descendingFirst: true },
  threads: { label: 'process.column.threads', minWidth: 56, share: 0, numeric: true, descendingFirst: true },
  reasons: { label: 'column.reasons', minWidth: 120, share: 2.8, descendingFirst: true },
  command: { label: 'process.column.command', minWidth: 160, share: 2.4 },
};

/** Names in a tree stand further in. */
const treeName = { minWidth: 190, share: 1.4 } as const;

const actionWidth = 60;
const gapWidth = 12;
const sideWidth = 28;

/** Grid of a row with these columns and the action at its end, and the width below which the table scrolls sideways. */
export function columnGrid(columns: readonly ProcessColumn[], tree = false): { readonly template: string; readonly minWidth: number } {
  const plans = columns.map((column) => (tree && column === 'name' ? treeName : columnPlans[column]));
  const tracks = plans.map(({ minWidth, share }) => (share === 0 ? `${minWidth}px` : `minmax(${minWidth}px, ${share}fr)`));
  const minWidth = plans.reduce((sum, plan) => sum + plan.minWidth + gapWidth, actionWidth + sideWidth);
  return { template: [...tracks, `${actionWidth}px`].join(' '), minWidth };
}

/** The columns of the settings: those there are, each once, with the fixed ones; the usual ones where nothing is chosen. */
export function chosenColumns(wanted: readonly string[], wide: boolean): readonly ProcessColumn[] {
  if (wanted.length === 0) return wide ? wideColumns : narrowColumns;
  return processColumns.filter((column) => fixedColumns.has(column) || wanted.includes(column));
}

/** What a column sorts by; null: unknown, which comes last either way. */
export function sortValue(process: Process, column: ProcessColumn, texts: ProcessTexts): string | number | null {
  switch (column) {
    case 'score':
      return process.risk.score;
    case 'name':
      return process.name.toLowerCase();
    case 'role':
      return texts.role(process) || null;
    case 'badges':
      return Math.max(process.risk.axes.exposure, process.risk.axes.health);
    case 'pid':
      return process.pid;
    case 'user':
      return process.user;
    case 'cpu':
      return process.cpuCores;
    case 'memory':
      return process.rssBytes;
    case 'ports':
      return process.listening.length;
    case 'where':
      return whereText(process, texts) || null;
    case 'project':
      return process.project;
    case 'terminal':
      return process.terminal;
    case 'started':
      return process.startedAtMs;
    case 'threads':
      return process.threadCount;
    case 'reasons':
      return process.risk.reasons.length;
    case 'command':
      return process.command;
  }
}

/** The pod, the container or the unit it runs in; empty for what a person started. */
export function whereText(process: Process, texts: ProcessTexts): string {
  if (process.pod !== null) return texts.pod(process) || process.pod;
  if (process.container !== null) return texts.container(process) || process.container.slice(0, 12);
  return process.unit ?? '';
}

/** The last part of a path. */
export function folderName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}

/** Addresses it listens on, each once: an IPv4 and an IPv6 wildcard of one port are one line for the reader. */
export function portsText(listening: readonly ListeningSocket[]): string {
  const seen = new Set<string>();
  for (const { address, port, protocol } of listening) {
    const everywhere = address === '0.0.0.0' || address === '::';
    seen.add(`${everywhere ? `*:${port}` : formatSocket(address, port)}${protocol === 'udp' ? '/udp' : ''}`);
  }
  return [...seen].join(', ');
}

export function reasonsText(words: Words, process: Pick<Process, 'risk'>): string {
  return process.risk.reasons.map(words.reason).join(' · ');
}
