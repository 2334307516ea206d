import type { EngineEvent } from '../../platform/container-engine';

/** Whether somebody asked for the end of a container's run, as far as events tell. */
export interface StopIntent {
  /** When a signal that ends a container was sent by the engine; null: none since the start. */
  readonly askedAtMs: number | null;
  /** The verdict on the last end: asked for or not; null: no end was watched. */
  readonly stopRequested: boolean | null;
}

export const noIntent: StopIntent = { askedAtMs: null, stopRequested: null };

/** A signal that was shrugged off this long ago does not explain an end. Longer than any usual stop time-out. */
const askedHoldsMs = 5 * 60_000;

/** Signals people send to running containers without wanting their end: HUP, USR1, USR2, CHLD, CONT, STOP, TSTP, URG, WINCH. */
const harmlessSignals = new Set(['1', '10', '12', '17', '18', '19', '20', '23', '28']);

/**
 * Docker's order: `kill` (with the signal) before `die`, `stop` after it; Podman sends `stop` before `died`. A crash and an
 * out-of-memory kill have `die` alone.
 */
export function applyToIntent(intent: StopIntent, event: EngineEvent): StopIntent {
  switch (event.action) {
    case 'kill':
      return event.signal !== null && harmlessSignals.has(event.signal) ? intent : { ...intent, askedAtMs: event.atMs };
    case 'stop':
      return { askedAtMs: event.atMs, stopRequested: true };
    case 'die':
    case 'died':
      return { askedAtMs: null, stopRequested: intent.askedAtMs !== null && event.atMs - intent.askedAtMs <= askedHoldsMs };
    case 'start':
      return noIntent;
    default:
      return intent;
  }
}
