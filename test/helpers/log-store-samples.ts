import type { NewLogRecord } from '../../src-main/store/logs/log-store';
import type { LogQuery, LogTerm } from '../../src-shared/logs/log-query';
import type { LogOrigin, LogRecord } from '../../src-shared/logs/log-record';
import { logLevels } from '../../src-shared/logs/parsed-line';

/** Numbers from 0 to below 1, the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const sampleOrigins: readonly LogOrigin[] = [
  { key: 'container/aa', sourceKind: 'container', name: 'api', kind: 'event' },
  { key: 'journal/ssh.service', sourceKind: 'journal', name: 'ssh.service', kind: 'security' },
  { key: 'file//var/log/nginx/access.log', sourceKind: 'file', name: '/var/log/nginx/access.log', kind: 'access' },
  { key: 'container/한', sourceKind: 'container', name: '결제', kind: 'event' },
];

const words = [
  'Connection',
  'refused',
  'timeout',
  'ERROR',
  'user',
  'İstanbul',
  'Äpfel',
  'ÄPFEL',
  '연결',
  '실패',
  'blk',
  'ΟΔΟΣ',
  'é',
  'e\u0301',
  '😀',
  '\u212a',
  '',
];

export function randomText(random: () => number): string {
  const count = Math.floor(random() * 12);
  const parts = Array.from({ length: count }, () =>
    random() < 0.2 ? String(Math.floor(random() * 1e9)) : (words[Math.floor(random() * words.length)] ?? ''),
  );
  return parts.join(random() < 0.05 ? '\n' : ' ') + (random() < 0.01 ? '\ud83d' : '');
}

export function randomRecord(random: () => number, atMs: number): NewLogRecord {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return {
    atMs: atMs + Math.floor(random() * 5_000) - 2_500,
    origin: pick(sampleOrigins).key,
    level: pick([null, ...logLevels]),
    text: randomText(random),
    pattern: random() < 0.3 ? null : `p${Math.floor(random() * 20)}`,
    maskedCount: random() < 0.1 ? 3 : 0,
    cutBytes: random() < 0.02 ? 5_000_000_000 : 0,
  };
}

export function randomQuery(random: () => number, text: string): LogQuery {
  const not = random() < 0.2;
  const from = Math.floor(random() * text.length);
  const part = text.slice(from, from + 1 + Math.floor(random() * 12));
  const makers: readonly (() => LogTerm)[] = [
    () => ({ kind: 'text', text: random() < 0.3 ? part.toUpperCase() : part, not }),
    () => ({ kind: 'text', text: `${part}zq`, not }),
    () => ({ kind: 'level', level: logLevels[Math.floor(random() * 7)] ?? 'info', orWorse: random() < 0.5, not }),
    () => ({ kind: 'source', text: ['api', 'ssh', '결제', 'container/aa'][Math.floor(random() * 4)] ?? '', not }),
    () => ({ kind: 'log-kind', logKind: 'access', not }),
    () => ({ kind: 'pattern', pattern: `p${Math.floor(random() * 20)}`, not }),
    () => ({ kind: 'regex', source: random() < 0.5 ? '\\d{8}$' : 'user.*refused', ignoreCase: random() < 0.5, not }),
  ];
  const count = Math.floor(random() * 3);
  return {
    terms: Array.from({ length: count }, () => (makers[Math.floor(random() * makers.length)] ?? (() => makers[0]?.() as LogTerm))()),
  };
}

/** As it comes back: halves of surrogate pairs cannot be written. */
export function asStored(record: NewLogRecord, id: number): LogRecord {
  return { ...record, id, text: Buffer.from(record.text).toString() };
}
