import { beforeEach, describe, expect, it } from 'vitest';
import { ContinuationDetector } from '../../../../../src-main/logs/fold/continuation';
import { LogPipeline } from '../../../../../src-main/logs/pipeline/log-pipeline';
import type { LogOrigin } from '../../../../../src-shared/logs/log-record';
import { createFakeTime } from '../../../../helpers/fake-time';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startedAtMs = Date.UTC(2026, 10, 21, 12);
const origin: LogOrigin = { key: 'container/abc', sourceKind: 'container', name: 'api', kind: 'event' };

function rig() {
  const time = createFakeTime(startedAtMs);
  const notes = new Map<string, string>();
  const open = () =>
    new LogPipeline({
      clock: time,
      offsetMinutes: () => 0,
      sink: {
        describe: () => undefined,
        append: () => ({ kind: 'kept', firstId: 1 }),
        note(key, text) {
          if (text === null) notes.delete(key);
          else notes.set(key, text);
        },
        notes: () => notes,
      },
      hash: () => 'abcdef',
      maskEmail: () => false,
      ownWords: () => null,
      isWanted: () => true,
      mayTakeByShape: () => false,
      continuation: () => new ContinuationDetector(),
    });
  return { time, open };
}

/** Lines as an engine of this machine stamps them; `aheadMs`: of one whose clock is ahead of ours. */
function say(pipeline: LogPipeline, atMs: number, texts: readonly string[], aheadMs = 0): void {
  const lines = texts.map((text) => ({ origin, bytes: Buffer.from(text), cutBytes: 0, atMs: atMs + aheadMs, stated: null }));
  pipeline.take({ reader: origin.key, position: null, lines });
  pipeline.flush(true);
}

function timeouts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, job) => `ERROR timeout of job ${job}`);
}

const kindsOf = (pipeline: LogPipeline) => pipeline.digest(-1).alarms.map(({ kind, text }) => [kind, text]);
const errorsOf = (pipeline: LogPipeline) => pipeline.digest(-1).newestErrors.map(({ text }) => text);

