import { describe, expect, it } from 'vitest';
import { codePointBoundary, LineSplitter } from '../../../../src-main/platform/line-splitter';

function split(maxBytes: number, chunks: readonly (string | Buffer)[], flush = true): (readonly [string, number])[] {
  const lines: (readonly [string, number])[] = [];
  const splitter = new LineSplitter(maxBytes, (bytes, cutBytes) => lines.push([bytes.toString(), cutBytes]));
  for (const chunk of chunks) splitter.write(Buffer.from(chunk as string));
  if (flush) splitter.flush();
  return lines;
}

describe('LineSplitter', () => {
  it('splits at newlines whatever the chunks, without carriage returns', () => {
    expect(split(100, ['a\nb', 'c\r', '\n\n', 'rest'])).toEqual([
      ['a', 0],
      ['bc', 0],
      ['', 0],
      ['rest', 0],
    ]);
    expect(split(100, ['a\nrest'], false)).toEqual([['a', 0]]);
  });

  it('keeps what fits and counts the rest, without the carriage return', () => {
    expect(split(4, ['123456', '78\r\nnext\n'])).toEqual([
      ['1234', 4],
      ['next', 0],
    ]);
  });

  it('cuts at a code point, never in one', () => {
    expect(split(4, ['ab😀c\n'])).toEqual([['ab', 5]]);
    expect(split(6, ['ab😀c\n'])).toEqual([['ab😀', 1]]);
  });

  it('holds 64 KiB of a line of 1 GB', () => {
    let cut = 0;
    const splitter = new LineSplitter(65_536, (_, cutBytes) => {
      cut = cutBytes;
    });
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 1024; count += 1) splitter.write(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
    splitter.write(Buffer.from('\n'));
    expect(cut).toBe(1024 ** 3 - 65_536);
  });
});

describe('codePointBoundary', () => {
  it('leaves invalid bytes as they are', () => {
    expect(codePointBoundary(Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80]), 5)).toBe(5);
    expect(codePointBoundary(Buffer.from([0x61, 0xff]), 1)).toBe(1);
    expect(codePointBoundary(Buffer.from('é'), 1)).toBe(0);
    expect(codePointBoundary(Buffer.from('é'), 2)).toBe(2);
  });
});
