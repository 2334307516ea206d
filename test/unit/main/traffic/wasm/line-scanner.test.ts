import { describe, expect, it } from 'vitest';
import { TrafficAggregate } from '../../../../../src-main/traffic/aggregate/traffic-aggregate';
import type { ClfLayout } from '../../../../../src-main/traffic/formats/clf-layout';
import { ClfParser } from '../../../../../src-main/traffic/parse/clf-parser';
import { LineFeeder, longestLineBytes } from '../../../../../src-main/traffic/parse/line-feeder';
import type { LineFields } from '../../../../../src-main/traffic/parse/line-fields';
import { makeTrafficReport } from '../../../../../src-main/traffic/report/traffic-report';
import { lineScanner } from '../../../../../src-main/traffic/wasm/line-scanner';
import { createRandom } from '../traffic-text';

const layouts: readonly ClfLayout[] = [
  { hasHost: false, hasAgent: true, time: { kind: 'last' }, unit: 's' },
  { hasHost: false, hasAgent: true, time: { kind: 'none' }, unit: 's' },
  { hasHost: false, hasAgent: false, time: { kind: 'none' }, unit: 's' },
  { hasHost: true, hasAgent: true, time: { kind: 'field', index: 1 }, unit: 'us' },
  { hasHost: true, hasAgent: false, time: { kind: 'last' }, unit: 'ms' },
  { hasHost: false, hasAgent: true, time: { kind: 'named', name: 'rt=' }, unit: 'ms' },
];

/** Everything that is told of each line, with places counted from its begin. */
class Recorder {
  readonly told: unknown[] = [];
  readonly malformedLines: string[] = [];

  request(fields: LineFields): void {
    const { lineStart, bytes, hashes, status, sentBytes, timeMs, atSecond, hour } = fields;
    const places = [
      fields.lineEnd,
      fields.clientStart,
      fields.clientEnd,
      fields.methodStart,
      fields.methodEnd,
      fields.pathStart,
      fields.pathEnd,
      fields.referrerStart,
      fields.referrerEnd,
      fields.agentStart,
      fields.agentEnd,
    ].map((place) => place - lineStart);
    // Where there is no agent, its hashes are of no use.
    const used = fields.agentEnd > fields.agentStart || fields.referrerEnd > fields.referrerStart ? 8 : 4;
    const line = Buffer.from(bytes.subarray(lineStart, fields.lineEnd)).toString('latin1');
    this.told.push({ line, places, hashes: [...hashes].slice(0, used), status, sentBytes, timeMs, atSecond, hour });
  }

