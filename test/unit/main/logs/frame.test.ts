import { describe, expect, it } from 'vitest';
import { createLogFramer, type LogLine, maxLineBytes } from '../../../../src-main/logs/frame';

const first = '2026-11-21T03:34:51.561520378Z';
const second = '2026-11-21T03:34:52.000000001Z';

function frame(stream: 1 | 2, payload: string | Buffer): Buffer {
  const body = Buffer.from(payload as string);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

/** Deterministic random numbers, so that a failing cut can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function read(tty: boolean, bytes: Buffer, options: { readonly seed?: number; readonly flush?: boolean } = {}) {
  const lines: LogLine[] = [];
  const framer = createLogFramer(tty, (line) => lines.push(line));
  const next = random(options.seed ?? 1);
  for (let at = 0; at < bytes.length; ) {
    const end = options.seed === undefined ? bytes.length : at + 1 + Math.floor(next() * 40);
    framer.write(Buffer.from(bytes.subarray(at, end)));
    at = end;
  }
  if (options.flush !== false) framer.flush();
  return {
    framer,
    lines: lines.map(({ stream, stamp, bytes: text, cutBytes }) => ({
      stream,
      nano: stamp?.nanoseconds ?? null,
      text: text.toString(),
      cutBytes,
    })),
  };
}

describe('frames', () => {
  it('gives each stream its own lines', () => {
    const bytes = Buffer.concat([frame(1, `${first} out\n`), frame(2, `${second} err\r\n`), frame(1, `${second} \n`)]);
    expect(read(false, bytes).lines).toEqual([
      { stream: 'stdout', nano: 561_520_378, text: 'out', cutBytes: 0 },
      { stream: 'stderr', nano: 1, text: 'err', cutBytes: 0 },
      { stream: 'stdout', nano: 1, text: '', cutBytes: 0 },
    ]);
  });

  it('joins parts with one stamp, also when the other stream comes between them', () => {
    const bytes = Buffer.concat([frame(1, `${first} ${'a'.repeat(16_384)}`), frame(2, `${second} err\n`), frame(1, `${first} b\n`)]);
    expect(read(false, bytes).lines.map(({ text }) => text)).toEqual(['err', `${'a'.repeat(16_384)}b`]);
  });

  it('does not join an unfinished line with the next one', () => {
    const bytes = Buffer.concat([frame(1, `${first} unfinished`), frame(1, `${second} next\n`)]);
    expect(read(false, bytes).lines.map(({ text, nano }) => [text, nano])).toEqual([
      ['unfinished', 561_520_378],
      ['next', 1],
    ]);
  });

  it('keeps the cap, counts the rest and goes on behind it', () => {
    const parts = Array.from({ length: 10 }, () => frame(1, `${first} ${'x'.repeat(16_384)}`));
    const bytes = Buffer.concat([...parts, frame(1, `${first} \n`), frame(1, `${second} next\n`)]);
    const { lines } = read(false, bytes, { seed: 7 });
    expect(lines.map(({ text, cutBytes }) => [text.length, cutBytes])).toEqual([
      [maxLineBytes, 10 * 16_384 - maxLineBytes],
      [4, 0],
    ]);
  });

  it('reads a line without a stamp, and several lines in one frame', () => {
    expect(read(false, frame(1, `bare line\n${first} stamped\nx\n`)).lines.map(({ text, nano }) => [text, nano])).toEqual([
      ['bare line', null],
      ['stamped', 561_520_378],
      ['x', null],
    ]);
  });

  it('notices a stream that has no frames', () => {
    const { framer, lines } = read(false, Buffer.from('this is no frame at all\n'));
    expect(framer.isBroken).toBe(true);
    expect(lines).toEqual([]);
  });

  it('gives the same lines whatever the chunks', () => {
    const bytes = Buffer.concat([
      frame(1, `${first} Grüße 오류 😀\r\n`),
      frame(2, Buffer.concat([Buffer.from(`${first} `), Buffer.from([0xff, 0xfe, 0, 1, 10])])),
      frame(1, `${second} ${'y'.repeat(16_384)}`),
      frame(1, `${second} z\n`),
      frame(1, `${second} unfinished`),
    ]);
    const whole = read(false, bytes).lines;
    expect(whole.map(({ text }) => text.length)).toEqual([11, 4, 16_385, 10]);
    for (let seed = 1; seed <= 300; seed += 1) expect(read(false, bytes, { seed }).lines).toEqual(whole);
  });
});

describe('raw output of a TTY', () => {
  it('takes the stamps out, also those in the middle of a long line', () => {
    const part = 'a'.repeat(16_384);
    const text = `${first} ${part}${first} ${part}${first} end\r\n${second} next\r\n`;
    const whole = read(true, Buffer.from(text)).lines;
    expect(whole.map((line) => [line.text, line.nano])).toEqual([
      [`${part}${part}end`, 561_520_378],
      ['next', 1],
    ]);
    for (let seed = 1; seed <= 50; seed += 1) expect(read(true, Buffer.from(text), { seed }).lines).toEqual(whole);
  });

  it('leaves a stamp that the program itself wrote', () => {
    const text = `${first} ${second} said the program\r\n`;
    expect(read(true, Buffer.from(text)).lines.map((line) => line.text)).toEqual([`${second} said the program`]);
  });

  it('gives an unfinished line only at the end', () => {
    const bytes = Buffer.from(`${first} half`);
    expect(read(true, bytes, { flush: false }).lines).toEqual([]);
    expect(read(true, bytes).lines.map((line) => line.text)).toEqual(['half']);
  });

  it('gives whole frames as they stand in the chunk, and the same lines in the same order as without', () => {
    const parts = [
      frame(1, `${first} plain\n`),
      frame(2, `${first} other stream\r\n`),
      frame(1, `${first} held `),
      frame(2, `${first} between\n`),
      frame(1, `${first} and ended\n`),
      frame(1, `${second} two\n${second} in one\n`),
      frame(1, `2026-11-21T03:34:51.5+09:00 another zone\n`),
      frame(1, 'no stamp\n'),
      frame(1, `${second} \n`),
      frame(2, `${second} unfinished`),
    ];
    const bytes = Buffer.concat(parts);
    const slow: string[] = [];
    const plain = createLogFramer(false, (line) =>
      slow.push(`${line.stream} ${JSON.stringify(line.stamp)} ${line.bytes} ${line.cutBytes}`),
    );
    plain.write(bytes);
    plain.flush();
    let wholeCount = 0;
    for (const chunkBytes of [1, 5, 40, 100, 10_000]) {
      const fast: string[] = [];
      const framer = createLogFramer(
        false,
        (line) => fast.push(`${line.stream} ${JSON.stringify(line.stamp)} ${line.bytes} ${line.cutBytes}`),
        (stream, chunk, start, end, stamp) => {
          wholeCount += 1;
          fast.push(`${stream} ${JSON.stringify(stamp)} ${chunk.toString('utf8', start, end)} 0`);
        },
      );
      for (let at = 0; at < bytes.length; at += chunkBytes) framer.write(bytes.subarray(at, at + chunkBytes));
      framer.flush();
      expect(fast).toEqual(slow);
    }
    expect(wholeCount).toBeGreaterThan(4);
  });
});
