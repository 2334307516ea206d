import type { Alert, AlertChange } from '../../../src-shared/alerts';
import { isRecent } from '../../rules/is-recent';

/** At most this many notifications in `budgetWindowMs`; then one summary, then silence until there is room again. */
export const budgetCount = 4;
export const budgetWindowMs = 10 * 60_000;

/** What the desktop channel remembers. Start with `initialDesktopState`. */
export interface DesktopState {
  /** Keys of causes that were told and have not ended: a cause is told once. */
  readonly toldKeys: ReadonlySet<string>;
  /** When notifications were shown, summaries not counted, oldest first; never older than the budget window. */
  readonly shownAtMs: readonly number[];
  readonly summaryShown: boolean;
  /** Causes that were not told because the budget was used up. Over the whole run; for the log. */
  readonly suppressedCount: number;
}

export const initialDesktopState: DesktopState = { toldKeys: new Set(), shownAtMs: [], summaryShown: false, suppressedCount: 0 };

export type DesktopAction =
  | { readonly kind: 'show'; readonly alert: Alert }
  | { readonly kind: 'show-summary' }
  | { readonly kind: 'withdraw'; readonly key: string }
  | { readonly kind: 'none' };

/**
 * Whether a change of an alert becomes a native notification: only what *becomes* critical while LogScope looks on, once
 * per cause, within the budget. What ends, eases or is dismissed is withdrawn, also while notifications are switched off.
 */
export function decideDesktop(
  state: DesktopState,
  change: AlertChange,
  now: { readonly enabled: boolean; readonly nowMs: number },
): { readonly state: DesktopState; readonly action: DesktopAction } {
  const { alert } = change;
  if (change.change === 'cleared' || change.change === 'dismissed' || change.change === 'eased') {
    if (!state.toldKeys.has(alert.key)) return { state, action: { kind: 'none' } };
    const toldKeys = new Set(state.toldKeys);
    // A dismissed or eased cause still exists and must not be told again; a cleared one may come back.
    if (change.change === 'cleared') toldKeys.delete(alert.key);
    return { state: { ...state, toldKeys }, action: { kind: 'withdraw', key: alert.key } };
  }
  const becameCritical = alert.level === 'critical' && (change.change === 'escalated' || !alert.foundAtStart);
  if (!becameCritical || !now.enabled || alert.dismissed || state.toldKeys.has(alert.key)) return { state, action: { kind: 'none' } };

  const shownAtMs = state.shownAtMs.filter((atMs) => isRecent(atMs, now.nowMs, budgetWindowMs));
  if (shownAtMs.length < budgetCount) {
    return {
      state: { ...state, toldKeys: new Set(state.toldKeys).add(alert.key), shownAtMs: [...shownAtMs, now.nowMs], summaryShown: false },
      action: { kind: 'show', alert },
    };
  }
  return {
    state: { ...state, shownAtMs, summaryShown: true, suppressedCount: state.suppressedCount + 1 },
    action: state.summaryShown ? { kind: 'none' } : { kind: 'show-summary' },
  };
}