  malformed(bytes: Uint8Array, start: number, end: number): void {
    this.malformedLines.push(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
  }

  settle(): void {}
}

function scannerHere() {
  const scanner = lineScanner();
  if (scanner === null) throw new Error('this Node has no WebAssembly with SIMD: nothing would be compared');
  return scanner;
}

function feed(feeder: LineFeeder, text: Buffer, pieceBytes: number): void {
  for (let at = 0; at < text.length; at += pieceBytes) feeder.write(text.subarray(at, at + pieceBytes));
  feeder.end();
}

function bothTellTheSame(layout: ClfLayout, text: Buffer, pieceBytes: number): Recorder {
  const [scanned, parsed] = [scannerHere(), null].map((scanner) => {
    const recorder = new Recorder();
    feed(new LineFeeder(new ClfParser(layout), recorder, scanner), text, pieceBytes);
    return recorder;
  }) as [Recorder, Recorder];
  expect(scanned.malformedLines).toEqual(parsed.malformedLines);
  expect(scanned.told).toEqual(parsed.told);
  return scanned;
}

type Pick = <T>(of: readonly T[]) => T;

const clients = ['10.0.0.1', '2001:db8::1', '192.168.100.200', 'a-very-long-client-name.of.somebody.example.org', '-', 'ä', '1'];
const users = ['-', 'admin', 'a b', '[x]', '[1/2/3/4]', 'user with [10/Oct/2025:'];
const stamps = [
  '10/Oct/2025:13:55:36 +0900',
  '10/Oct/2025:13:55:59 +0900',
  '10/Oct/2025:13:55x36 +0900',
  '29/Feb/2024:00:00:60 -0000',
  '29/Feb/2025:00:00:00 -0000',
  '29/Feb/1900:00:00:00 +0000',
  '29/Feb/2000:23:59:69 +1345',
  '31/Dec/9999:23:59:59 -9999',
  '01/Jan/0000:00:00:00 +0000',
  '01/Jan/0099:00:00:00 +0000',
  '00/Jan/2025:00:00:00 +0000',
  '31/Apr/2025:00:00:00 +0000',
  '10/oct/2025:13:55:36 +0900',
  '10/Oct/2025:24:00:00 +0900',
  '10/Oct/2025:13:60:00 +0900',
  '10/Oct/2025:13:55:70 +0900',
  '10/Oct/2025:13:55:3x +0900',
  '10/Oct/2025 13:55:36 +0900',
  '10/Oct/20x5:13:55:36 +0900',
  '10/Oct/2025:13:55:36 *0900',
];
const methods = ['GET', 'POST', 'X', 'A'.repeat(16), 'B'.repeat(24), 'C'.repeat(25), 'get', ''];
const targets = [
  '/',
  '/a',
  '/users/17',
  '/users/17/',
  '/users/17x/42?x=1',
  '/users/018f2b9c-1111-4222-8333-abcdefABCDEF',
  '/users/018f2b9c-1111-4222-8333-abcdefABCDEF0/1',
  '/users/018f2b9c-1111-4222-8333-abcdefABCDEg',
  '/q?a=\\"b\\\\',
  '/esc\\"aped/1',
  '/esc\\x22/2\\',
  '/exactly-15-byte',
  '/exactly-16-bytes',
  '/exactly-17-bytes!',
  '/0123456789abcde/0123456789abcdef/0123456789abcdef0',
  '/검색/한글경로',
  '*',
  'http://example.org/absolute/1',
  '//double//slash//7//',
  '?only=query',
  '\\x16\\x03\\x01',
  `/${'long/'.repeat(300)}9`,
];
const protocols = [' HTTP/1.1', ' HTTP/2.0', '', ' HTTP/1.1 more', ' \\"quoted\\"', '\\'];
const statuses = ['200', '404', '500', '000', '999', '20', '2x0', '-'];
const sizes = ['0', '-', '1234', '123456789012345', '1234567890123456', '98765432109876543210987', '1'.repeat(400), '12a', '', '--'];
const texts = [
  '-',
  '',
  'x',
  'https://shop.example.com/',
  'exactly 16 bytes',
  'exactly 15 byte',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'.repeat(3),
  'with \\" quote',
  'ends with \\\\',
  '\\',
  '내부모니터/1.0',
  'nul\u0000byte',
];
const tails = [
  '',
  ' 0.123',
  ' 12',
  ' "0.5"',
  ' 1.2.3',
  ' .5',
  ' 5.',
  ' x',
  ' rt=0.25 ut="0.1"',
  ' foo 123456',
  ' rt=',
  ' 123456789012345678901.5',
  ` 0.${'3'.repeat(30)}`,
  ' ""',
  ' "',
];

function hostileLine(pick: Pick, random: () => number): string {
  const usual = <T>(of: readonly T[]): T => (random() < 0.7 ? (of[0] as T) : pick(of));
  const host = random() < 0.4 ? 'example.org:443 ' : '';
  const agent = random() < 0.8 ? ` "${pick(texts)}" "${pick(texts)}"` : '';
  const request = `${usual(methods)} ${pick(targets)}${usual(protocols)}`;
  let line = `${host}${pick(clients)} - ${usual(users)} [${usual(stamps)}] "${request}" ${usual(statuses)} ${usual(sizes)}${agent}${pick(tails)}`;
  const kind = random();
  // Cut anywhere, a byte changed, or a byte too many.
  if (kind < 0.1) line = line.slice(0, Math.floor(random() * line.length));
  else if (kind < 0.25) {
    const at = Math.floor(random() * line.length);
    line = line.slice(0, at) + pick([' ', '"', '\\', '[', ']', '/', '0', '\u0000', 'ÿ', '\r', '?', '-']) + line.slice(at + pick([0, 1]));
  }
  return line + pick(['\n', '\n', '\n', '\r\n', '\n\n', '\r\n\r\n']);
}

describe('the scanner in WebAssembly and the parser', () => {
  it('tell the same of hostile lines, whatever the layout and the pieces', () => {
    const random = createRandom(11);
    const pick: Pick = (of) => of[Math.floor(random() * of.length)] as (typeof of)[number];
    let read = 0;
    let malformed = 0;
    for (let round = 0; round < 12; round++)
      for (const layout of layouts) {
        const text = Buffer.from(Array.from({ length: 700 }, () => hostileLine(pick, random)).join(''));
        const { told, malformedLines } = bothTellTheSame(layout, text, pick([97, 4_096, 1_000_000]));
        read += told.length;
        malformed += malformedLines.length;
      }
    // Neither is rare, or little would be compared.
    expect(read).toBeGreaterThan(8_000);
    expect(malformed).toBeGreaterThan(8_000);
  });

  it('tell the same of bytes without any meaning', () => {
    const random = createRandom(12);
    const common = Buffer.from(' "\\[]/:-?\r\n0123456789 GET HTTP 10/Oct/2025:13:55:36 +0900');
    for (let round = 0; round < 60; round++) {
      const text = Buffer.alloc(20_000);
      for (let at = 0; at < text.length; at++)
        text[at] = random() < 0.7 ? (common[Math.floor(random() * common.length)] as number) : Math.floor(random() * 256);
      for (const layout of layouts) bothTellTheSame(layout, text, 7_000);
    }
  });

  it('tell the same of lines around the limit, of more bytes than its memory holds, and of more bad lines than its list', () => {
    const start = '10.0.0.1 - - [10/Oct/2025:13:55:36 +0900] "GET /';
    const end = ' HTTP/1.1" 200 1 "-" "-" 0.1\n';
    const sized = (bytes: number) => start + 'a'.repeat(bytes - start.length - end.length + 1) + end;
    const around = [-1, 0, 1].map((more) => sized(longestLineBytes + more)).join('');
    const huge = `${'x'.repeat(3_000_000)}\n`;
    const bad = 'no\n'.repeat(5_000) + '#comment\n'.repeat(5_000);
    const text = Buffer.from(sized(200) + around + huge + bad + sized(200).repeat(20_000));
    for (const pieceBytes of [100_000, text.length]) {
      const { told, malformedLines } = bothTellTheSame(layouts[0] as ClfLayout, text, pieceBytes);
      expect({ read: told.length, malformed: malformedLines.length }).toEqual({ read: 20_003, malformed: 5_002 });
    }
  });

  it('a line does not see what another left behind it in memory', () => {
    const whole = '10.0.0.1 - - [10/Oct/2025:13:55:36 +0900] "GET /a HTTP/1.1" 200 12 "ref" "agent" 0.5';
    const layout = layouts[0] as ClfLayout;
    for (let cut = 0; cut <= whole.length; cut++) {
      // What was there before is the rest of the very line that is cut.
      const told = ['', '#'].map((before) => {
        const recorder = new Recorder();
        const feeder = new LineFeeder(new ClfParser(layout), recorder, scannerHere());
        feed(feeder, Buffer.from(`${before === '' ? whole : before.repeat(whole.length)}\n`), 1_000);
        feed(feeder, Buffer.from(whole.slice(0, cut)), 1_000);
        return [recorder.told.slice(before === '' ? 1 : 0), recorder.malformedLines];
      });
      expect(told[0]).toEqual(told[1]);
      bothTellTheSame(layout, Buffer.from(whole.slice(0, cut)), 1_000);
    }
  });

  it('give the same report', () => {
    const random = createRandom(13);
    const pick: Pick = (of) => of[Math.floor(random() * of.length)] as (typeof of)[number];
    const text = Buffer.from(Array.from({ length: 20_000 }, () => hostileLine(pick, random)).join(''));
    const parser = new ClfParser(layouts[0] as ClfLayout);
    const reports = [scannerHere(), null].map((scanner) => {
      const aggregate = new TrafficAggregate();
      feed(new LineFeeder(parser, aggregate, scanner), text, 300_000);
      const format = { id: 'combined', words: '', fitRatio: 1, timeUnit: 's', timeEvidence: null } as const;
      return makeTrafficReport(aggregate, { format, parser, hash: () => '000000' });
    });
    expect(reports[0]?.requests).toBeGreaterThan(1_000);
    expect(reports[0]).toEqual(reports[1]);
  });
});
