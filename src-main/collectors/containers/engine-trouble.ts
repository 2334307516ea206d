import { type Unavailable, unavailable } from '../../../src-shared/reading';
import { say } from '../../../src-shared/sentence';
import type { EngineState } from '../../../src-shared/snapshots/containers';
import type { ContainerEngineError } from '../../platform/container-engine';

/** Why an engine is not there: what its row says, and what the whole source says when no other engine is. */
export interface EngineTrouble {
  readonly state: Exclude<EngineState['state'], 'ok'>;
  readonly outage: Unavailable;
}

/** An engine that was made, or came back, this recently and does not answer yet is starting; later it hangs. */
const startingHoldsMs = 60_000;

export interface FailedTry {
  readonly error: ContainerEngineError;
  /** It gave data since LogScope runs. */
  readonly wasOk: boolean;
  /** Time since its socket was made or changed; null when that cannot be known. */
  readonly changedAgoMs: number | null;
  /** What is told instead of "hangs". */
  readonly starting: Unavailable;
}

/** What a failed try means. An answer that concerns no outage (a 500 of the engine) is one all the same: nothing can be listed. */
export function judgeFailedTry({ error, wasOk, changedAgoMs, starting }: FailedTry): EngineTrouble {
  const { outage, code, message, statusCode } = error;
  if (outage === null) {
    const detail =
      statusCode === null
        ? say('engine.why.answeredNonsense', { words: message })
        : say('engine.why.answered', { status: statusCode, words: message });
    return { state: 'failed', outage: unavailable('not-running', detail, say('engine.remedy.log')) };
  }
  if (outage.reason === 'permission-denied') return { state: 'denied', outage };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { state: wasOk ? 'stopped' : 'absent', outage };
    case 'ECONNREFUSED':
      return { state: 'stopped', outage };
    case 'ETIMEDOUT': {
      const isStarting = changedAgoMs !== null && changedAgoMs < startingHoldsMs;
      return isStarting ? { state: 'starting', outage: starting } : { state: 'failed', outage };
    }
    case 'ECONNRESET':
    case 'EPIPE':
    case null:
      return { state: wasOk ? 'stopped' : 'failed', outage };
    default:
      return { state: 'failed', outage };
  }
}

/** Pause before the next try of an engine that gave data before: back within seconds, whatever the cadence of the readings. */
const wasOkPauseMs = 4_000;
const startingPauseMs = 2_000;
const longestPauseMs = 60_000;

/**
 * How long to leave an engine alone after `misses` tries in a row. One that is absent or denies is asked once a minute (a
 * socket that is made anew or gets other rights is noticed without asking).
 */
export function pauseAfterMiss(trouble: EngineTrouble, misses: number, wasOk: boolean): number {
  if (trouble.state === 'absent' || trouble.state === 'denied') return longestPauseMs;
  if (wasOk) return wasOkPauseMs;
  if (trouble.state === 'starting') return startingPauseMs;
  return Math.min(longestPauseMs, 5_000 * 2 ** Math.min(misses - 1, 8));
}
