import { describe, expect, it } from 'vitest';
import { PackedLines } from '../../../../../src-main/logs/pipeline/packed-lines';
import { JsonFileLines } from '../../../../../src-main/logs/tails/json-file-lines';
import type { KnownLine } from '../../../../../src-main/logs/tails/line-place';
import { StreamPlaces } from '../../../../../src-main/logs/tails/stream-places';

const second = '2026-11-21T03:34:51';
const seconds = Date.parse(`${second}Z`) / 1000;
const stamp = (nanoseconds: number) => ({ seconds, nanoseconds });

function read(records: string, known: KnownLine | null = null, chunkBytes = Number.POSITIVE_INFINITY, flushes = true) {
  const out = new PackedLines();
  const place = new StreamPlaces(() => Number.MAX_SAFE_INTEGER);
  const lines = new JsonFileLines(out, known, place);
  const bytes = Buffer.from(records, 'latin1');
  let from = 0;
  for (let to = Math.min(chunkBytes, bytes.length); from < bytes.length; to = Math.min(bytes.length, to + chunkBytes)) {
    const piece = bytes.subarray(from, to);
    from += lines.write(piece, piece.length);
    if (to === bytes.length) break;
  }
  if (flushes) lines.flush();
  const { bytes: all, ends, atMs, cutBytes } = out.take();
  const texts = [...ends].map((end, index) =>
    Buffer.from(all.subarray(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end)).toString('utf8'),
  );
  return { texts, atMs: [...atMs], cutBytes: [...cutBytes], lines, place, leftOver: bytes.length - from };
}

const readOpen = (records: string) => read(records, null, undefined, false);
const record = (log: string, fraction = '.561520378', stream = 'stdout') =>
  `{"log":"${log}","stream":"${stream}","time":"${second}${fraction}Z"}\n`;

describe('JsonFileLines', () => {
  it('gives the text and the stamp of each record, in whatever pieces it comes', () => {
    const records = record('first\\n') + record('\\n', '.5') + record('third\\r\\n', '', 'stderr');
    for (const chunkBytes of [1, 7, 64, 10_000]) {
      const { texts, atMs, place } = read(records, null, chunkBytes);
      expect(texts).toEqual(['first', '', 'third']);
      expect(atMs).toEqual([seconds * 1000 + 561.520378, seconds * 1000 + 500, seconds * 1000]);
      expect(place.write()).toBe(JSON.stringify({ stdout: { stamp: stamp(561520378), count: 1 }, stderr: { stamp: stamp(0), count: 1 } }));
    }
  });

  it('takes escapes away as the engine does', () => {
    const escapes = String.raw`\"quoted\" \\ \/ \t \u003ca\u0026b\u003e \uac00 \ud83d\ude00 \ud83d x\u001b[0m`;
    const { texts } = read(record(`${escapes}\\n`));
    expect(texts).toEqual(['"quoted" \\ / \t <a&b> 가 \u{1f600} \ufffd x\u001b[0m']);
  });

  it('tells a newline from a backslash before an n', () => {
    const { texts } = read(record('path C:\\\\n', '.1') + record('next\\n', '.2'));
    expect(texts).toEqual(['path C:\\n', 'next']);
  });

  it('keeps text beyond ASCII', () => {
    const utf8 = Buffer.from(record('결제 실패: é\\n'), 'utf8').toString('latin1');
    expect(read(utf8).texts).toEqual(['결제 실패: é']);
  });

  it('is not misled by a text that looks like the end of a record', () => {
    const text = String.raw`x\",\"stream\":\"stderr\",\"time\":\"2001-01-01T00:00:00Z\"}`;
    const { texts, atMs } = read(record(`${text}\\n`));
    expect(texts).toEqual(['x","stream":"stderr","time":"2001-01-01T00:00:00Z"}']);
    expect(atMs).toEqual([seconds * 1000 + 561.520378]);
  });

  it('puts parts of one stream together that carry one stamp, and no others', () => {
    const { texts } = read(
      record('one ', '.1') + record('err\\n', '.2', 'stderr') + record('line\\n', '.1') + record('cut off', '.3') + record('new\\n', '.4'),
    );
    expect(texts).toEqual(['err', 'one line', 'cut off', 'new']);
  });

  it('gives an unfinished line at the end of the log', () => {
    expect(read(record('no newline')).texts).toEqual(['no newline']);
  });

  it('keeps 64 KiB of a line and counts the rest', () => {
    const part = 'a'.repeat(16 * 1024);
    const { texts, cutBytes } = read(`${record(part).repeat(5)}${record('end\\n')}`);
    expect(texts.map((text) => text.length)).toEqual([64 * 1024]);
    expect(cutBytes).toEqual([16 * 1024 + 3]);
  });

  it('reads records with attributes or in another order', () => {
    const attributes = `{"log":"a\\n","stream":"stdout","attrs":{"tag":"x"},"time":"${second}.25Z"}\n`;
    const reordered = `{"time":"${second}.5+00:00","stream":"stderr","log":"b\\n"}\n`;
    const { texts, atMs } = read(attributes + reordered);
    expect(texts).toEqual(['a', 'b']);
    expect(atMs).toEqual([seconds * 1000 + 250, seconds * 1000 + 500]);
  });

  it('stops at what is no record', () => {
    for (const nonsense of ['\0\0\0\n', 'plain text\n', '{"log":"x"}\n', '{"log":"x\\n","stream":"stdout","time":"soon"}\n']) {
      const { texts, lines } = read(record('good\\n') + nonsense + record('later\\n'));
      expect(texts).toEqual(['good']);
      expect(lines.isBroken).toBe(true);
    }
  });

  it('leaves half a record for the next time', () => {
    const half = record('whole\\n').slice(0, 30);
    expect(read(record('whole\\n') + half)).toMatchObject({ texts: ['whole'], leftOver: 30 });
  });

  it('passes over what is known, up to the line and not by the clock', () => {
    const records = ['.1', '.2', '.3', '.3', '.3', '.2', '.4'].map((fraction, at) => record(`${at}\\n`, fraction)).join('');
    const { texts, lines, place } = read(records, { stream: 'stdout', stamp: stamp(300_000_000), count: 2 });
    expect(texts).toEqual(['4', '5', '6']);
    expect(lines.isBehindKnown).toBe(true);
    expect(place.last).toEqual({ stream: 'stdout', stamp: stamp(400_000_000), count: 1 });
  });

  it('tells since when it holds a part of a line, so that nobody begins behind it', () => {
    const { place } = readOpen(record('whole\\n', '.1') + record('a par', '.2') + record('err\\n', '.3', 'stderr'));
    expect(place.toldAgain()?.from).toEqual(stamp(100_000_000));
    expect(JSON.parse(place.write() ?? '')).toMatchObject({ held: stamp(200_000_000) });
  });

  it('gives nothing of a log without the known line', () => {
    const { texts, lines } = read(record('a\\n', '.1') + record('b\\n', '.2'), { stream: 'stdout', stamp: stamp(150_000_000), count: 1 });
    expect(texts).toEqual([]);
    expect(lines.isBehindKnown).toBe(false);
  });
});
