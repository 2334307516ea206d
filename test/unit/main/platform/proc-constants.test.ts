import { expect, test } from 'vitest';
import { parseAuxiliaryVector, parseOpenFilesLimit } from '../../../../src-main/platform/proc-constants';

test('reads page size and clock ticks from the auxiliary vector', () => {
  const bytes = Buffer.alloc(48);
  [6n, 16384n, 17n, 250n, 0n, 0n].forEach((word, index) => {
    bytes.writeBigUInt64LE(word, index * 8);
  });
  expect(parseAuxiliaryVector(bytes, 8, true)).toEqual({ ticksPerSecond: 250, pageBytes: 16384 });
});

test('32-bit and big-endian vectors', () => {
  const bytes = Buffer.alloc(16);
  [6, 65536, 17, 100].forEach((word, index) => {
    bytes.writeUInt32BE(word, index * 4);
  });
  expect(parseAuxiliaryVector(bytes, 4, false)).toEqual({ ticksPerSecond: 100, pageBytes: 65536 });
});

test('what is not there has the usual values', () => {
  expect(parseAuxiliaryVector(Buffer.alloc(0), 8, true)).toEqual({ ticksPerSecond: 100, pageBytes: 4096 });
});

test('the soft limit of open files', () => {
  const text =
    'Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 524288               files     \n';
  expect(parseOpenFilesLimit(text)).toBe(1024);
  expect(parseOpenFilesLimit('Max open files            unlimited            unlimited            files')).toBeNull();
});
