import { ok } from '../../src-shared/reading';
import type { LogSource } from '../../src-shared/snapshots/logs';
import type { Collector } from '../collectors/collector';
import type { Clock } from '../platform/clock';
import type { ContainerFeed, FollowedContainer } from '../platform/container-engine';
import type { SpawnLines } from '../platform/spawn-lines';
import { decodeLine } from './decode';
import { followKeywords } from './follow-keywords';
import { ErrorRing } from './ring';
import { ContainerTail } from './tails/container';
import { FileSources, type FollowedLogFiles } from './tails/file';
import { type JournalCommand, JournalTail } from './tails/journal';
import type { TailLine } from './tails/tail';

export interface LogsCollectorDeps {
  readonly containerFeed: ContainerFeed;
  readonly spawnLines: SpawnLines;
  readonly clock: Clock;
  /** Read for each line, so that a change of the settings counts from the next line on. */
  readonly keywords: () => readonly string[];
  /** Null: the journal is not followed. */
  readonly journal: JournalCommand | null;
  /** Null: no files are followed. */
  readonly files: FollowedLogFiles | null;
}

const keptLines = 200;
/** Bounds what one reading carries; 200 lines of 64 KiB would be 13 MB a second. */
const maxSnapshotCharacters = 1024 * 1024;
/** Ended sources stay listed for a while, so that their counts can be seen. */
const maxEndedSources = 50;

/** Error lines of all running containers, of the journal and of log files. The streams run from the first reading on; a reading only tells their state. */
export function createLogsCollector(deps: LogsCollectorDeps): Collector<'logs'> & { close(): Promise<void> } {
  const ring = new ErrorRing(keptLines);
  const tails = new Map<string, ContainerTail>();
  const classifier = followKeywords(deps.keywords);
  let journal: JournalTail | null = null;
  let files: FileSources | null = null;
  let unsubscribe: (() => void) | null = null;
  let lostFramesOfForgotten = 0;
  let closed = false;

  function take(line: TailLine): boolean {
    const text = decodeLine(line.bytes);
    const keyword = classifier(text)?.keyword ?? line.keptAs;
    if (keyword === null) return false;
    const { atMs, source, sourceKind, sourceId, cutBytes } = line;
    const unknown = { recordId: null, pattern: null, repeatCount: 1, isNew: false, level: 'error', maskedCount: 0 } as const;
    ring.add({ atMs, source, sourceKind, sourceId, text, keyword, cutBytes, ...unknown });
    return true;
  }

  function follow(running: readonly FollowedContainer[]): void {
    const present = new Map(running.map((container) => [container.id, container]));
    for (const [id, tail] of tails) tail.update(present.get(id) ?? null);
    for (const [id, container] of present) {
      if (!tails.has(id)) tails.set(id, new ContainerTail(container, deps.containerFeed, deps.clock, take));
    }
    for (const tail of forgetEnded(tails, present)) lostFramesOfForgotten += tail.lostFramesCount;
  }

  function start(): void {
    if (unsubscribe !== null || closed) return;
    unsubscribe = deps.containerFeed.subscribe(follow);
    if (deps.journal !== null) journal = new JournalTail(deps.journal, deps.spawnLines, (id) => tails.has(id), take);
    if (deps.files !== null) files = new FileSources(deps.files, deps.clock, take, () => (journal?.read().lineCount ?? 0) > 0);
  }

  return {
    id: 'logs',
    everyMs: 1_000,
    timeoutMs: 5_000,
    collect: async () => {
      start();
      const sources: LogSource[] = [...tails.values()].map((tail) => tail.read());
      if (journal !== null) sources.push(journal.read());
      const fromFiles = files?.read() ?? { sources: [], warnings: [] };
      sources.push(...fromFiles.sources);
      const lostFrames = [...tails.values()].reduce((sum, tail) => sum + tail.lostFramesCount, lostFramesOfForgotten);
      const facts = {
        keywords: deps.keywords(),
        newestErrors: ring.newest(maxSnapshotCharacters),
        keptCount: ring.keptCount,
        droppedCount: ring.droppedCount,
        sources,
        alarms: [],
        waitingLineCount: 0,
        maskedCount: 0,
      };
      const lost = lostFrames === 0 ? [] : [`${lostFrames} log streams lost their frames; they were read again from the last line on.`];
      return ok(facts, [...lost, ...fromFiles.warnings]);
    },
    close: async () => {
      closed = true;
      unsubscribe?.();
      for (const tail of tails.values()) tail.close();
      journal?.close();
      await files?.close();
    },
  };
}

/** The longest-ended go first: a Map keeps the order of insertion. Gives those that went. */
function forgetEnded(tails: Map<string, ContainerTail>, present: ReadonlyMap<string, unknown>): readonly ContainerTail[] {
  const ended = [...tails].filter(([id, tail]) => tail.isEnded && !present.has(id));
  const forgotten = ended.slice(0, Math.max(0, ended.length - maxEndedSources));
  for (const [id, tail] of forgotten) {
    tail.close();
    tails.delete(id);
  }
  return forgotten.map(([, tail]) => tail);
}
