import { describe, expect, test } from 'vitest';
import { emptyStatFields, isKernelThread, parseStat } from '../../../../../src-main/collectors/processes/parse-stat';

const tail = '1 1 1 34816 -1 4194560 4412 96011 2 31 77 88 501 33 20 0 9 0 110475 8519680 1113 18446744073709551615 1 1 0 0 0 0 0';

function parse(text: string) {
  const bytes = Buffer.from(text);
  const fields = emptyStatFields();
  const parsed = parseStat(bytes, bytes.length, fields);
  return parsed ? { ...fields, name: bytes.toString('utf8', fields.nameStart, fields.nameEnd) } : null;
}

describe('parseStat', () => {
  test('takes the fields by their number in proc_pid_stat(5)', () => {
    expect(parse(`4316 (bash) S ${tail}`)).toMatchObject({
      name: 'bash',
      state: 'S'.charCodeAt(0),
      ppid: 1,
      sessionId: 1,
      terminalDevice: 34816,
      flags: 4194560,
      utimeTicks: 77,
      stimeTicks: 88,
      threadCount: 9,
      startTicks: 110475,
      rssPages: 1113,
    });
  });

  test.each(['a) R 9 (b', ') S 1', 'sp ace', '((', 'ünïc)ö', ''])('a name may hold anything: %j', (name) => {
    expect(parse(`7 (${name}) T ${tail}`)).toMatchObject({ name, state: 'T'.charCodeAt(0), ppid: 1, startTicks: 110475 });
  });

  test('negative figures do not shift the fields after them', () => {
    expect(parse('2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 3 4 -5 -6 20 -20 1 0 12 0 0 1')).toMatchObject({
      flags: 2129984,
      utimeTicks: 3,
      stimeTicks: 4,
      threadCount: 1,
      startTicks: 12,
      rssPages: 0,
    });
  });

  test.each(['', '12', '12 (cut', '12 (cut)', '12 (cut) S 1 2 3', 'no parentheses at all'])('refuses what is no whole line: %j', (text) => {
    expect(parse(text)).toBeNull();
  });

  test('reads nothing behind the given length', () => {
    const bytes = Buffer.from(`1 (a) S ${tail}`);
    expect(parseStat(bytes, 20, emptyStatFields())).toBe(false);
  });

  test('kernel threads are told by their flag', () => {
    expect(isKernelThread(2129984)).toBe(true);
    expect(isKernelThread(4194560)).toBe(false);
  });
});
