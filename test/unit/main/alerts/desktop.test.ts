import { describe, expect, it } from 'vitest';
import {
  budgetCount,
  budgetWindowMs,
  type DesktopState,
  decideDesktop,
  initialDesktopState,
} from '../../../../src-main/alerts/channels/desktop';
import type { AlertChange } from '../../../../src-shared/alerts';
import { alertSample } from '../../../helpers/alert-samples';

const on = (nowMs: number) => ({ enabled: true, nowMs });
const raised = (key: string, changes = {}): AlertChange => ({ change: 'raised', alert: alertSample({ key, ...changes }) });

/** Runs changes one after the other, one millisecond apart; gives the kinds of action and the last state. */
function runAll(changes: readonly AlertChange[], from: DesktopState = initialDesktopState, atMs = 0) {
  let state = from;
  const kinds = changes.map((change, index) => {
    const decided = decideDesktop(state, change, on(atMs + index));
    state = decided.state;
    return decided.action.kind;
  });
  return { kinds, state };
}

describe('desktop notifications', () => {
  it('tells a cause that became critical once, and withdraws it when it ends', () => {
    const cleared: AlertChange = { change: 'cleared', alert: alertSample({ key: 'a', clearedAtMs: 5 }) };
    expect(runAll([raised('a'), raised('a'), cleared, cleared]).kinds).toEqual(['show', 'none', 'withdraw', 'none']);
  });

  it('tells a cause again that ended and came back', () => {
    const cleared: AlertChange = { change: 'cleared', alert: alertSample({ key: 'a' }) };
    expect(runAll([raised('a'), cleared, raised('a')]).kinds).toEqual(['show', 'withdraw', 'show']);
  });

  it('does not tell again what was dismissed or eased and is still there', () => {
    const dismissed: AlertChange = { change: 'dismissed', alert: alertSample({ key: 'a', dismissed: true }) };
    const eased: AlertChange = { change: 'eased', alert: alertSample({ key: 'b', level: 'warning' }) };
    const escalated: AlertChange = { change: 'escalated', alert: alertSample({ key: 'b' }) };
    expect(runAll([raised('a'), dismissed, raised('a')]).kinds).toEqual(['show', 'withdraw', 'none']);
    expect(runAll([raised('b'), eased, escalated]).kinds).toEqual(['show', 'withdraw', 'none']);
  });

  it('keeps quiet about warnings, about what was there at the start, and while switched off', () => {
    expect(runAll([raised('a', { level: 'warning' }), raised('b', { foundAtStart: true })]).kinds).toEqual(['none', 'none']);
    expect(decideDesktop(initialDesktopState, raised('a'), { enabled: false, nowMs: 0 }).action.kind).toBe('none');
  });

  it('tells a warning that escalates, also one that was there at the start', () => {
    const escalated: AlertChange = { change: 'escalated', alert: alertSample({ key: 'a', foundAtStart: true }) };
    expect(runAll([raised('a', { level: 'warning', foundAtStart: true }), escalated]).kinds).toEqual(['none', 'show']);
  });

  it('has its whole budget when the clock was set back, instead of being silent for hours', () => {
    const { state } = runAll(
      Array.from({ length: budgetCount + 1 }, (_, index) => raised(`k${index}`)),
      initialDesktopState,
      10 * 3_600_000,
    );
    const { kinds } = runAll([raised('x')], state, 3_600_000);
    expect(kinds).toEqual(['show']);
  });

  it('withdraws while switched off', () => {
    const { state } = runAll([raised('a')]);
    const cleared: AlertChange = { change: 'cleared', alert: alertSample({ key: 'a' }) };
    expect(decideDesktop(state, cleared, { enabled: false, nowMs: 9 }).action).toEqual({ kind: 'withdraw', key: 'a' });
  });

  it('shows four in ten minutes, then one summary, then nothing until there is room', () => {
    const many = Array.from({ length: budgetCount + 3 }, (_, index) => raised(`k${index}`));
    const { kinds, state } = runAll(many);
    expect(kinds).toEqual(['show', 'show', 'show', 'show', 'show-summary', 'none', 'none']);
    expect(state.suppressedCount).toBe(3);
    expect(runAll([raised('later')], state, budgetWindowMs - 1).kinds).toEqual(['none']);
    // The first of the four is ten minutes old: one place is free, then a new summary is due.
    expect(runAll([raised('x'), raised('y'), raised('z'), raised('w'), raised('v')], state, budgetWindowMs + 4).kinds).toEqual([
      'show',
      'show',
      'show',
      'show',
      'show-summary',
    ]);
  });
});
