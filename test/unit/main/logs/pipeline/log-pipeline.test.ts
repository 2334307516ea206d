import { beforeEach, describe, expect, it } from 'vitest';
import { createClassifier } from '../../../../../src-main/logs/classify';
import { ContinuationDetector } from '../../../../../src-main/logs/fold/continuation';
import { LogPipeline } from '../../../../../src-main/logs/pipeline/log-pipeline';
import type { RawLine } from '../../../../../src-main/logs/pipeline/raw-batch';
import type { LogAppend } from '../../../../../src-main/store/logs/log-store';
import type { LogOrigin } from '../../../../../src-shared/logs/log-record';

const startedAtMs = Date.UTC(2026, 10, 21, 12);
const api: LogOrigin = { key: 'container/abc', sourceKind: 'container', name: 'api', kind: 'event' };
const access: LogOrigin = { key: 'file//var/log/nginx/access.log', sourceKind: 'file', name: '/var/log/nginx/access.log', kind: 'access' };

function rig() {
  const kept: LogAppend[] = [];
  const notes = new Map<string, string>();
  let nowMs = startedAtMs;
  let outcome: 'kept' | 'full' | 'lost' = 'kept';
  let nextId = 1;
  const open = () =>
    new LogPipeline({
      clock: { nowMs: () => nowMs, monotonicMs: () => nowMs },
      offsetMinutes: () => 0,
      sink: {
        describe: () => undefined,
        append(batch) {
          if (outcome !== 'kept') return { kind: outcome, detail: 'no room' };
          kept.push(batch);
          const firstId = nextId;
          nextId += batch.records.length;
          return { kind: 'kept', firstId };
        },
        note(key, text) {
          if (text === null) notes.delete(key);
          else notes.set(key, text);
        },
        notes: () => notes,
      },
      hash: () => 'abcdef',
      maskEmail: () => false,
      ownWords: createClassifier(['marmot']),
      isWanted: (_origin, text) => !text.includes('healthz'),
      mayTakeByShape: () => false,
      continuation: () => new ContinuationDetector(),
    });
  return {
    kept,
    open,
    records: () => kept.flatMap(({ records }) => records),
    positions: () => kept.flatMap(({ positions }) => positions),
    pass: (ms: number) => {
      nowMs += ms;
    },
    now: () => nowMs,
    become: (next: typeof outcome) => {
      outcome = next;
    },
  };
}

function lines(texts: readonly string[], origin = api, atMs: number | null = null): readonly RawLine[] {
  return texts.map((text) => ({ origin, bytes: Buffer.from(text), cutBytes: 0, atMs, stated: null }));
}

