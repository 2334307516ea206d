import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LogQuery } from '../../../src-shared/logs/log-query';
import { parseLogQuery } from '../../../src-shared/logs/parse-log-query';
import type { Clock, Timers } from '../../platform/clock';
import type { LogStore } from '../../store/logs/log-store';
import { createClassifier } from '../classify';
import { FileSources, type FileSourcesDeps } from '../files/file-sources';
import { type FollowedPattern, wellKnownLogFiles } from '../files/well-known';
import { ContinuationDetector } from '../fold/continuation';
import { createNoiseFilter } from '../noise/noise-rules';
import { LogPipeline } from '../pipeline/log-pipeline';
import { isPacked, type PackedBatch } from '../pipeline/packed-batch';
import type { RawBatch } from '../pipeline/raw-batch';
import {
  journalReader,
  type KeeperDigest,
  type KeeperQuestion,
  type KeeperQuestions,
  KeeperRefusal,
  type LogKeeper,
  type LogSettings,
} from './log-keeper';

export interface DirectKeeperDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly store: LogStore;
  readonly hash: (secret: string) => string;
  readonly settings: LogSettings;
  /** Null: files are not followed on this platform, or by this door. */
  readonly files: Pick<FileSourcesDeps, 'etc' | 'runsDirectory'> | null;
}

/** Lines of many sources that come within this time are stored in one go. */
const gatherMs = 20;
/** The same while nobody looks at them as they come; a reading stores them in any case. */
const unwatchedGatherMs = 500;
/** A window asks again at once; this long after its last question it is gone. */
const watchedForMs = 5_000;
/** More than this is stored at once: in a storm the timer may come late, and everything until then is held in memory. */
const mostReady = 4_000;
const retryWhenFullMs = 2_000;
const retainEveryMs = 600_000;
const filesEveryMs = 5_000;
/** How long a question for newer records waits for one. */
const newerWithinMs = 10_000;

