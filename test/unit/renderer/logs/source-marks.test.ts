import { expect, test } from 'vitest';
import { createSourceMarks } from '../../../../src-renderer/views/logs/source-marks';
import { sourceColorIndex } from '../../../../src-renderer/words/source-color';

test('the first has the colour its name has everywhere, and every mark is another one', () => {
  const markOf = createSourceMarks();
  const names = Array.from({ length: 30 }, (_, index) => `service-${index}`);
  const marks = names.map((name) => markOf(`container/${name}`, name));
  expect(marks[0]).toEqual({ colour: sourceColorIndex('service-0'), shape: 'square', letter: 'S' });
  expect(new Set(marks.map(({ colour, shape }) => `${colour} ${shape}`)).size).toBe(30);
  expect(new Set(marks.slice(0, 8).map(({ colour }) => colour)).size).toBe(8);
  expect(markOf('container/service-3', 'service-3')).toBe(marks[3]);
});

test('the letter is of the name, of a file that of its last part', () => {
  const markOf = createSourceMarks();
  expect(markOf('a', '/var/log/syslog').letter).toBe('S');
  expect(markOf('b', '가게').letter).toBe('가');
  expect(markOf('c', '___').letter).toBe('?');
});
