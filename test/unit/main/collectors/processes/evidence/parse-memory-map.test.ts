import { expect, test } from 'vitest';
import { startMemoryMapScan } from '../../../../../../src-main/collectors/processes/evidence/parse-memory-map';

function scan(lines: readonly string[], exe: string | null = '/usr/bin/own') {
  const map = startMemoryMapScan(exe);
  map.take(lines.map((line) => `${line}\n`).join(''));
  return map.facts();
}
const line = (rights: string, path = '') => `7f0c12300000-7f0c12345000 ${rights} 00001000 fe:00 123456                     ${path}`;

test('memory that may be written and executed is counted', () => {
  expect(scan([line('rwxp'), line('rwxs', '/x'), line('rw-p'), line('r-xp', '/usr/lib/a.so')])).toEqual({
    writableExecutableCount: 2,
    foreignLibraries: [],
  });
});

test('code of deleted files, and of files where anyone may write', () => {
  expect(
    scan([
      line('r-xp', '/usr/lib/old.so (deleted)'),
      line('r--p', '/usr/lib/data.so (deleted)'),
      line('r-xp', '/tmp/x y.so'),
      line('r-xp', '/dev/shm/z'),
      line('r-xp', '/tmpfoo/fine.so'),
      line('r-xp', '[vdso]'),
      line('r-xp'),
    ]).foreignLibraries,
  ).toEqual([
    { path: '/usr/lib/old.so', deleted: true },
    { path: '/tmp/x y.so', deleted: false },
    { path: '/dev/shm/z', deleted: false },
  ]);
});

test('the program itself is another fact', () => {
  expect(scan([line('r-xp', '/tmp/own'), line('r-xp', '/tmp/own (deleted)')], '/tmp/own').foreignLibraries).toEqual([]);
});

test('letters beyond ASCII and line breaks in a path', () => {
  const latin1 = Buffer.from('/tmp/한글').toString('latin1');
  expect(scan([line('r-xp', `${latin1}\\012.so`)]).foreignLibraries).toEqual([{ path: '/tmp/한글\n.so', deleted: false }]);
  expect(scan([line('r-xp', latin1)], '/tmp/한글').foreignLibraries).toEqual([]);
});

test('twenty at most, however many there are', () => {
  const many = Array.from({ length: 100 }, (_, index) => line('r-xp', `/tmp/${index}.so`));
  expect(scan(many).foreignLibraries).toHaveLength(20);
});

test.each(['', 'x', ' ', '7f-7f', '7f-7f rwx', '7f-7f rwxp', '7f-7f rwxp 0 0', ' '.repeat(50), '\0\0\0'])('no line: %j', (text) => {
  expect(() => scan([text])).not.toThrow();
  expect(scan([text]).foreignLibraries).toEqual([]);
});
