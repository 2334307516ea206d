import { expect, it } from 'vitest';
import { findLogError } from '../../../../../src-main/app/errors/find-log-error';
import { createLogFramer } from '../../../../../src-main/logs/frame';
import { createErrorSieve } from '../../../../../src-main/logs/sieve/error-sieve';
import { PossibleErrorFrames } from '../../../../../src-main/logs/sieve/possible-error-frames';
import { createChance, fillTemplate, floodTemplates } from '../../../../helpers/flood-lines';

const partBytes = 16 * 1024;

/** Frames as an engine sends them: long lines in parts, each with the stamp of the first. */
function framesOf(lines: readonly string[], below: (limit: number) => number): Buffer {
  const frames: Buffer[] = [];
  for (const [index, line] of lines.entries()) {
    const stamp = `2026-11-21T10:00:${String(Math.floor(index / 1_000)).padStart(2, '0')}.${String(index % 1_000).padStart(9, '0')}Z `;
    const stream = 1 + below(2);
    const bytes = Buffer.from(`${line}\n`);
    for (let at = 0; at < bytes.length; at += partBytes) {
      const content = Buffer.concat([Buffer.from(stamp), bytes.subarray(at, at + partBytes)]);
      const header = Buffer.alloc(8);
      header[0] = stream;
      header.writeUInt32BE(content.length, 4);
      frames.push(header, content);
    }
  }
  return Buffer.concat(frames);
}

function errorsOf(stream: Buffer, pieceBytes: () => number): readonly string[] {
  const sieve = createErrorSieve();
  if (sieve === null) throw new Error('there is no WebAssembly here');
  const found: string[] = [];
  const frames = new PossibleErrorFrames(sieve, ({ bytes, cutBytes, atMs }) => {
    const text = bytes.toString('utf8');
    if (findLogError(text) !== null) found.push(`${atMs} ${text.slice(0, 60)} ${bytes.length} ${cutBytes}`);
  });
  for (let at = 0; at < stream.length; ) {
    const piece = stream.subarray(at, at + pieceBytes());
    frames.write(piece);
    at += piece.length;
  }
  frames.flush();
  return found;
}

it('finds the errors of all frames, whatever the pieces they come in', () => {
  const below = createChance(5);
  const lines = Array.from({ length: 10_000 }, () => fillTemplate(floodTemplates[below(floodTemplates.length)] ?? '', below));
  // Lengths whose last byte looks like a newline, before an error and in one.
  for (let length = 0; length < 600; length += 1) lines.splice(length * 3, 0, 'x'.repeat(length), `failed ${'y'.repeat(length)}`);
  lines.splice(5_000, 0, `failed ${'z'.repeat(100_000)}`, `${'z'.repeat(40_000)}`, 'failed behind it');
  const stream = framesOf(lines, below);
  const expected: string[] = [];
  const framer = createLogFramer(false, ({ bytes, cutBytes, stamp }) => {
    const text = bytes.toString('utf8');
    const atMs = stamp === null ? null : stamp.seconds * 1_000 + stamp.nanoseconds / 1e6;
    if (findLogError(text) !== null) expected.push(`${atMs} ${text.slice(0, 60)} ${bytes.length} ${cutBytes}`);
  });
  framer.write(stream);
  framer.flush();
  expect(expected.length).toBeGreaterThan(1_000);
  for (const piece of [() => stream.length, () => 256 * 1024, () => 1 + below(5_000)]) expect(errorsOf(stream, piece)).toEqual(expected);
});

it('reads on behind a frame that is longer than its room', () => {
  const content = Buffer.from(`2026-11-21T10:00:00.000000000Z failed ${'y'.repeat(3_000_000)}\n`);
  const header = Buffer.alloc(8);
  header[0] = 1;
  header.writeUInt32BE(content.length, 4);
  const stream = Buffer.concat([
    framesOf(['failed before', 'well'], () => 0),
    header,
    content,
    framesOf(['failed behind', 'well'], () => 0),
  ]);
  for (const piece of [() => stream.length, () => 100_000]) {
    expect(errorsOf(stream, piece).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
      'failed before',
      `failed ${'y'.repeat(53)}`,
      'failed behind',
    ]);
  }
});

it('says of a stream that has no frames that it is broken', () => {
  const sieve = createErrorSieve();
  if (sieve === null) throw new Error('there is no WebAssembly here');
  const frames = new PossibleErrorFrames(sieve, () => undefined);
  frames.write(Buffer.from('this is no frame at all\n'));
  expect(frames.isBroken).toBe(true);
});
