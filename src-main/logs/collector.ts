import type { LogOrigin } from '../../src-shared/logs/log-record';
import { ok } from '../../src-shared/reading';
import type { LogSource, LogsFacts } from '../../src-shared/snapshots/logs';
import type { Collector } from '../collectors/collector';
import type { Clock, Timers } from '../platform/clock';
import type { ContainerFeed, FollowedContainer } from '../platform/container-engine';
import type { PodFeed, PodLogs } from '../platform/pod-logs';
import type { SpawnLines } from '../platform/spawn-lines';
import { LogIntake } from './intake';
import { journalReader, type KeeperDigest, type LogKeeper } from './keeper/log-keeper';
import type { OriginCounts } from './pipeline/origin-counts';
import { Beat } from './tails/beat';
import { ContainerTail } from './tails/container';
import { type JournalCommand, JournalTail } from './tails/journal';
import { journalOrigin } from './tails/journal-origin';
import { PodSources } from './tails/pod-sources';
import type { SourceState, TailLine, TailListener } from './tails/tail';

export interface LogsCollectorDeps {
  readonly containerFeed: ContainerFeed;
  readonly spawnLines: SpawnLines;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Of the settings: words that make a line an error besides what is recognised by itself. */
  readonly keywords: () => readonly string[];
  /** Null: the journal is not followed. */
  readonly journal: JournalCommand | null;
  /** Null: pods are not followed. `limit`: how many at once. */
  readonly pods: { readonly podLogs: Pick<PodLogs, 'open'>; readonly podFeed: PodFeed; readonly limit: () => number } | null;
  /** Takes the lines, and follows files itself. */
  readonly keeper: LogKeeper;
}

/** Lines of the past that are read of a container that ran before it was ever met. */
const linesOnAttach = 100;
/** Ended sources stay listed for a while, so that their counts can be seen. */
const maxEndedSources = 50;
/** What is shown changes by time alone: what is new grows old. */
const retellEveryMs = 10_000;
/** Lines that nobody looks at are read with the readings; where there are none, because LogScope is paused, so often. */
const restAtMostMs = 2_500;
/** Engines of this machine answer within this time, or are not there. */
const enginesAnswerWithinMs = 5_000;

/** State of all logs and their newest errors. Containers and the journal are read from the first reading on; a reading only tells what came of it. */
export function createLogsCollector(deps: LogsCollectorDeps): Collector<'logs'> & { close(): Promise<void> } {
  const { keeper, clock } = deps;
  const intake = new LogIntake(keeper, deps.timers);
  const readings = new Beat(deps.timers, restAtMostMs);
  const tails = new Map<string, ContainerTail>();
  const counts = new Map<string, OriginCounts>();
  let journal: JournalTail | null = null;
  let pods: PodSources | null = null;
  let unsubscribe: (() => void) | null = null;
  let starting: Promise<void> | null = null;
  let lostFramesOfForgotten = 0;
  let gapsOfForgotten = 0;
  let version = -1;
  let told: { readonly facts: LogsFacts; readonly signature: string; readonly atMs: number } | null = null;
  let closed = false;

  function listenerOf(origin: LogOrigin): TailListener {
    const { key } = origin;
    return {
      onLine: (line: TailLine) => intake.add(key, { ...line, origin }),
      onPosition: (position: string) => intake.place(key, position),
      packed: () => intake.packedOf(origin),
      // While nobody looks at the lines, those that trickle in are read when the reading tells of them.
      rest: () => (keeper.isWatched() ? null : readings.wait()),
    };
  }

  function openContainer(container: FollowedContainer, positions: ReadonlyMap<string, string>): ContainerTail {
    const reader = `container/${container.id}`;
    const origin: LogOrigin = { key: reader, sourceKind: 'container', name: container.name, kind: 'event' };
    let startAt = positions.get(reader) ?? null;
    const given = pods?.giveUp(container.id) ?? null;
    if (startAt === null && given !== null) {
      startAt = given;
      void intake.place(reader, given);
    }
    return new ContainerTail(container, deps.containerFeed, clock, listenerOf(origin), { linesOnAttach, startAt });
  }

  function follow(running: readonly FollowedContainer[], positions: ReadonlyMap<string, string>): void {
    const present = new Map(running.map((container) => [container.id, container]));
    for (const [id, tail] of tails) tail.update(present.get(id) ?? null);
    for (const [id, container] of present) if (!tails.has(id)) tails.set(id, openContainer(container, positions));
    for (const tail of forgetEnded(tails, present)) {
      lostFramesOfForgotten += tail.lostFramesCount;
      gapsOfForgotten += tail.read().gapCount ?? 0;
    }
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
    if (deps.pods !== null) pods = openPods(deps.pods, positions);
  }

  function openPods(from: NonNullable<LogsCollectorDeps['pods']>, positions: ReadonlyMap<string, string>): PodSources {
    const startedAtMs = clock.monotonicMs();
    const isOfEngine = (id: string) => tails.has(id) || positions.has(`container/${id}`);
    const enginesAreKnown = () => tails.size > 0 || clock.monotonicMs() - startedAtMs >= enginesAnswerWithinMs;
    return new PodSources({ ...from, clock, listenerOf, isOfEngine, enginesAreKnown }, positions);
  }

  function sourcesOf(digest: KeeperDigest): readonly LogSource[] {
    for (const one of digest.origins) counts.set(one.key, one);
    const sources = [...tails.values()].map((tail) => withCounts(tail.read(), [counts.get(`container/${tail.id}`)]));
    if (journal !== null) sources.push(withCounts(journal.read(), [...counts.values()].filter(isOfJournal)));
    for (const state of pods?.read() ?? []) sources.push(withCounts(state, [counts.get(`pod/${state.id}`)]));
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
      pods?.follow();
      await readings.strike();
      // Together with the question, so that the keeper's thread wakes once for both.
      intake.flush();
      const digest = await keeper.ask('digest', { since: version });
      version = digest.version;
      const lostFrames = [...tails.values()].reduce((sum, tail) => sum + tail.lostFramesCount, lostFramesOfForgotten);
      const warnings = [...digest.warnings];
      if (lostFrames > 0) warnings.push(`${lostFrames} log streams lost their frames; they were read again from the last line on.`);
      const gaps = [...tails.values()].reduce((sum, tail) => sum + (tail.read().gapCount ?? 0), gapsOfForgotten);
      if (gaps > 0)
        warnings.push(`Lines of containers are missing (${gaps} gaps): their engine threw them away unread, or passed over them.`);
      if (digest.stalled !== null) warnings.push(`Lines wait until they can be stored: ${digest.stalled}`);
      return ok(factsOf(digest), warnings);
    },
    onUrgent: (wake) => keeper.onUrgent(wake),
    async close() {
      closed = true;
      unsubscribe?.();
      readings.end();
      for (const tail of tails.values()) tail.close();
      journal?.close();
      pods?.close();
      intake.flush();
      await keeper.close();
    },
  };
}

function isOfJournal({ key }: OriginCounts): boolean {
  return key.startsWith('journal/');
}

function withCounts(state: SourceState, counts: readonly (OriginCounts | undefined)[]): LogSource {
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
