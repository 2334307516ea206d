import { expect, it } from 'vitest';
import { findLogError } from '../../../../../src-main/app/errors/find-log-error';
import { createErrorSieve } from '../../../../../src-main/logs/sieve/error-sieve';
import type { PossibleError } from '../../../../../src-main/logs/sieve/possible-error';
import { PossibleErrors } from '../../../../../src-main/logs/sieve/possible-errors';
import { createChance, fillTemplate, floodTemplates } from '../../../../helpers/flood-lines';

/** What is an error, by number, beginning and cut bytes. */
function errorsOf(log: Buffer, sieve: ReturnType<typeof createErrorSieve>, pieceBytes: () => number): readonly string[] {
  const found: string[] = [];
  const take = ({ lineNumber, bytes, cutBytes }: PossibleError) => {
    const text = bytes.toString('utf8');
    if (findLogError(text) !== null) found.push(`${lineNumber} ${text.slice(0, 80)} ${bytes.length} ${cutBytes}`);
  };
  const lines = new PossibleErrors(sieve, take);
  for (let at = 0; at < log.length; ) {
    const piece = log.subarray(at, at + pieceBytes());
    lines.write(piece);
    at += piece.length;
  }
  lines.flush();
  return found;
}

it('finds the same errors with and without the sieve, whatever the pieces', () => {
  const below = createChance(3);
  const lines = Array.from({ length: 20_000 }, () => fillTemplate(floodTemplates[below(floodTemplates.length)] ?? '', below));
  lines.splice(50, 0, `ERROR ${'x'.repeat(70_000)}`, 'ERROR with a carriage return\r', '');
  // Longer than the room, and than a piece of it.
  lines.splice(9_000, 0, `failed ${'y'.repeat(3_000_000)}`, 'and all is well', `${'é'.repeat(600_000)} failed`, 'failed behind it');
  const log = Buffer.from(`${lines.join('\n')}\nfailed at the very end`);
  const expected = errorsOf(log, null, () => log.length);
  const found = [() => log.length, () => 64 * 1024, () => 1 + below(300_000)].map((piece) => errorsOf(log, createErrorSieve(), piece));
  expect(expected.length).toBeGreaterThan(500);
  expect(expected.slice(-1)).toEqual(['20008 failed at the very end 22 0']);
  for (const one of found) expect(one).toEqual(expected);
});
