import { describe, expect, it } from 'vitest';
import { acrossGap, applyToHistory, isKnown, noHistory, recentCrashes } from '../../../../../src-main/collectors/containers/history';
import type { EngineContainer, EngineEvent } from '../../../../../src-main/platform/container-engine';

const event = (action: string, atMs: number, more: { readonly signal?: string; readonly exitCode?: number } = {}): EngineEvent => ({
  kind: 'event',
  action,
  containerId: 'abc',
  atMs,
  signal: more.signal ?? null,
  exitCode: more.exitCode ?? null,
});
const historyOf = (...events: readonly EngineEvent[]) => events.reduce(applyToHistory, noHistory);
const die = (atMs: number, exitCode = 1) => event('die', atMs, { exitCode });
const crash = (atMs: number, exitCode = 1, oomKilled = false) => ({ atMs, exitCode, oomKilled });

describe('crashes', () => {
  it.each([
    ['an unasked end', [die(10)], [crash(10)]],
    ['ends again and again, newest first', [die(10), event('start', 11), die(12, 2)], [crash(12, 2), crash(10)]],
    ['docker stop', [event('kill', 10, { signal: '15' }), die(11, 143), event('stop', 12)], []],
    ['docker stop with a kill behind it', [event('kill', 10, { signal: '15' }), event('kill', 11, { signal: '9' }), die(12, 137)], []],
    [
      'docker restart',
      [event('kill', 10, { signal: '15' }), die(11, 137), event('stop', 12), event('start', 13), event('restart', 14)],
      [],
    ],
    ['podman stop', [event('stop', 10), event('died', 11, { exitCode: 137 })], []],
    [
      'a stop signal that looks harmless, explained behind the end',
      [event('kill', 10, { signal: '28' }), die(11, 3), event('stop', 12)],
      [],
    ],
    ['finished', [die(10, 0)], []],
    ['Ctrl+C in its terminal', [die(10, 130)], []],
    ['the kernel kills, told before the end', [event('oom', 10), die(11, 137)], [crash(11, 137, true)]],
    ['the kernel kills, told behind the end', [die(11, 137), event('oom', 12)], [crash(11, 137, true)]],
    ['the kernel killed in the run before', [event('oom', 10), event('start', 11), die(12, 1)], [crash(12)]],
    ['the kernel killed one of its processes long before the end', [event('oom', 10), die(5_000, 1)], [crash(5_000)]],
  ])('%s', (_name, events, expected) => {
    expect(historyOf(...events).crashes).toEqual(expected);
  });

  it('keeps the newest ten', () => {
    const crashes = historyOf(...Array.from({ length: 15 }, (_, index) => die(index))).crashes;
    expect(crashes.map(({ atMs }) => atMs)).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5]);
  });
});

describe('events', () => {
  it('keeps the newest fifty with code and signal, oldest first', () => {
    const events = historyOf(...Array.from({ length: 60 }, (_, index) => event('kill', index, { signal: '15' })), die(60, 7)).events;
    expect(events).toHaveLength(50);
    expect(events[0]).toEqual({ atMs: 11, action: 'kill', exitCode: null, signal: '15' });
    expect(events.at(-1)).toEqual({ atMs: 60, action: 'die', exitCode: 7, signal: null });
  });
});

describe('recentCrashes', () => {
  const container = { finishedAtMs: 1_000_500, oomKilled: true } as EngineContainer;

  it('takes the word of inspect for the end it is about', () => {
    const history = historyOf(die(1_000_000, 137));
    expect(recentCrashes(history, container, 1_001_000)).toEqual([crash(1_000_000, 137, true)]);
    expect(recentCrashes(history, { ...container, finishedAtMs: 5 }, 1_001_000)).toEqual([crash(1_000_000, 137)]);
  });
  it('forgets after an hour', () => {
    const history = historyOf(die(0), die(2_000_000));
    expect(recentCrashes(history, { ...container, oomKilled: false }, 3_700_000)).toEqual([crash(2_000_000)]);
    expect(recentCrashes(history, { ...container, oomKilled: false }, 6_000_000)).toEqual([]);
  });
});

describe('across a break of the connection', () => {
  const crashed = historyOf(event('start', 10), die(20, 9));

  it('holds what was seen while nothing else has happened', () => {
    expect(acrossGap(crashed, { startedAtMs: 9, finishedAtMs: 19 })).toBe(crashed);
  });

  it.each([
    ['an end', { startedAtMs: 25, finishedAtMs: 30 }],
    ['a start', { startedAtMs: 25, finishedAtMs: 19 }],
  ])('keeps the crashes and knows nothing of %s that no event told of', (_what, now) => {
    const after = acrossGap(crashed, now);
    expect(after.crashes).toEqual([crash(20, 9)]);
    expect(after.intent).toEqual({ askedAtMs: null, stopRequested: null });
  });

  it('still knows that LogScope itself asked for the end that is to come', () => {
    const asked = { ...noHistory, intent: { askedAtMs: 50, stopRequested: null } };
    expect(acrossGap(asked, { startedAtMs: 9, finishedAtMs: null })).toBe(asked);
  });

  it('knows an event that is told again', () => {
    expect(isKnown(crashed, die(20, 9))).toBe(true);
    expect(isKnown(crashed, die(21, 9))).toBe(false);
    expect(isKnown(crashed, event('oom', 20))).toBe(false);
  });
});
