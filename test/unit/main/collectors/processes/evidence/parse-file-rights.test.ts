import { describe, expect, test } from 'vitest';
import {
  findChangeableStep,
  type PathStep,
  parseGroupMembers,
} from '../../../../../../src-main/collectors/processes/evidence/parse-file-rights';

const step = (path: string, mode = 0o755, uid = 0, gid = 0): PathStep => ({ path, mode, uid, gid });
const shared = (gid: number, owner: number) => gid === 100 || (gid !== 0 && gid !== owner);

describe('findChangeableStep', () => {
  test.each<[string, readonly PathStep[], string | null]>([
    ['nobody but root', [step('/'), step('/usr'), step('/usr/x')], null],
    ['the file, by anyone', [step('/'), step('/x', 0o757)], '/x'],
    ['the file, by its group', [step('/'), step('/x', 0o775, 0, 100)], '/x'],
    ["the file, by its owner's own group", [step('/'), step('/x', 0o775, 1000, 1000)], null],
    ['the file, by the group of root', [step('/'), step('/x', 0o775)], null],
    ['an open folder above', [step('/'), step('/srv', 0o777), step('/srv/x')], '/srv'],
    ['a sticky folder above', [step('/'), step('/tmp', 0o1777), step('/tmp/x')], null],
    [
      "a sticky folder with another user's folder",
      [step('/'), step('/tmp', 0o1777), step('/tmp/d', 0o755, 1001), step('/tmp/d/x')],
      '/tmp/d',
    ],
    ["another user's folder", [step('/'), step('/home/b', 0o755, 1001), step('/home/b/x')], '/home/b'],
    ["the owner's own folder", [step('/'), step('/home/b', 0o755, 1001), step('/home/b/x', 0o755, 1001)], null],
    ['nothing known', [], null],
  ])('%s', (_, steps, expected) => {
    expect(findChangeableStep(steps, shared)).toBe(expected);
  });
});

test('members of a group are those in its list and those whose own group it is', () => {
  const members = parseGroupMembers(
    'root:x:0:\nstaff:x:50:\ndev:x:100:ann,bob,directory-user\nann:x:1000:\nnonsense',
    'root:x:0:0:r:/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\nbob:x:1001:100::/home/bob:/bin/sh\nbad:x:a:b::',
  );
  expect(members.get(50)).toEqual(new Set());
  expect(members.get(100)).toEqual(new Set([1000, 1001, -1]));
  expect(members.get(1000)).toEqual(new Set([1000]));
  expect(members.get(7)).toBeUndefined();
});
