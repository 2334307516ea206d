import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EngineLogFile } from '../../platform/container-engine';
import type { PackedLines } from '../pipeline/packed-lines';
import { compareStamps } from '../stamp';
import { JsonFileFollower } from './json-file-follower';
import type { KnownLine, LinePlace } from './line-place';

export interface LogFileRoute {
  readonly place: EngineLogFile;
  /** The line read last: when it is not in the file, that is not this container's log. */
  readonly known: KnownLine;
  /** Each line that is read is noted there. */
  readonly lines: LinePlace;
  readonly signal: AbortSignal;
  /** False: it does not run any more. */
  readonly isPresent: () => boolean;
  readonly monotonicMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Where lines are put. */
  readonly out: PackedLines;
  /** Lines were put there; null or what it waits for before it reads on. */
  readonly told: (lines: ToldLines) => Promise<void> | null;
}

export interface ToldLines {
  readonly lineCount: number;
  readonly cutCount: number;
  readonly lastAtMs: number;
}

/**
 * `ended`: the container does not run any more, everything is read; `calm`: so few lines that the engine's own stream is cheaper;
 * `foreign`: the file cannot be read, or is not the log of this container; `lost`: it could be followed no further.
 */
export type LogFileEnd = 'ended' | 'calm' | 'foreign' | 'lost';

const pollMs = 100;
const calmWindowMs = 30_000;
const calmLines = 300;
/** So many reads of 256 KiB, about 0.4 ms each, before others have their turn. */
const readsAtOnce = 4;
/** See JsonFileFollower. */
const disorderSeconds = 2;

export async function followLogFile(route: LogFileRoute): Promise<LogFileEnd> {
  const follower = JsonFileFollower.open(route.place, route.known, route.out, route.lines);
  if (follower === null) return 'foreign';
  const { lines } = follower;
  const beyond = { ...route.known.stamp, seconds: route.known.stamp.seconds + disorderSeconds };
  let windowFromMs = route.monotonicMs();
  let windowLines = 0;
  let reads = 0;
  let isDrained = false;

  let toldLines = 0;
  let toldCut = 0;

  async function handOn(): Promise<void> {
    const { lastAtMs } = lines;
    const lineCount = lines.lineCount - toldLines;
    if (lineCount === 0 || lastAtMs === null) return;
    windowLines += lineCount;
    const cutCount = lines.cutCount - toldCut;
    toldLines = lines.lineCount;
    toldCut = lines.cutCount;
    await route.told({ lineCount, cutCount, lastAtMs });
  }

  function isCalm(): boolean {
    const nowMs = route.monotonicMs();
    if (nowMs - windowFromMs < calmWindowMs) return false;
    const few = windowLines < calmLines;
    windowFromMs = nowMs;
    windowLines = 0;
    return few && lines.isWhole;
  }

  try {
    while (!route.signal.aborted) {
      const step = follower.step();
      await handOn();
      if (!lines.isBehindKnown && (step !== 'more' || compareStamps(lines.readStamp, beyond) > 0)) return 'foreign';
      if (step === 'lost') return 'lost';
      reads += 1;
      if (step === 'more') {
        isDrained = false;
        if (reads % readsAtOnce === 0) await nextTurn();
        continue;
      }
      if (!route.isPresent() && isDrained) {
        lines.flush();
        await handOn();
        return 'ended';
      }
      if (isCalm()) return 'calm';
      isDrained = !route.isPresent();
      await route.wait(pollMs);
    }
    return 'ended';
  } finally {
    follower.close();
  }
}
