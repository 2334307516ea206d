import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { escapeNonAscii } from '../../../scripts/parts/one-byte-sources.mjs';

test.each([
  ["'경고 – 디스크'", '경고 – 디스크'],
  ['`값: 둘 😀`', '값: 둘 😀'],
  ["/^[가-힣😀]+$/u.test('힘😀')", true],
  ['({ 이름: 7 }).이름', 7],
])('%s means the same in one byte a character', (code, meaning) => {
  const escaped = escapeNonAscii(code);
  expect(escaped).toMatch(/^[ -~]+$/);
  expect(runInNewContext(escaped)).toBe(meaning);
});
