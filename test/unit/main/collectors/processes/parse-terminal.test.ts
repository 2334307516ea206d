import { expect, test } from 'vitest';
import { terminalName } from '../../../../../src-main/collectors/processes/parse-terminal';

const device = (major: number, minor: number) => (major << 8) | (minor & 0xff) | ((minor & 0xfff00) << 12);

test.each<[number, string | null]>([
  [0, null],
  [34816, 'pts/0'],
  [device(136, 3), 'pts/3'],
  [device(136, 300), 'pts/300'],
  // The minor reaches the sign bit: the kernel prints a negative number.
  [device(136, 0xfff00 + 7), `pts/${0xfff00 + 7}`],
  [device(137, 1), 'pts/257'],
  [device(4, 1), 'tty1'],
  [device(4, 64), 'ttyS0'],
  [device(5, 1), 'console'],
  [device(188, 2), 'ttyUSB2'],
  [device(229, 0), 'hvc0'],
  [device(240, 3), 'char/240:3'],
])('%i is %s', (number, name) => {
  expect(terminalName(number)).toBe(name);
});
