import { describe, expect, test } from 'vitest';
import {
  parseArguments,
  parseLoaderVariables,
  parsePreloadFile,
} from '../../../../../../src-main/collectors/processes/evidence/parse-arguments';

describe('parseArguments', () => {
  test.each<[string, string, readonly string[]]>([
    ['ended by NUL', 'node\0--inspect\0a b.js\0', ['node', '--inspect', 'a b.js']],
    ['empty ones in between stay', 'a\0\0b\0', ['a', '', 'b']],
    ['the room behind a title goes', 'nginx: worker\0\0\0\0', ['nginx: worker']],
    ['none', '', []],
    ['without an end', 'title', ['title']],
    ['whatever is in them', '\u001b[31m\n\u202e\0', ['\u001b[31m\n\u202e']],
  ])('%s', (_, text, expected) => {
    expect(parseArguments(Buffer.from(text))).toEqual(expected);
  });

  test('64 of them, 1,024 characters each', () => {
    const list = parseArguments(Buffer.from(`${'x'.repeat(5_000)}\0`.repeat(100)));
    expect(list).toHaveLength(64);
    expect(list.every((one) => one.length === 1_024)).toBe(true);
  });
});

describe('parseLoaderVariables', () => {
  test('only the loader variables, as lists of files', () => {
    const bytes = Buffer.from('PATH=/bin\0PASSWORD=hunter2\0LD_PRELOAD=/a.so:/b.so /c.so\0LD_AUDIT=/d.so\0');
    expect(parseLoaderVariables(bytes)).toEqual([
      { name: 'LD_PRELOAD', files: ['/a.so', '/b.so', '/c.so'] },
      { name: 'LD_AUDIT', files: ['/d.so'] },
    ]);
  });

  test.each(['', 'LD_PRELOAD=\0', 'MY_LD_PRELOAD=/a.so\0', 'NOTE=x LD_PRELOAD=/a.so\0', 'LD_PRELOADED=/a.so\0', 'LD_LIBRARY_PATH=/x\0'])(
    'none in %j',
    (text) => {
      expect(parseLoaderVariables(Buffer.from(text))).toEqual([]);
    },
  );

  test('twenty files at most', () => {
    expect(parseLoaderVariables(Buffer.from(`LD_PRELOAD=${'/x.so '.repeat(500)}\0`))[0]?.files).toHaveLength(20);
  });
});

test('ld.so.preload: comments go, any white space or colon separates', () => {
  expect(parsePreloadFile('# nothing /x.so\n/a.so\t/b.so:/c.so # off\n\n/d.so')).toEqual(['/a.so', '/b.so', '/c.so', '/d.so']);
  expect(parsePreloadFile('')).toEqual([]);
});
