import { formatSocket } from '../../../src-shared/format';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { ListeningSocket, Process } from '../../../src-shared/snapshots';
import type { Words } from '../../words/use-words';

export const processColumns = ['score', 'name', 'pid', 'user', 'cpu', 'memory', 'ports', 'reasons'] as const;
export type ProcessColumn = (typeof processColumns)[number];

export const columnLabel: Readonly<Record<ProcessColumn, MessageKey>> = {
  score: 'column.score',
  name: 'column.name',
  pid: 'column.pid',
  user: 'column.user',
  cpu: 'column.cpu',
  memory: 'column.memory',
  ports: 'column.ports',
  reasons: 'column.reasons',
};

/** Columns whose greatest value one looks for first. */
export const descendingFirst: ReadonlySet<ProcessColumn> = new Set(['score', 'cpu', 'memory', 'ports', 'reasons']);
export const numericColumns: ReadonlySet<ProcessColumn> = new Set(['pid', 'cpu', 'memory']);

export function sortValue(process: Process, column: ProcessColumn): string | number | null {
  switch (column) {
    case 'score':
      return process.risk.score;
    case 'name':
      return process.name.toLowerCase();
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
    case 'reasons':
      return process.risk.reasons.length;
  }
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

/** True when the filter stands anywhere in what the row says, or in its path and command. */
export function matchesProcess(words: Words, process: Process, filter: string): boolean {
  const needle = filter.trim().toLowerCase();
  if (needle === '') return true;
  const { name, pid, user, exe, command, listening } = process;
  return (
    name.toLowerCase().includes(needle) ||
    String(pid).includes(needle) ||
    (user ?? '').toLowerCase().includes(needle) ||
    (exe ?? '').toLowerCase().includes(needle) ||
    command.toLowerCase().includes(needle) ||
    listening.some((socket) => formatSocket(socket.address, socket.port).includes(needle)) ||
    reasonsText(words, process).toLowerCase().includes(needle)
  );
}
