import type { LogOrigin } from '../../src-shared/logs/log-record';
import { ok } from '../../src-shared/reading';
import type { LogSource, LogsFacts } from '../../src-shared/snapshots/logs';
import type { Collector } from '../collectors/collector';
import type { Clock, Timers } from '../platform/clock';
import type { ContainerFeed, FollowedContainer } from '../platform/container-engine';
import type { SpawnLines } from '../platform/spawn-lines';
import { LogIntake } from './intake';
import { journalReader, type KeeperDigest, type LogKeeper } from './keeper/log-keeper';
import type { OriginCounts } from './pipeline/origin-counts';
import { ContainerTail } from './tails/container';
import { type JournalCommand, JournalTail } from './tails/journal';
import { journalOrigin } from './tails/journal-origin';
import type { TailLine, TailState } from './tails/tail';

export interface LogsCollectorDeps {
  readonly containerFeed: ContainerFeed;
  readonly spawnLines: SpawnLines;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Of the settings: words that make a line an error besides what is recognised by itself. */
  readonly keywords: () => readonly string[];
  /** Null: the journal is not followed. */
  readonly journal: JournalCommand | null;
  /** Takes the lines, and follows files itself. */
  readonly keeper: LogKeeper;
}

/** Lines of the past that are read of a container that ran before it was ever met. */
const linesOnAttach = 100;
/** Ended sources stay listed for a while, so that their counts can be seen. */
const maxEndedSources = 50;
/** What is shown changes by time alone: what is new grows old. */
const retellEveryMs = 10_000;

/** State of all logs and their newest errors. Containers and the journal are read from the first reading on; a reading only tells what came of it. */
export function createLogsCollector(deps: LogsCollectorDeps): Collector<'logs'> & { close(): Promise<void> } {
  const { keeper, clock } = deps;
  const intake = new LogIntake(keeper, deps.timers);
  const tails = new Map<string, ContainerTail>();
  const counts = new Map<string, OriginCounts>();
  let journal: JournalTail | null = null;
  let unsubscribe: (() => void) | null = null;
  let starting: Promise<void> | null = null;
  let lostFramesOfForgotten = 0;
  let version = -1;
  let told: { readonly facts: LogsFacts; readonly signature: string; readonly atMs: number } | null = null;
  let closed = false;

  function openContainer(container: FollowedContainer, positions: ReadonlyMap<string, string>): ContainerTail {
    const reader = `container/${container.id}`;
    const origin: LogOrigin = { key: reader, sourceKind: 'container', name: container.name, kind: 'event' };
    const listener = {
      onLine: (line: TailLine) => intake.add(reader, { ...line, origin }),
      onPosition: (position: string) => intake.place(reader, position),
    };
    return new ContainerTail(container, deps.containerFeed, clock, listener, { linesOnAttach, startAt: positions.get(reader) ?? null });
  }

  function follow(running: readonly FollowedContainer[], positions: ReadonlyMap<string, string>): void {
    const present = new Map(running.map((container) => [container.id, container]));
    for (const [id, tail] of tails) tail.update(present.get(id) ?? null);
    for (const [id, container] of present) if (!tails.has(id)) tails.set(id, openContainer(container, positions));
    for (const tail of forgetEnded(tails, present)) lostFramesOfForgotten += tail.lostFramesCount;
  }

  function openJournal(command: JournalCommand, positions: ReadonlyMap<string, string>): JournalTail {
    const listener = {
      onLine: (line: TailLine) => intake.add(journalReader, { ...line, origin: journalOrigin(line.sourceId) }),
      onPosition: (position: string) => intake.place(journalReader, position),
    };
    return new JournalTail(command, deps.spawnLines, (id) => tails.has(id), listener, { startAt: positions.get(journalReader) ?? null });
  }

  async function start(): Promise<void> {
    const positions = await keeper.ask('positions', null);
    if (closed) return;
    unsubscribe = deps.containerFeed.subscribe((running) => follow(running, positions));
    if (deps.journal !== null) journal = openJournal(deps.journal, positions);
  }

  function sourcesOf(digest: KeeperDigest): readonly LogSource[] {
    for (const one of digest.origins) counts.set(one.key, one);
    const sources = [...tails.values()].map((tail) => withCounts(tail.read(), [counts.get(`container/${tail.id}`)]));
    if (journal !== null) sources.push(withCounts(journal.read(), [...counts.values()].filter(isOfJournal)));
    return [...sources, ...digest.fileSources];
  }

  function factsOf(digest: KeeperDigest): LogsFacts {
    const sources = sourcesOf(digest);
    const signature = `${digest.version} ${deps.keywords().join()} ${sources.map(stateText).join()}`;
    const nowMs = clock.monotonicMs();
    if (told?.signature === signature && nowMs - told.atMs < retellEveryMs) return told.facts;
    const { newestErrors, alarms, keptCount, droppedCount, maskedCount, waitingLineCount } = digest;
    const facts = { keywords: deps.keywords(), newestErrors, keptCount, droppedCount, sources, alarms, waitingLineCount, maskedCount };
    told = { facts, signature, atMs: nowMs };
    return facts;
  }

  return {
    id: 'logs',
    everyMs: 1_000,
    timeoutMs: 5_000,
    async collect() {
      starting ??= start();
      await starting;
      const digest = await keeper.ask('digest', { since: version });
      version = digest.version;
      const lostFrames = [...tails.values()].reduce((sum, tail) => sum + tail.lostFramesCount, lostFramesOfForgotten);
      const warnings = [...digest.warnings];
      if (lostFrames > 0) warnings.push(`${lostFrames} log streams lost their frames; they were read again from the last line on.`);
      if (digest.stalled !== null) warnings.push(`Lines wait until they can be stored: ${digest.stalled}`);
      return ok(factsOf(digest), warnings);
    },
    onUrgent: (wake) => keeper.onUrgent(wake),
    async close() {
      closed = true;
      unsubscribe?.();
      for (const tail of tails.values()) tail.close();
      journal?.close();
      intake.flush();
      await keeper.close();
    },
  };
}

function isOfJournal({ key }: OriginCounts): boolean {
  return key.startsWith('journal/');
}

function withCounts(state: TailState, counts: readonly (OriginCounts | undefined)[]): LogSource {
  const known = counts.filter((one) => one !== undefined);
  const minutes = known.filter(({ errorsPerMinute }) => errorsPerMinute.length > 0).map(({ errorsPerMinute }) => errorsPerMinute);
  const [first = []] = minutes;
  return {
    ...state,
    matchedCount: known.reduce((sum, { matchedCount }) => sum + matchedCount, 0),
    errorsPerMinute: first.map((_, at) => minutes.reduce((sum, one) => sum + (one[at] ?? 0), 0)),
  };
}

function stateText({ id, state, detail, lineCount }: LogSource): string {
  return `${id} ${state} ${detail} ${lineCount}`;
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