describe('LogPipeline', () => {
  let at = rig();
  beforeEach(() => {
    at = rig();
  });

  it('keeps every line with its level, its pattern and the place behind it, in one go', () => {
    const pipeline = at.open();
    pipeline.take({ reader: 'container/abc', position: '7', lines: lines(['INFO up', 'ERROR no database', '0 errors']) });
    pipeline.flush(true);
    expect(at.records().map(({ text, level, origin }) => [text, level, origin])).toEqual([
      ['INFO up', 'info', 'container/abc'],
      ['ERROR no database', 'error', 'container/abc'],
      ['0 errors', null, 'container/abc'],
    ]);
    expect(at.positions()).toEqual([['container/abc', '7']]);
    expect(pipeline.digest(-1)).toMatchObject({
      newestErrors: [{ text: 'ERROR no database', keyword: 'ERROR', repeatCount: 1, recordId: 2, sourceId: 'abc', source: 'api' }],
      origins: [{ key: 'container/abc', lineCount: 3, matchedCount: 1 }],
    });
  });

  it('makes one entry of a stack trace, also when it comes in two pieces, and moves the place on only with the whole', () => {
    const pipeline = at.open();
    pipeline.take({ reader: 'r', position: '1', lines: lines(['INFO up', 'TypeError: x is not a function']) });
    pipeline.flush();
    expect(at.kept).toEqual([]);
    pipeline.take({ reader: 'r', position: '2', lines: lines(['    at run (/app/a.js:1:2)', 'INFO next']) });
    pipeline.flush(true);
    expect(at.records().map(({ text }) => text)).toEqual([
      'INFO up',
      'TypeError: x is not a function\n    at run (/app/a.js:1:2)',
      'INFO next',
    ]);
    expect(at.positions()).toEqual([['r', '2']]);
  });

  it('does not wait longer than moments for more of an entry, however fast others of its kind follow', () => {
    const pipeline = at.open();
    for (let index = 0; index < 5; index += 1) {
      pipeline.take({ reader: 'r', position: `${index}`, lines: lines([`error ${index}`]) });
      pipeline.flush();
      at.pass(60);
    }
    expect(at.records().length).toBeGreaterThan(0);
    at.pass(100);
    pipeline.flush();
    expect(at.records().map(({ text }) => text)).toEqual(['error 0', 'error 1', 'error 2', 'error 3', 'error 4']);
  });

  it('masks secrets before anything is kept, grouped or shown', () => {
    const pipeline = at.open();
    const secret = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';
    pipeline.take({ reader: 'r', position: '1', lines: lines([`ERROR push with ${secret} refused`]) });
    pipeline.flush(true);
    const told = JSON.stringify([at.records(), pipeline.digest(-1), pipeline.listPatterns(10)]);
    expect(told).not.toContain(secret);
    expect(at.records()[0]).toMatchObject({ maskedCount: 1 });
    expect(pipeline.digest(-1).maskedCount).toBe(1);
  });

  it('masks a private key to its end, also when LogScope is started again in the middle of it, or begins to read there', () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
    const first = at.open();
    first.take({ reader: 'r', position: '1', lines: lines(['-----BEGIN PRIVATE KEY-----', body]) });
    first.flush(true);
    const second = at.open();
    second.take({ reader: 'r', position: '2', lines: lines([body, 'c3Vycm9nYXRl', '-----END PRIVATE KEY-----', 'INFO up']) });
    second.flush(true);
    const third = at.open();
    third.take({ reader: 'r', position: '3', lines: lines(['c3Vycm9nYXRl is a word here', body]) });
    third.flush(true);
    const met = at.open();
    met.take({ reader: 'm', position: '1', lines: lines([body, '-----END PRIVATE KEY-----'], { ...api, key: 'container/met' }) });
    met.flush(true);
    const texts = at.records().map(({ text }) => text);
    expect(texts.filter((text) => text.includes(body))).toEqual([body]);
    expect(texts.filter((text) => text.includes('c3Vycm9nYXRl'))).toEqual(['c3Vycm9nYXRl is a word here']);
    expect(texts).toContain('INFO up');
  });

  it('knows a private key whose first line a rule leaves out', () => {
    const pipeline = at.open();
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
    pipeline.take({ reader: 'r', position: '1', lines: lines(['up', 'healthz -----BEGIN PRIVATE KEY-----', body]) });
    pipeline.flush(true);
    expect(JSON.stringify(at.records())).not.toContain(body);
  });

  it('counts what is left out by a rule, and repeats of another source, without keeping them', () => {
    const pipeline = at.open();
    const [copy] = lines(['a copy']);
    if (copy === undefined) throw new Error('no line');
    pipeline.take({ reader: 'r', position: '1', lines: [...lines(['GET /healthz', 'kept']), { ...copy, isCopy: true }] });
    pipeline.flush(true);
    expect(at.records().map(({ text }) => text)).toEqual(['kept']);
    expect(pipeline.digest(-1).origins).toMatchObject([{ lineCount: 3, leftOutCount: 1 }]);
  });

  it('judges no requests and gives them no pattern', () => {
    const pipeline = at.open();
    pipeline.take({ reader: 'r', position: '1', lines: lines(['1.2.3.4 - - [x] "GET /error HTTP/1.1" 500 0'], access) });
    pipeline.flush(true);
    expect(at.records()).toMatchObject([{ level: null, pattern: null }]);
    expect(pipeline.digest(-1).newestErrors).toEqual([]);
  });

  it('knows the words of the person', () => {
    const pipeline = at.open();
    pipeline.take({ reader: 'r', position: '1', lines: lines(['a marmot was seen']) });
    pipeline.flush(true);
    expect(pipeline.digest(-1).newestErrors).toMatchObject([{ keyword: 'marmot', level: 'error' }]);
  });

  it('folds what repeats, and tells a pattern that begins while it is watched', () => {
    const pipeline = at.open();
    pipeline.take({ reader: 'r', position: '1', lines: lines(['ERROR cache is cold']) });
    at.pass(121_000);
    pipeline.take({ reader: 'r', position: '2', lines: lines(['ERROR cannot reach 10.0.0.1:5432', 'ERROR cannot reach 10.0.0.2:5432']) });
    pipeline.flush(true);
    const { newestErrors, alarms } = pipeline.digest(-1);
    expect(newestErrors.map(({ text, repeatCount, isNew }) => [text, repeatCount, isNew])).toEqual([
      ['ERROR cannot reach 10.0.0.2:5432', 2, true],
      ['ERROR cache is cold', 1, false],
    ]);
    expect(alarms).toMatchObject([{ kind: 'new-pattern', source: 'api', origin: 'container/abc', perMinute: 2 }]);
    at.pass(15 * 60_000);
    expect(pipeline.digest(-1).alarms).toEqual([]);
  });

  it('knows after a restart what is old, and says nothing of what a person muted', () => {
    const first = at.open();
    at.pass(121_000);
    first.take({ reader: 'r', position: '1', lines: lines(['ERROR cannot reach 10.0.0.1:5432', 'ERROR disk is slow']) });
    first.flush(true);
    const muted = first.listPatterns(10).patterns.find(({ example }) => example.includes('disk'));
    expect(first.markPattern(muted?.id ?? '', 'muted')).toBe(true);
    first.flush(true);
    at.pass(60 * 60_000);
    const second = at.open();
    at.pass(121_000);
    second.take({ reader: 'r', position: '2', lines: lines(['ERROR cannot reach 10.0.0.9:5432', 'ERROR disk is slow']) });
    second.flush(true);
    const { newestErrors, alarms } = second.digest(-1);
    expect(alarms).toEqual([]);
    expect(newestErrors.map(({ text, isNew }) => [text, isNew])).toEqual([['ERROR cannot reach 10.0.0.9:5432', false]]);
    expect(second.listPatterns(10).patterns.map(({ count }) => count)).toEqual([2, 2]);
  });

  it('tells a burst of what is usually rare', () => {
    const pipeline = at.open();
    for (let minute = 0; minute < 10; minute += 1) {
      pipeline.take({ reader: 'r', position: `${minute}`, lines: lines(['ERROR timeout of job 7']) });
      at.pass(60_000);
    }
    expect(pipeline.digest(-1).alarms).toEqual([]);
    pipeline.take({ reader: 'r', position: 'b', lines: lines(Array.from({ length: 40 }, (_, job) => `ERROR timeout of job ${job}`)) });
    pipeline.flush(true);
    expect(pipeline.digest(-1).alarms).toMatchObject([{ kind: 'burst', perMinute: 40 }]);
  });

  it('holds everything back while the disk is full, goes on telling errors, and stores it all in order afterwards', () => {
    const pipeline = at.open();
    at.become('full');
    pipeline.take({ reader: 'r', position: '1', lines: lines(['ERROR one']) });
    pipeline.flush(true);
    expect(pipeline.stalledBy).toBe('no room');
    expect(pipeline.digest(-1)).toMatchObject({ stalled: 'no room', waitingLineCount: 1, newestErrors: [{ text: 'ERROR one' }] });
    pipeline.take({ reader: 'r', position: '2', lines: lines(['two']) });
    at.become('kept');
    pipeline.flush(true);
    expect(pipeline.stalledBy).toBeNull();
    expect(at.records().map(({ text }) => text)).toEqual(['ERROR one', 'two']);
    expect(at.positions()).toEqual([['r', '2']]);
  });

  it('counts what could not be kept at all', () => {
    const pipeline = at.open();
    at.become('lost');
    pipeline.take({ reader: 'r', position: '1', lines: lines(['one', 'two']) });
    pipeline.flush(true);
    expect(pipeline.digest(-1)).toMatchObject({ droppedCount: 2, stalled: null, waitingLineCount: 0 });
  });

  it('takes the time of the source before that of the line, and neither when it is out of this world', () => {
    const pipeline = at.open();
    const stamped = '2026-11-21T11:00:00Z INFO up';
    pipeline.take({ reader: 'a', position: '1', lines: lines([stamped]) });
    pipeline.take({ reader: 'b', position: '1', lines: lines([stamped], { ...api, key: 'container/def' }, startedAtMs - 5_000) });
    pipeline.take({ reader: 'c', position: '1', lines: lines(['2031-01-01T00:00:00Z INFO up'], { ...api, key: 'container/ghi' }) });
    pipeline.flush(true);
    expect(at.records().map(({ atMs }) => atMs)).toEqual([startedAtMs - 3_600_000, startedAtMs - 5_000, startedAtMs]);
  });

  it('keeps the past without news: no alarm, no newest error, not joined with live lines, at the times it can tell', () => {
    const pipeline = at.open();
    at.pass(121_000);
    const past = { writtenByMs: at.now() - 1_000, notBeforeMs: startedAtMs - 3_600_000 };
    const stamped = '2026-11-21T11:30:00Z ERROR no disk';
    pipeline.take({ reader: 'live', position: '1', lines: lines(['Error: live']) });
    pipeline.take({
      reader: 'past/1',
      position: '1',
      past,
      lines: lines(['ERROR at no known time', '2026-11-20T11:30:00Z too old', stamped, '    at run (/app/a.js:1:2)', 'behind it']),
    });
    pipeline.take({ reader: 'live', position: '2', lines: lines(['    at live (/app/a.js:1:2)']) });
    pipeline.flush(true);
    const kept = new Map(at.records().map(({ text, atMs }) => [text, atMs]));
    expect(kept).toEqual(
      new Map([
        ['Error: live\n    at live (/app/a.js:1:2)', at.now()],
        ['ERROR at no known time', past.writtenByMs],
        [`${stamped}\n    at run (/app/a.js:1:2)`, startedAtMs - 1_800_000],
        ['behind it', startedAtMs - 1_800_000],
      ]),
    );
    const { newestErrors, alarms } = pipeline.digest(-1);
    expect(newestErrors.map(({ text }) => text)).toEqual(['Error: live\n    at live (/app/a.js:1:2)']);
    expect(alarms.map(({ text }) => text)).toEqual(['Error: live']);
  });

  it('takes back that a pattern is new when the past shows it', () => {
    const pipeline = at.open();
    at.pass(121_000);
    pipeline.take({ reader: 'r', position: '1', lines: lines(['ERROR no database']) });
    pipeline.flush(true);
    expect(pipeline.digest(-1).alarms).toHaveLength(1);
    const past = { writtenByMs: at.now() - 1_000, notBeforeMs: 0 };
    pipeline.take({ reader: 'past/1', position: '1', past, lines: lines(['ERROR no database']) });
    pipeline.flush(true);
    expect(pipeline.digest(-1).alarms).toEqual([]);
  });
});
