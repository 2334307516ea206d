import { describe, expect, test } from 'vitest';
import { createByteReader, createByteWriter } from '../../../../../src-main/store/logs/byte-stream';
import { DamagedSegment } from '../../../../../src-main/store/logs/damaged-segment';
import { originFromKey, parseOrigin } from '../../../../../src-main/store/logs/parse-origin';
import { createWordsBuilder, encodeBatch, readBatches } from '../../../../../src-main/store/logs/raw-batch';
import { parseIndex, parseTail } from '../../../../../src-main/store/logs/sealed-format';
import { archiveNameOf, parseFileName, recordId, segmentOfId } from '../../../../../src-main/store/logs/segment';
import type { LogOrigin } from '../../../../../src-shared/logs/log-record';
import { createRandom, randomRecord } from '../../../../helpers/log-store-samples';

describe('numbers and texts', () => {
  const numbers = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 1_760_000_000_000, Number.MAX_SAFE_INTEGER];

  test('come back as they were', () => {
    const writer = createByteWriter();
    for (const number of numbers) writer.number(number);
    for (const number of numbers.map((one) => -Math.floor(one / 2))) writer.signed(number);
    writer.text('로그 😀');
    const reader = createByteReader(writer.bytes());
    for (const number of numbers) expect(reader.number()).toBe(number);
    for (const number of numbers.map((one) => -Math.floor(one / 2))) expect(reader.signed()).toBe(number === 0 ? 0 : number);
    expect(reader.text()).toBe('로그 😀');
    expect(reader.atEnd).toBe(true);
  });

  test('that end too early are damage', () => {
    expect(() => createByteReader(Buffer.from([0x80])).number()).toThrow(DamagedSegment);
    expect(() => createByteReader(Buffer.from([5, 65])).text()).toThrow(DamagedSegment);
    expect(() => createByteReader(Buffer.alloc(12, 0xff)).number()).toThrow(DamagedSegment);
  });
});

describe('appends', () => {
  function encoded(): { readonly marks: Buffer; readonly ends: readonly number[]; readonly counts: readonly number[] } {
    const random = createRandom(4);
    const builder = createWordsBuilder(originFromKey);
    const parts: Buffer[] = [];
    const counts = [3, 1, 40, 200];
    const ends = counts.map((count) => {
      parts.push(
        encodeBatch(
          Array.from({ length: count }, () => randomRecord(random, 1_760_000_000_000)),
          builder,
        ).marks,
      );
      return Buffer.concat(parts).length;
    });
    return { marks: Buffer.concat(parts), ends, counts };
  }

  function wholeBatches(marks: Buffer): { readonly counts: readonly number[]; readonly damaged: boolean } {
    const counts: number[] = [];
    try {
      for (const batch of readBatches(marks, { origins: [], patterns: [] })) counts.push(batch.columns.count);
      return { counts, damaged: false };
    } catch (error) {
      if (!(error instanceof DamagedSegment)) throw error;
      return { counts, damaged: true };
    }
  }

  test('are read up to any cut, and only whole ones', () => {
    const { marks, ends, counts } = encoded();
    for (let length = 0; length <= marks.length; length += 1) {
      const wholeCount = ends.filter((end) => end <= length).length;
      expect(wholeBatches(marks.subarray(0, length))).toEqual({
        counts: counts.slice(0, wholeCount),
        damaged: length !== 0 && !ends.includes(length),
      });
    }
  });

  test('with a flipped bit are not taken for whole, wherever it is', () => {
    const { marks, ends, counts } = encoded();
    for (let at = 0; at < marks.length; at += 1) {
      const flipped = Buffer.from(marks);
      flipped[at] = (flipped[at] ?? 0) ^ 4;
      const place = at % (ends.at(-1) ?? 0);
      const before = ends.filter((end) => end <= place).length;
      const inHead = place - (ends[before - 1] ?? 0);
      // Length and checksum of the text are judged with the text.
      if (inHead >= 8 && inHead < 16) continue;
      expect(wholeBatches(flipped)).toEqual({ counts: counts.slice(0, before), damaged: true });
    }
  });

  test('that were not kept leave no names behind', () => {
    const builder = createWordsBuilder(originFromKey);
    const random = createRandom(4);
    encodeBatch([{ ...randomRecord(random, 0), origin: 'run/a', pattern: 'p1' }], builder);
    builder.cutBackTo(0, 0);
    const { marks } = encodeBatch([{ ...randomRecord(random, 0), origin: 'run/b', pattern: 'p1' }], builder);
    const words: { origins: LogOrigin[]; patterns: string[] } = { origins: [], patterns: [] };
    expect([...readBatches(marks, words)]).toHaveLength(1);
    expect(words).toEqual({ origins: [{ key: 'run/b', sourceKind: 'run', name: 'b', kind: 'event' }], patterns: ['p1'] });
  });
});

describe('names', () => {
  test('ids rise with segment and place, and are safe', () => {
    expect(recordId(1, 0)).toBeGreaterThan(recordId(0, 2 ** 24 - 1));
    expect(segmentOfId(recordId(77, 12_345))).toBe(77);
    expect(Number.isSafeInteger(recordId(99_999_999, 0))).toBe(true);
  });

  test('of files tell what they are', () => {
    expect(parseFileName(archiveNameOf({ number: 12, lastStoredAtMs: Date.UTC(2026, 10, 21) }))).toEqual({ number: 12, ending: 'lsa' });
    expect(parseFileName('00000007.sealing')).toEqual({ number: 7, ending: 'sealing' });
    for (const name of ['index.db', 'index.db-wal', '7.text', '00000007.text.bak', 'archive']) expect(parseFileName(name)).toBeNull();
  });

  test('of sources are taken only whole', () => {
    expect(originFromKey('file//var/log/syslog')).toEqual({
      key: 'file//var/log/syslog',
      sourceKind: 'file',
      name: '/var/log/syslog',
      kind: 'event',
    });
    for (const json of ['', '{}', '[]', 'null', '{"key":"a","name":"a","kind":"other","sourceKind":"file"}'])
      expect(() => parseOrigin(json)).toThrow(DamagedSegment);
  });

  test('what is no sealed segment is damage, never another error', () => {
    for (const json of ['', 'null', '3', '{}', '{"version":2}', '{"version":1,"number":1}'])
      expect(() => parseIndex(json)).toThrow(DamagedSegment);
    expect(() => parseTail(Buffer.alloc(24), 100)).toThrow(DamagedSegment);
    expect(() => parseTail(Buffer.alloc(3), 3)).toThrow(DamagedSegment);
  });
});
