import type { InputOf, LogPage, LogPatternSummary, LogStorage, LogTimeline, NewerRecords, OpenedFrame } from '../../src-shared/contract';
import { RequestError } from '../../src-shared/contract';
import type { LogOrigin, LogRecord } from '../../src-shared/logs/log-record';
import { createRecordMatcher } from '../../src-shared/logs/match-record';
import { parseLogQuery } from '../../src-shared/logs/parse-log-query';
import { isErrorLevel } from '../../src-shared/logs/parsed-line';
import { createSampleLines, sampleSpeakers } from './sample-logs';
import { createRandom } from './sample-random';

const originByKey = new Map(sampleSpeakers.map(({ origin }) => [origin.key, origin]));

interface SampleLogOptions {
  readonly nowMs: () => number;
  /** Lines of the past. */
  readonly count: number;
  /** A new line this often; null: none come. */
  readonly everyMs: number | null;
}

/** Answers of the invented core about kept lines. */
export function createLogAnswers({ nowMs, count, everyMs }: SampleLogOptions) {
  const next = createSampleLines(11);
  const random = createRandom(5);
  const startMs = nowMs() - 14 * 60_000;
  const stepMs = (14 * 60_000) / count;
  const records: LogRecord[] = Array.from({ length: count }, (_, index) => next(Math.floor(startMs + index * stepMs + random() * stepMs)));
  const marks = new Map<string, 'muted' | 'pinned'>([[records.find(({ level }) => level === 'debug')?.pattern ?? '', 'muted']]);
  if (everyMs !== null) setInterval(() => records.push(next(nowMs())), everyMs);

  function matcher(query: string): (record: LogRecord) => boolean {
    const parsed = parseLogQuery(query);
    if (!parsed.ok) throw new RequestError('bad-input', 'The query makes no sense.');
    return createRecordMatcher(parsed.query, (key) => originByKey.get(key) ?? null);
  }
  function page(found: readonly LogRecord[], nextBeforeId: number | null): LogPage {
    return { records: found, origins: originsOf(found), nextBeforeId, cutShort: null, tookMs: 3 };
  }

  return {
    'logs.search': ({ query, beforeId, toMs, limit }: InputOf<'logs.search'>): LogPage => {
      const met = records
        .filter(matcher(query))
        .filter(({ id, atMs }) => id < (beforeId ?? Number.POSITIVE_INFINITY) && atMs <= (toMs ?? atMs));
      const found = met.slice(-limit).reverse();
      return page(found, met.length > limit ? (found.at(-1)?.id ?? null) : null);
    },
    'logs.newer': async ({ query, afterId, limit }: InputOf<'logs.newer'>): Promise<NewerRecords> => {
      const after = afterId ?? records.at(-1)?.id ?? 0;
      const matches = matcher(query);
      const find = () => records.filter((record) => record.id > after && matches(record));
      for (let waited = 0; find().length === 0 && waited < 40; waited += 1) await new Promise((resolve) => setTimeout(resolve, 250));
      const found = find();
      return {
        records: found.slice(-limit),
        origins: originsOf(found),
        lastId: records.at(-1)?.id ?? after,
        skippedCount: Math.max(0, found.length - limit),
      };
    },
    'logs.around': ({ id, before, after }: InputOf<'logs.around'>): LogPage => {
      const same = records.filter(({ origin }) => origin === records.find((one) => one.id === id)?.origin);
      const at = same.findIndex((one) => one.id === id);
      return page(same.slice(Math.max(0, at - before), at + after + 1), null);
    },
    'logs.timeline': ({ query, fromMs, toMs, buckets }: InputOf<'logs.timeline'>): LogTimeline => {
      const bucketMs = Math.max(1, Math.ceil((toMs - fromMs) / buckets));
      const counts: Record<string, number>[] = Array.from({ length: buckets }, () => ({}));
      for (const { atMs, level } of records.filter(matcher(query))) {
        const bucket = counts[Math.floor((atMs - fromMs) / bucketMs)];
        if (bucket) bucket[level ?? 'none'] = (bucket[level ?? 'none'] ?? 0) + 1;
      }
      return { fromMs, bucketMs, buckets: counts, cutShort: null };
    },
    'logs.patterns': ({ limit }: InputOf<'logs.patterns'>) => {
      const patterns = summarise(records, marks, nowMs());
      return { patterns: patterns.slice(0, limit), totalCount: patterns.length, forgottenCount: 0 };
    },
    'logs.mark-pattern': ({ pattern, mark }: InputOf<'logs.mark-pattern'>) => {
      if (mark === null) marks.delete(pattern);
      else marks.set(pattern, mark);
      return { marked: true };
    },
    'logs.open-frame': ({ path }: InputOf<'logs.open-frame'>): OpenedFrame => ({ outcome: 'opened', detail: null, path }),
    'logs.storage': (): LogStorage => ({
      kind: 'file',
      detail: null,
      recordCount: 1_284_310,
      textBytes: 412 * 1024 ** 2,
      diskBytes: 96 * 1024 ** 2,
      archivedBytes: 31 * 1024 ** 2,
      oldestAtMs: nowMs() - 9 * 86_400_000,
      newestAtMs: nowMs(),
      droppedCount: 0,
      expiredCount: 20_412,
    }),
  };
}

function originsOf(records: readonly LogRecord[]): Readonly<Record<string, LogOrigin>> {
  return Object.fromEntries(
    records.flatMap(({ origin }) => (originByKey.has(origin) ? [[origin, originByKey.get(origin) as LogOrigin]] : [])),
  );
}

function summarise(
  records: readonly LogRecord[],
  marks: ReadonlyMap<string, 'muted' | 'pinned'>,
  nowMs: number,
): readonly LogPatternSummary[] {
  const groups = new Map<string, LogRecord[]>();
  for (const record of records) {
    if (record.pattern !== null) groups.set(record.pattern, [...(groups.get(record.pattern) ?? []), record]);
  }
  const all = [...groups].map(([id, lines], index): LogPatternSummary => {
    const first = lines[0] as LogRecord;
    const last = lines.at(-1) as LogRecord;
    const perMinute = Array.from({ length: 60 }, (_, minute) => {
      const fromMs = nowMs - (60 - minute) * 60_000;
      return lines.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + 60_000).length;
    });
    const origin = originByKey.get(first.origin);
    const isNew = isErrorLevel(first.level) && index % 2 === 0;
    return {
      id,
      template: (first.text.split('\n')[0] ?? '')
        .replace(/\u001b\[[0-9;]*m/g, '')
        .replace(/10\.0\.0\.\d+/g, '<ip>')
        .replace(/\b\d+\b/g, '<*>'),
      example: first.text,
      level: first.level,
      count: lines.length,
      perMinute,
      firstSeenAtMs: isNew ? nowMs - 11 * 60_000 : first.atMs - 86_400_000,
      lastSeenAtMs: last.atMs,
      origins: origin ? [origin] : [],
      otherSourceCount: index % 5 === 0 ? 2 : 0,
      newSince: isNew
        ? {
            kind: index % 4 === 0 ? 'restart' : 'checkout',
            atMs: nowMs - 12 * 60_000,
            name: index % 4 === 0 ? (origin?.name ?? '') : 'feature/cart',
          }
        : null,
      mark: marks.get(id) ?? null,
    };
  });
  const rank = ({ mark, newSince }: LogPatternSummary) => (mark === 'pinned' ? 0 : newSince !== null ? 1 : 2);
  return all.sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}