describe('LogPipeline, when somebody sets the clock', () => {
  let at = rig();
  beforeEach(() => {
    at = rig();
  });

  it('tells a pattern that begins after the clock was set back', async () => {
    const pipeline = at.open();
    await at.time.advance(minuteMs);
    at.time.setWall(-9 * hourMs);
    await at.time.advance(2 * minuteMs);
    say(pipeline, at.time.nowMs(), ['ERROR no database']);
    expect(kindsOf(pipeline)).toEqual([['new-pattern', 'ERROR no database']]);
  });

  it('does not take for new what is met in the first minutes when the clock is set forward in them', async () => {
    const pipeline = at.open();
    await at.time.advance(minuteMs);
    at.time.setWall(hourMs);
    say(pipeline, at.time.nowMs(), ['ERROR no database']);
    expect(kindsOf(pipeline)).toEqual([]);
  });

  it('knows the words of a pattern that was merged, also after the clock was set back', async () => {
    const pipeline = at.open();
    for (const name of ['apple', 'banana', 'cherry', 'damson', 'elder', 'fig', 'grape', 'hazel']) {
      say(pipeline, at.time.nowMs(), [`ERROR the recipe of ${name} pie cannot be found in the book`]);
    }
    await at.time.advance(3 * minuteMs);
    at.time.setWall(-9 * hourMs);
    say(pipeline, at.time.nowMs(), ['ERROR the recipe of quince pie cannot be found in the book']);
    expect([kindsOf(pipeline), pipeline.begunCount]).toEqual([[], 0]);
  });

  it('tells what began before the clock was set back neither for hours nor once more when its time comes by again', async () => {
    const pipeline = at.open();
    await at.time.advance(3 * minuteMs);
    say(pipeline, at.time.nowMs(), ['ERROR no database']);
    at.time.setWall(-9 * hourMs);
    await at.time.advance(16 * minuteMs);
    expect(kindsOf(pipeline)).toEqual([]);
    await at.time.advance(9 * hourMs - 15 * minuteMs);
    expect(kindsOf(pipeline)).toEqual([]);
  });

  it('nor does the next run', async () => {
    const first = at.open();
    await at.time.advance(3 * minuteMs);
    say(first, at.time.nowMs(), ['ERROR no database']);
    at.time.setWall(-hourMs);
    await at.time.advance(55 * minuteMs);
    const second = at.open();
    await at.time.advance(6 * minuteMs);
    say(second, at.time.nowMs(), ['ERROR no database']);
    expect(kindsOf(second)).toEqual([]);
  });

  it('tells a burst after the clock was set back, when enough minutes were counted anew', async () => {
    const pipeline = at.open();
    say(pipeline, at.time.nowMs(), timeouts(1));
    pipeline.digest(-1);
    at.time.setWall(-9 * hourMs);
    for (let minute = 0; minute < 10; minute += 1) {
      say(pipeline, at.time.nowMs(), timeouts(1));
      expect(kindsOf(pipeline)).toEqual([]);
      await at.time.advance(minuteMs);
    }
    say(pipeline, at.time.nowMs(), timeouts(40));
    expect(kindsOf(pipeline)).toEqual([['burst', 'ERROR timeout of job 39']]);
    expect(pipeline.digest(-1).origins).toMatchObject([{ errorsPerMinute: [...Array(19).fill(0), ...Array(10).fill(1), 40] }]);
  });

  it.each([
    ['forward', hourMs],
    ['back', -hourMs],
  ])('takes nothing that comes as ever for a burst when the clock is set %s', async (_, stepMs) => {
    const pipeline = at.open();
    const told = new Set<string>();
    for (let minute = 0; minute < 40; minute += 1) {
      if (minute === 20) at.time.setWall(stepMs);
      say(pipeline, at.time.nowMs(), timeouts(30));
      for (const [kind = ''] of kindsOf(pipeline)) told.add(`${kind} in minute ${minute}`);
      await at.time.advance(minuteMs);
    }
    expect([...told]).toEqual([]);
  });

  it('shows the errors that come after the clock was set back, before those that came earlier', async () => {
    const pipeline = at.open();
    say(pipeline, at.time.nowMs(), ['ERROR cannot reach 10.0.0.1:5432']);
    await at.time.advance(1_000);
    say(pipeline, at.time.nowMs(), ['ERROR disk is slow']);
    at.time.setWall(-9 * hourMs);
    await at.time.advance(minuteMs);
    say(pipeline, at.time.nowMs(), ['ERROR no database']);
    await at.time.advance(minuteMs);
    say(pipeline, at.time.nowMs(), ['ERROR cannot reach 10.0.0.2:5432']);
    expect(errorsOf(pipeline)).toEqual(['ERROR cannot reach 10.0.0.2:5432', 'ERROR no database', 'ERROR disk is slow']);
  });

  it('places errors of a clock that is ahead by their arrival', async () => {
    const pipeline = at.open();
    say(pipeline, at.time.nowMs(), ['ERROR one']);
    await at.time.advance(1_000);
    say(pipeline, at.time.nowMs(), ['ERROR two, of a clock ahead'], 2 * hourMs);
    await at.time.advance(1_000);
    say(pipeline, at.time.nowMs(), ['ERROR three, at last']);
    expect(errorsOf(pipeline)).toEqual(['ERROR three, at last', 'ERROR two, of a clock ahead', 'ERROR one']);
  });

  it('keeps the newest line of a pattern when an old log brings an earlier one', async () => {
    const pipeline = at.open();
    say(pipeline, at.time.nowMs(), ['ERROR cannot reach 10.0.0.1:5432']);
    await at.time.advance(1_000);
    say(pipeline, at.time.nowMs(), ['ERROR cannot reach 10.0.0.2:5432'], -hourMs);
    expect(errorsOf(pipeline)).toEqual(['ERROR cannot reach 10.0.0.1:5432']);
  });

  it('tells when a pattern was last seen by the clock that goes now', async () => {
    const pipeline = at.open();
    say(pipeline, at.time.nowMs(), ['ERROR no database']);
    at.time.setWall(-9 * hourMs);
    await at.time.advance(minuteMs);
    say(pipeline, at.time.nowMs(), ['ERROR no database']);
    expect(pipeline.listPatterns(10).patterns.map(({ lastSeenAtMs }) => lastSeenAtMs)).toEqual([startedAtMs - 9 * hourMs + minuteMs]);
  });
});
