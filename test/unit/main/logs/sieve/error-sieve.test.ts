import { expect, it } from 'vitest';
import { findLogError } from '../../../../../src-main/app/errors/find-log-error';
import { createErrorSieve, type ErrorSieve } from '../../../../../src-main/logs/sieve/error-sieve';
import { failureWords } from '../../../../../src-main/logs/sieve/failure-words';
import { createChance, fillTemplate, floodTemplates } from '../../../../helpers/flood-lines';

const sieve = mustStart();

it('holds back lines that may be an error, and no others', () => {
  const lines = [
    'all is well',
    'request failed: connection refused',
    'GET /index.html 200',
    'E1121 15:04:05.678901 12345 file.go:123] broken',
    '11-21 15:04:05.123  123  456 E Camera: gone',
    '11-21 15:04:05.123  123  456 I Camera: here',
    '<11>Nov 21 10:00:00 host app: gone',
    '<14>Nov 21 10:00:00 host app: here',
    '{"level":50,"msg":"gone"}',
    '{"level":30,"msg":"here"}',
    '{"s":"E","c":"NETWORK","msg":"gone"}',
    '{"s":"I","c":"NETWORK","msg":"here"}',
    'level=error msg=gone',
    'level=info msg=here',
    '\u001b[31mER\u001b[0mROR gone',
    '\u001b[32mINFO\u001b[0m here',
    '{"level":"info","msg":"\\uc2e4\\ud328"}',
    '가져오기 실패',
    '가져오기 완료',
  ];
  const expected = [1, 3, 4, 6, 8, 10, 12, 14, 16, 17];
  expect({ plain: told(lines, false), records: told(lines, true) }).toEqual({ plain: expected, records: expected });
});

it('tells records that it cannot read as usual ones', () => {
  const time = '"time":"2026-11-21T10:00:00.123456789Z"}';
  const records = [
    `{"log":"well\\n","stream":"stdout",${time}`,
    `{"log":"half a line","stream":"stdout",${time}`,
    `{"log":"half a line \\\\n","stream":"stdout",${time}`,
    `{"log":"well\\n","stream":"stderr","attrs":{"tag":"x"},${time}`,
    `{"log":"\\n","stream":"stderr",${time}`,
    `{"log":"well\\n","stream":"stdout","time":"2026-11-21T10:00:00Z"}`,
    '',
    'no record',
  ];
  expect(toldLines(records, true)).toEqual([1, 2, 3, 6, 7]);
});

it('knows of each word of the lexicon where it stands in a line, escaped or not', () => {
  const passed = failureWords().filter((word) => {
    const escaped = JSON.stringify({ msg: word }).replace(
      /[\u0080-\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const lines = [word, word.toUpperCase(), `it is ${word}`, `it is ${word}, really`, `{"msg":"${word}"}`, escaped];
    return told(lines, false).length < lines.length || told(lines, true).length < lines.length;
  });
  expect(passed).toEqual([]);
});

/** Pieces of which a level may be made, put into lines anywhere. */
const pieces = [
  ' E ',
  ' F ',
  '\tE\t',
  '|C|',
  ']E ',
  'E/',
  'F, [',
  'E0102 ',
  '<3>',
  '<11>',
  '<190>',
  '\\u003c3\\u003e',
  '\u001b[31m',
  '\u001b[0m',
  '\u001b[1;38;5;9m',
  '"level":50',
  '"level": 60',
  '\\"level\\":5',
  '"lvl":5e1',
  '"level":0.5e2',
  '"severity" : 70',
  '"PRIORITY":"3"',
  '"PRIORITY":null',
  '"s":"F"',
  '{',
  '}',
  '"',
  '\\',
  ':',
  ' | ',
  'npm ERR! ',
  'fail: a.b[0]',
  '[error] ',
  'ERRO[0012] ',
  'can\u2019t',
  'can\\u2019t',
  '\\u0065rror',
  'err',
  'or',
  'fat',
  'al',
  'ex',
  'ited with ',
  'code ',
  '3',
  'ſevered',
  '\u212Aernel bug',
  'no such ',
  'file',
  'stdout F ',
  ' -- ',
  'level=',
  'lvl=',
  'eror',
  'crt',
  'FTL',
  '실패',
  '오',
  '류',
  'ERROR:root:',
  ' a=b ',
  'msg="',
  '\\n',
  '\r',
  '2026-11-21T10:00:00Z ',
  '12 ',
  '134 ',
  'Jul  9 12:16:49 host app: ',
] as const;

it('passes over no line that is an error', () => {
  const below = createChance(7);
  const lines: string[] = [];
  for (let round = 0; round < 40_000; round += 1) {
    let line = fillTemplate(floodTemplates[below(floodTemplates.length)] ?? '', below);
    for (let count = below(4); count > 0; count -= 1) {
      const at = below(3) === 0 ? 0 : below(line.length + 1);
      line = line.slice(0, at) + (pieces[below(pieces.length)] ?? '') + line.slice(at);
    }
    lines.push(line.replaceAll('\n', ' '));
  }
  const errors = lines.flatMap((line, index) => (findLogError(line) === null ? [] : [index]));
  const passed = (isRecords: boolean) => {
    const kept = new Set(told(lines, isRecords));
    return errors.filter((index) => !kept.has(index)).map((index) => lines[index]);
  };
  expect(errors.length).toBeGreaterThan(4_000);
  expect({ plain: passed(false), records: passed(true) }).toEqual({ plain: [], records: [] });
});

/** Indexes of the lines that are held back; `isRecords`: as Docker's json-file driver writes them. */
function told(lines: readonly string[], isRecords: boolean): readonly number[] {
  return toldLines(isRecords ? lines.map(asRecord) : lines, isRecords);
}

function toldLines(lines: readonly string[], isRecords: boolean): readonly number[] {
  const indexes: number[] = [];
  for (let first = 0; first < lines.length; first += 1_000) {
    const to = sieve.room.write(`${lines.slice(first, first + 1_000).join('\n')}\n`);
    const count = sieve.sift(to, isRecords, (index) => indexes.push(first + index));
    expect(count).toBe(Math.min(1_000, lines.length - first));
  }
  return indexes;
}

/** As Docker writes it. */
function asRecord(line: string): string {
  const text = JSON.stringify(`${line}\n`).replace(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
  return `{"log":${text},"stream":"stdout","time":"2026-11-21T10:00:00.123456789Z"}`;
}

function mustStart(): ErrorSieve {
  const started = createErrorSieve();
  if (started === null) throw new Error('there is no WebAssembly here');
  return started;
}