/** The keeper itself, in the thread that calls it. */
export function createDirectKeeper(deps: DirectKeeperDeps): LogKeeper {
  const { clock, timers, store } = deps;
  let { settings } = deps;
  let ownWords = createClassifier(settings.keywords);
  let isWanted = createNoiseFilter(settings.noiseRules);
  let patterns = patternsOf(settings);
  let cancelFlush: (() => void) | null = null;
  let retainedAtMs = clock.monotonicMs();
  let journalLineCount = 0;
  let begunCount = 0;
  let watchedAtMs = Number.NEGATIVE_INFINITY;
  let flushAtMs = 0;
  let fromFiles: ReturnType<FileSources['read']> = { sources: [], warnings: [] };
  let filesToldAtMs = Number.NEGATIVE_INFINITY;
  let isLiveWaiting = false;
  let closed = false;
  const urgent = new Set<() => void>();
  const waitForRoom = new Set<() => void>();
  const waitForNews = new Set<() => void>();
  const pipeline = new LogPipeline({
    clock,
    offsetMinutes: () => -new Date(clock.nowMs()).getTimezoneOffset(),
    sink: store,
    hash: deps.hash,
    maskEmail: () => settings.maskEmail,
    ownWords: (text) => ownWords(text),
    isWanted: (origin, text) => isWanted(origin, text),
    mayTakeByShape: () => settings.keywords.length === 0 && settings.noiseRules.length === 0,
    continuation: () => new ContinuationDetector(),
  });
  const files =
    deps.files === null
      ? null
      : new FileSources({
          ...deps.files,
          clock,
          patterns: () => patterns,
          positions: store.positions(),
          onBatch: (batch) => void take(batch),
          isJournalTold: () => journalLineCount > 0,
          isBusy: () => pipeline.stalledBy !== null,
          isWatched,
          isLiveWaiting: () => isLiveWaiting,
          keepDays: () => settings.keepDays,
        });

  function take(batch: RawBatch | PackedBatch): Promise<void> | null {
    if (closed) return null;
    const lineCount = isPacked(batch) ? batch.ends.length : batch.lines.length;
    if (batch.reader === journalReader) journalLineCount += lineCount;
    pipeline.take(batch);
    if (batch.past == null && lineCount > 0) isLiveWaiting = true;
    planFlush(isWatched() ? gatherMs : unwatchedGatherMs);
    if (pipeline.readyCount >= mostReady && pipeline.stalledBy === null) flush();
    return pipeline.stalledBy === null ? null : new Promise((resolve) => waitForRoom.add(resolve));
  }

  function isWatched(): boolean {
    return waitForNews.size > 0 || clock.monotonicMs() - watchedAtMs < watchedForMs;
  }

  function planFlush(afterMs: number): void {
    const atMs = clock.monotonicMs() + afterMs;
    if (closed || (cancelFlush !== null && flushAtMs <= atMs)) return;
    cancelFlush?.();
    flushAtMs = atMs;
    cancelFlush = timers.after(afterMs, flush);
  }

  function flush(): void {
    cancelFlush?.();
    cancelFlush = null;
    pipeline.flush();
    isLiveWaiting = false;
    if (pipeline.hasWork) planFlush(pipeline.stalledBy === null ? gatherMs : retryWhenFullMs);
    if (pipeline.stalledBy === null) callAll(waitForRoom);
    callAll(waitForNews);
    if (pipeline.begunCount !== begunCount) for (const listener of urgent) listener();
    begunCount = pipeline.begunCount;
    if (clock.monotonicMs() - retainedAtMs >= retainEveryMs) retain();
  }

  function retain(): void {
    retainedAtMs = clock.monotonicMs();
    store.retain({ days: settings.keepDays, maxBytes: settings.keepMegabytes * 1024 * 1024, archive: settings.archive });
  }

  async function newer(input: KeeperQuestions['newer']['input'], signal?: AbortSignal): Promise<KeeperQuestions['newer']['answer']> {
    const query = queryOf(input.query);
    if (!isWatched()) void files?.look();
    watchedAtMs = clock.monotonicMs();
    if (pipeline.hasWork) planFlush(gatherMs);
    const endMs = clock.monotonicMs() + newerWithinMs;
    for (;;) {
      const found = await store.newer({ query, afterId: input.afterId, limit: input.limit });
      const leftMs = endMs - clock.monotonicMs();
      if (input.afterId === null || found.records.length > 0 || leftMs <= 0 || closed || signal?.aborted) return found;
      await news(leftMs, signal);
    }
  }

  /** Until something was stored, or the time is over. */
  function news(withinMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = timers.after(withinMs, done);
      function done(): void {
        cancel();
        waitForNews.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      }
      waitForNews.add(done);
      signal?.addEventListener('abort', done, { once: true });
    });
  }

  function digest(since: number): KeeperDigest {
    if (pipeline.hasWork && pipeline.stalledBy === null) flush();
    const told = pipeline.digest(since);
    const nowMs = clock.monotonicMs();
    // Ten thousand files are not gone through each second for nothing.
    if (told.version !== since || nowMs - filesToldAtMs >= filesEveryMs) {
      filesToldAtMs = nowMs;
      fromFiles = files?.read(pipeline.origins) ?? fromFiles;
    }
    return { ...told, fileSources: fromFiles.sources, warnings: fromFiles.warnings };
  }

  const answers: Answers = {
    search: ({ query, ...where }) => store.search({ query: queryOf(query), ...where }),
    newer,
    around: (input) => store.around(input),
    timeline: ({ query, ...where }) => store.timeline({ query: queryOf(query), ...where }),
    patterns: async ({ limit }) => pipeline.listPatterns(limit),
    'mark-pattern': async ({ pattern, mark }) => pipeline.markPattern(pattern, mark),
    storage: async () => store.storage(),
    positions: async () => store.positions(),
    async digest({ since }) {
      if (files !== null && !isWatched()) await files.look();
      return digest(since);
    },
  };

  return {
    take,
    async ask(name, input, signal) {
      return answers[name](input, signal);
    },
    configure(next) {
      settings = next;
      ownWords = createClassifier(next.keywords);
      isWanted = createNoiseFilter(next.noiseRules);
      patterns = patternsOf(next);
      retain();
    },
    isWatched,
    onUrgent(listener) {
      urgent.add(listener);
      return () => urgent.delete(listener);
    },
    async close() {
      if (closed) return;
      await files?.close();
      closed = true;
      cancelFlush?.();
      callAll(waitForRoom);
      callAll(waitForNews);
      pipeline.flush(true);
      await store.close();
    },
  };
}

type Answers = {
  readonly [Name in KeeperQuestion]: (
    input: KeeperQuestions[Name]['input'],
    signal?: AbortSignal,
  ) => Promise<KeeperQuestions[Name]['answer']>;
};

function callAll(listeners: Set<() => void>): void {
  const all = [...listeners];
  listeners.clear();
  for (const listener of all) listener();
}

function patternsOf({ files, wellKnownFiles }: LogSettings): readonly FollowedPattern[] {
  const own = files.map(({ pattern, kind }) => ({ pattern: pattern.startsWith('~/') ? join(homedir(), pattern.slice(2)) : pattern, kind }));
  return [...own, ...(wellKnownFiles ? wellKnownLogFiles : [])];
}

function queryOf(text: string): LogQuery {
  const parsed = parseLogQuery(text);
  if (parsed.ok) return parsed.query;
  const [first] = parsed.problems;
  throw new KeeperRefusal(
    'bad-input',
    `The search makes no sense at ${JSON.stringify(first?.value ?? text)}: ${first?.problem ?? 'unknown'}.`,
  );
}
