import type { ContainerEvent } from '../../../src-shared/contract/containers';
import type { ContainerCrash } from '../../../src-shared/snapshots/containers';
import type { EngineContainer, EngineEvent } from '../../platform/container-engine';
import { applyToIntent, noIntent, type StopIntent } from './stop-intent';

/** What was seen of one container since LogScope watches. */
export interface ContainerHistory {
  readonly intent: StopIntent;
  /** Newest first. */
  readonly crashes: readonly ContainerCrash[];
  /** Oldest first. */
  readonly events: readonly ContainerEvent[];
  /** When the kernel last killed something in it for want of memory; null: not in this run. */
  readonly oomAtMs: number | null;
}

export const noHistory: ContainerHistory = { intent: noIntent, crashes: [], events: [], oomAtMs: null };

const maxEvents = 50;
const maxCrashes = 10;
const crashesKeptMs = 3_600_000;
/** The notice of the kill and that of the end come by two ways and in either order. */
const oomNearEndMs = 2_000;
const stopBehindEndMs = 5_000;

/** Ends by these codes are no crash even when nobody was seen asking: finished, Ctrl+C in its terminal, SIGTERM. */
const politeExitCodes = new Set([0, 130, 143]);

/** Engines tell the last seconds again to a new connection. */
export function isKnown(history: ContainerHistory, { atMs, action }: EngineEvent): boolean {
  return history.events.some((event) => event.atMs === atMs && event.action === action);
}

/**
 * A history from before the connection broke, held against what inspect says now. A start or an end that no event told of
 * came between: whether somebody asked for that end is unknown. The crashes that were seen stay. Pure.
 */
export function acrossGap(
  history: ContainerHistory,
  { startedAtMs, finishedAtMs }: Pick<EngineContainer, 'startedAtMs' | 'finishedAtMs'>,
): ContainerHistory {
  const newestAtMs = Math.max(history.intent.askedAtMs ?? 0, ...history.events.map(({ atMs }) => atMs));
  const hasUnseen = (startedAtMs ?? 0) > newestAtMs || (finishedAtMs ?? 0) > newestAtMs;
  return hasUnseen ? { ...history, intent: noIntent, oomAtMs: null } : history;
}

/** The history after one more event. Pure. */
export function applyToHistory(history: ContainerHistory, event: EngineEvent): ContainerHistory {
  const intent = applyToIntent(history.intent, event);
  const { atMs, action, exitCode, signal } = event;
  const events = [...history.events.slice(1 - maxEvents), { atMs, action, exitCode, signal }];
  switch (action) {
    case 'oom':
      return { intent, events, oomAtMs: atMs, crashes: markOutOfMemory(history.crashes, atMs) };
    case 'start':
      return { intent, events, oomAtMs: null, crashes: history.crashes };
    case 'die':
    case 'died': {
      const isCrash = intent.stopRequested === false && !(exitCode !== null && politeExitCodes.has(exitCode));
      const oomKilled = history.oomAtMs !== null && atMs - history.oomAtMs < oomNearEndMs;
      const crashes = isCrash ? [{ atMs, exitCode, oomKilled }, ...history.crashes].slice(0, maxCrashes) : history.crashes;
      return { ...history, intent, events, crashes };
    }
    case 'stop': {
      // Told behind the end by Docker: an end that looked unasked (its stop signal is one of the harmless ones) was asked for.
      const [newest, ...older] = history.crashes;
      const explained = newest !== undefined && atMs - newest.atMs < stopBehindEndMs;
      return { ...history, intent, events, crashes: explained ? older : history.crashes };
    }
    default:
      return { ...history, intent, events };
  }
}

function markOutOfMemory(crashes: readonly ContainerCrash[], atMs: number): readonly ContainerCrash[] {
  const [newest, ...older] = crashes;
  if (newest === undefined || newest.oomKilled || Math.abs(atMs - newest.atMs) > oomNearEndMs) return crashes;
  return [{ ...newest, oomKilled: true }, ...older];
}

/** Those of the last hour; the newest with what inspect says of the end, where that is the same end. */
export function recentCrashes(history: ContainerHistory, container: EngineContainer, nowMs: number): readonly ContainerCrash[] {
  const [newest, ...older] = history.crashes;
  if (newest === undefined) return [];
  const sameEnd = container.finishedAtMs !== null && Math.abs(container.finishedAtMs - newest.atMs) < oomNearEndMs;
  const known = sameEnd && container.oomKilled && !newest.oomKilled ? [{ ...newest, oomKilled: true }, ...older] : history.crashes;
  return known.every(({ atMs }) => nowMs - atMs <= crashesKeptMs) ? known : known.filter(({ atMs }) => nowMs - atMs <= crashesKeptMs);
}
