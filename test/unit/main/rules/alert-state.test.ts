import { describe, expect, it } from 'vitest';
import { type AlertState, advanceAlerts, dismissAlerts, initialAlertState, levelOfAlerts } from '../../../../src-main/rules/alert-state';
import type { Finding } from '../../../../src-shared/judgement';

const hourMs = 3_600_000;

const exited: Finding = {
  key: 'containers/c1/exited',
  source: 'containers',
  subject: 'api',
  level: 'critical',
  reason: { rule: 'container-exited', text: 'Exited with code 1', values: { exitCode: 1 } },
  holdMs: 0,
  place: { section: 'containers', item: 'c1' },
  sinceMs: null,
};
const hot: Finding = { ...exited, key: 'host/memory', source: 'host', level: 'warning', holdMs: 30_000 };
const engineGone: Finding = { ...exited, key: 'containers/engine', level: 'warning' };

/** Plays looks one after the other and tells the changes of each. `wallMs`: how far the wall clock is ahead at each. */
function play(
  looks: readonly (readonly [atMs: number, findings: readonly Finding[], kind?: 'data' | 'availability'])[],
  start = initialAlertState,
  wallMs: readonly number[] = [],
) {
  let state: AlertState = start;
  const told = looks.map(([monotonicMs, findings, kind = 'data'], index) => {
    const source = findings[0]?.source ?? (looks.flatMap(([, all]) => all)[0]?.source || 'containers');
    const nowMs = monotonicMs + (wallMs[index] ?? 0);
    const result = advanceAlerts(state, { source, kind, findings, nowMs, monotonicMs, day: '2026-11-21' });
    state = result.state;
    return result.changes.map(
      ({ change, alert }) => `${change} ${alert.level}${alert.foundAtStart ? ' at-start' : ''} #${alert.countToday}`,
    );
  });
  return { state, told };
}

describe('advanceAlerts', () => {
  it('raises once per cause, clears once, and counts the second time', () => {
    const { told } = play([
      [0, []],
      [1, [exited]],
      [2, [exited]],
      [3, []],
      [4, []],
      [5, [exited]],
    ]);
    expect(told).toEqual([[], ['raised critical #1'], [], ['cleared critical #1'], [], ['raised critical #2']]);
  });

  it('marks what was already so at the first look', () => {
    expect(play([[0, [exited]]]).told).toEqual([['raised critical at-start #1']]);
  });

  it('waits for a condition to hold, and for its absence to hold', () => {
    const { told } = play([
      [0, [hot]],
      [20_000, [hot]],
      [30_000, [hot]],
      [40_000, []],
      [59_000, []],
      [60_000, []],
    ]);
    expect(told).toEqual([[], [], ['raised warning #1'], [], [], ['cleared warning #1']]);
  });

  it.each([
    ['back', -9 * hourMs],
    ['forward', hourMs],
  ])('measures how long something holds past a clock that is set %s, and stamps by that clock', (_where, setMs) => {
    const looks = [
      [0, [hot]],
      [20_000, [hot]],
      [30_000, [hot]],
      [40_000, []],
      [60_000, []],
    ] as const;
    const raised = play(looks.slice(0, 3), initialAlertState, [0, setMs, setMs]);
    expect(raised.told).toEqual([[], [], ['raised warning #1']]);
    expect([...raised.state.active.values()].map(({ alert }) => alert.raisedAtMs)).toEqual([30_000 + setMs]);
    expect(play(looks, initialAlertState, [0, 0, 0, setMs, setMs]).told).toEqual([
      [],
      [],
      ['raised warning #1'],
      [],
      ['cleared warning #1'],
    ]);
  });

  it('forgets a condition that did not hold', () => {
    const { told } = play([
      [0, [hot]],
      [20_000, []],
      [30_000, [hot]],
      [50_000, [hot]],
    ]);
    expect(told.flat()).toEqual([]);
  });

  it('tells when it gets worse and when it eases', () => {
    const { told } = play([
      [0, []],
      [1, [{ ...exited, level: 'warning' }]],
      [2, [exited]],
      [3, [{ ...exited, level: 'warning' }]],
    ]);
    expect(told).toEqual([[], ['raised warning #1'], ['escalated critical #1'], ['eased warning #1']]);
  });

  it('keeps container alerts while the engine is away: not looked at is not the same as gone', () => {
    const { told, state } = play([
      [0, []],
      [1, [exited]],
      [2, [engineGone], 'availability'],
      [3, [], 'availability'],
      [4, [exited]],
    ]);
    expect(told).toEqual([[], ['raised critical #1'], ['raised warning at-start #1'], ['cleared warning at-start #1'], []]);
    expect(levelOfAlerts(state)).toBe('critical');
  });

  it('leaves the alerts of other sources alone', () => {
    const { state } = play([
      [0, []],
      [1, [exited]],
    ]);
    const other = advanceAlerts(state, { source: 'host', kind: 'data', findings: [], nowMs: 2, monotonicMs: 2, day: '2026-11-21' });
    expect(other.changes).toEqual([]);
    expect(other.state.active.size).toBe(1);
  });

  it('starts the count of the day anew', () => {
    const { state } = play([
      [0, []],
      [1, [exited]],
      [2, []],
    ]);
    const next = { source: 'containers', kind: 'data', findings: [exited], nowMs: 3, monotonicMs: 3, day: '2026-11-22' } as const;
    const { changes } = advanceAlerts(state, next);
    expect(changes[0]?.alert.countToday).toBe(1);
  });
});

describe('dismissAlerts', () => {
  it('hides an alert until its cause clears and comes back; the tray keeps its colour', () => {
    const { state } = play([
      [0, []],
      [1, [exited]],
    ]);
    const id = [...state.active.values()][0]?.alert.id ?? '';
    const dismissed = dismissAlerts(state, new Set([id]));
    expect(dismissed.changes.map((change) => change.change)).toEqual(['dismissed']);
    expect(levelOfAlerts(dismissed.state)).toBe('critical');
    expect(dismissAlerts(dismissed.state, new Set([id])).changes).toEqual([]);
    const { told } = play(
      [
        [2, [exited]],
        [3, []],
        [4, [exited]],
      ],
      dismissed.state,
    );
    expect(told).toEqual([[], ['cleared critical #1'], ['raised critical #2']]);
  });
});
