import { describe, expect, it } from 'vitest';
import { longestLineBytes } from '../../../../src-main/traffic/parse/line-feeder';
import { combined, createRandom, reportOf } from './traffic-text';

const good = combined('GET /a HTTP/1.1', 200);

describe('nasty lines', () => {
  it('IPv6, escapes, quotes, brackets in a user name, UTF-8, CR LF, no newline at the end', () => {
    const text = [
      combined('GET /a HTTP/1.1', 200, { client: '2001:db8::1' }),
      combined('GET /q\\"uote?x=\\"1 HTTP/1.1', 200),
      combined('GET /b HTTP/1.1', 200, { agent: 'a \\" b \\\\' }),
      '10.0.0.2 - [admin] [10/Oct/2025:13:55:36 +0900] "GET /c HTTP/1.1" 200 1 "-" "-"\r\n',
      combined('GET /검색 HTTP/1.1', 200).trimEnd(),
    ].join('');
    const report = reportOf(text);
    expect({ requests: report.requests, malformed: report.malformed }).toEqual({ requests: 5, malformed: 0 });
    expect(report.endpoints.map(({ path }) => path).sort()).toEqual(['/a', '/b', '/c', '/q\\"uote', '/검색']);
    expect(report.clients.map(({ client }) => client)).toContain('2001:db8::1');
    expect(report.agents.map(({ name }) => name)).toContain('a \\" b \\\\');
  });

  it('counts what it cannot read, with five examples, secrets masked', () => {
    const bad = [
      'garbage',
      '10.0.0.1 - - [bad date] "GET / HTTP/1.1" 200 12',
      '10.0.0.1 - - [31/Feb/2025:13:55:36 +0900] "GET / HTTP/1.1" 200 12 "-" "-"',
      '10.0.0.1 - - [10/Oct/2025:25:55:36 +0900] "GET / HTTP/1.1" 200 12 "-" "-"',
      '10.0.0.1 - - [10/Oct/2025:13:55:36 +0900] "GET / HTTP/1.1" 2x0 12 "-" "-"',
      '10.0.0.1 - - [10/Oct/2025:13:55:36 +0900] "GET / HTTP/1.1" 200 1a "-" "-"',
      '10.0.0.1 - - [10/Oct/2025:13:55:36 +0900] "GET / HTTP/1.1',
      '10.0.0.1 - - [10/Oct/2025:13:55:36 +0900] "GET / HTTP/1.1" 200 12 "-" "never closed',
      'password=hunter2secret',
    ];
    const report = reportOf(`${good.repeat(20)}password=hunter2secret\n${bad.join('\n')}\n\n\n`);
    expect({ requests: report.requests, malformed: report.malformed }).toEqual({ requests: 20, malformed: 10 });
    expect(report.malformedExamples).toHaveLength(5);
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  it('a request that is no HTTP is a request all the same', () => {
    const text = good + combined('\\x16\\x03\\x01\\x00', 400) + combined('-', 408) + combined('', 400) + combined('GET /only-path', 200);
    const report = reportOf(text);
    expect(report.requests).toBe(5);
    expect(report.endpoints.find(({ method }) => method === '-')).toMatchObject({ path: '(not HTTP)', requests: 3, clientErrors: 3 });
    expect(report.endpoints.map(({ path }) => path)).toContain('/only-path');
  });

  it('NUL bytes and bytes that are no UTF-8 harm nothing but their line', () => {
    const nul = Buffer.alloc(300);
    const text = Buffer.concat([Buffer.from(good), nul, Buffer.from([10, 0xff, 0xfe, 10]), Buffer.from(good.replace('/a', '/\u0000b'))]);
    const report = reportOf(text);
    expect({ requests: report.requests, malformed: report.malformed }).toEqual({ requests: 2, malformed: 2 });
  });

  it('a line of many megabytes is one malformed line, and what follows is read', () => {
    for (const length of [longestLineBytes + 1, 5_000_000]) {
      const report = reportOf(`${good}${'x'.repeat(length)}\n${good}`, 'auto', 100_000);
      expect({ requests: report.requests, malformed: report.malformed }).toEqual({ requests: 2, malformed: 1 });
    }
  });

  it('says the same however the log is cut into pieces', () => {
    const random = createRandom(5);
    const pick = (count: number) => Math.floor(random() * count);
    const lines = Array.from({ length: 3_000 }, () =>
      pick(50) === 0
        ? 'nonsense\n'
        : combined(`GET /users/${pick(900)}/x${pick(3)} HTTP/1.1`, pick(10) === 0 ? 500 : 200, {
            client: `10.0.0.${pick(20)}`,
            at: `10/Oct/2025:13:${10 + pick(40)}:3${pick(10)} +0900`,
            tail: ` ${(random() * 2).toFixed(3)}`,
          }),
    );
    const text = lines.join('');
    const whole = reportOf(text);
    expect(whole.endpoints.map(({ path }) => path).sort()).toEqual(['/users/:id/x0', '/users/:id/x1', '/users/:id/x2']);
    // The first 256 KiB are looked at as one, whatever the pieces: more than that is cut here.
    expect(text.length).toBeGreaterThan(256 * 1024);
    for (const pieceBytes of [97, 4_096, 300_000]) expect(reportOf(text, 'auto', pieceBytes)).toEqual(whole);
  });
});

describe('bounded memory', () => {
  it('100,000 paths of a scanner are one row, and the real ones stay', () => {
    const real = combined('GET /health HTTP/1.1', 200).repeat(2_000) + combined('GET /api/orders HTTP/1.1', 200).repeat(2_000);
    const word = (number: number) => number.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
    const sweep = Array.from({ length: 100_000 }, (_, index) =>
      combined(`GET /${word(index)} HTTP/1.1`, 404, { client: '198.51.100.1' }),
    ).join('');
    const report = reportOf(real + sweep + real);
    expect(report.requests).toBe(108_000);
    expect(report.endpoints.reduce((sum, { requests }) => sum + requests, report.otherRequests)).toBe(108_000);
    const byPath = new Map(report.endpoints.map((one) => [one.path, one.requests]));
    expect(byPath.get('/health')).toBe(4_000);
    expect(byPath.get('/api/orders')).toBe(4_000);
    expect(byPath.get('/:name')).toBeGreaterThan(99_000);
    expect(report.bots[0]).toEqual({ kind: 'scanner', name: '198.51.100.1', requests: 100_000, refused: 100_000 });
    expect(report.insights.map(({ kind }) => kind)).toContain('scanner');
  });

  it('more clients than are kept: the frequent ones stay, with a bound for what may be missing', () => {
    const random = createRandom(3);
    const lines: string[] = [];
    for (let index = 0; index < 60_000; index++) {
      const rare = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
      lines.push(combined('GET / HTTP/1.1', 200, { client: random() < 0.05 ? '192.0.2.1' : rare }));
    }
    const exact = lines.filter((line) => line.startsWith('192.0.2.1 ')).length;
    const [first] = reportOf(lines.join('')).clients;
    expect(first?.client).toBe('192.0.2.1');
    expect(first?.requests).toBeLessThanOrEqual(exact);
    expect((first?.requests ?? 0) + (first?.errorCount ?? 0)).toBeGreaterThanOrEqual(exact);
  });
});
