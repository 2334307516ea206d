import { describe, expect, it } from 'vitest';
import { FormatStringProblem } from '../../../../src-main/traffic/formats/log-format-string';
import { reportOf } from './traffic-text';

const clf = '203.0.113.9 - alice [10/Oct/2025:13:55:36 +0900] "POST /api/items?x=1 HTTP/1.1" 201 512';
const agent = '"https://example.org/" "Mozilla/5.0 (X11) \\"quoted\\""';
const at = Date.UTC(2025, 9, 10, 4, 55, 36);

/** All say the same request; `timeMs` null: the line has no time. */
const lines: readonly (readonly [name: string, text: string, id: string, timeMs: number | null])[] = [
  ['common', clf, 'common', null],
  ['combined', `${clf} ${agent}`, 'combined', null],
  ['time at the end, three decimals', `${clf} ${agent} 0.125`, 'combined', 125],
  ['time at the end, quoted', `${clf} ${agent} "0.125"`, 'combined', 125],
  ['common with time', `${clf} 0.125`, 'common', 125],
  ['microseconds at the end', `${clf} ${agent} 125000`, 'combined', 125],
  ['milliseconds at the end', `${clf} ${agent} 125`, 'combined', 125],
  ['named rt=', `${clf} ${agent} rt=0.125 uct="0.001" uht="0.2" urt="0.100"`, 'combined', 125],
  ['named request_time=', `${clf} ${agent} upstream_response_time=0.100 request_time=0.125`, 'combined', 125],
  ['named request_time_ms=', `${clf} ${agent} request_time_ms=125`, 'combined', 125],
  ['a field after the time', `${clf} ${agent} 0.125 "10.1.1.1"`, 'combined', 125],
  ['virtual host first', `shop.example.org:443 ${clf} ${agent} 0.125`, 'combined', 125],
  [
    'nginx JSON',
    JSON.stringify({
      time_iso8601: '2025-10-10T13:55:36+09:00',
      remote_addr: '203.0.113.9',
      request: 'POST /api/items?x=1 HTTP/1.1',
      status: '201',
      body_bytes_sent: '512',
      request_time: '0.125',
    }),
    'json',
    125,
  ],
  [
    'Caddy',
    JSON.stringify({
      level: 'info',
      ts: at / 1000,
      logger: 'http.log.access.log0',
      msg: 'handled request',
      request: { remote_ip: '203.0.113.9', method: 'POST', uri: '/api/items?x=1', headers: { 'User-Agent': ['curl/8'] } },
      duration: 0.125,
      size: 512,
      status: 201,
    }),
    'json',
    125,
  ],
  [
    'Traefik',
    JSON.stringify({
      ClientHost: '203.0.113.9',
      DownstreamContentSize: 512,
      DownstreamStatus: 201,
      Duration: 125_000_000,
      RequestMethod: 'POST',
      RequestPath: '/api/items?x=1',
      StartUTC: '2025-10-10T04:55:36.000000001Z',
    }),
    'json',
    125,
  ],
  [
    'IIS',
    '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-bytes time-taken\n2025-10-10 04:55:36 10.0.0.1 POST /api/items x=1 443 - 203.0.113.9 Mozilla/5.0+(X11) - 201 0 512 125',
    'w3c',
    125,
  ],
  [
    'CloudFront',
    '#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs-uri-query time-taken\n2025-10-10\t04:55:36\tFRA2\t512\t203.0.113.9\tPOST\td1.cloudfront.net\t/api/items\t201\tx=1\t0.125',
    'w3c',
    125,
  ],
  [
    'Amazon load balancer',
    'https 2025-10-10T04:55:36.000000Z app/my-lb/50dc6c495c0c9188 203.0.113.9:2817 10.0.0.1:80 0.025 0.100 0.000 201 201 34 512 "POST https://www.example.com:443/api/items?x=1 HTTP/1.1" "curl/7.46.0" ECDHE TLSv1.2 arn:aws - "-" "-" 0',
    'alb',
    125,
  ],
];

describe('formats told by themselves', () => {
  for (const [name, text, id, timeMs] of lines)
    it(name, () => {
      const report = reportOf(`${text}\n`);
      expect(report.format.id).toBe(id);
      expect({ requests: report.requests, malformed: report.malformed, bytes: report.bytes, status: report.byStatus }).toEqual({
        requests: 1,
        malformed: 0,
        bytes: 512,
        status: { 201: 1 },
      });
      expect(report.recent[0]).toEqual({
        atMs: at,
        method: 'POST',
        path: '/api/items',
        status: 201,
        timeMs,
        bytes: 512,
        client: '203.0.113.9',
      });
      expect(report.meanMs).toBe(timeMs);
    });

  it('whole seconds are seconds, and small whole numbers that vary are milliseconds', () => {
    const withTimes = (times: readonly number[]) => reportOf(times.map((time) => `${clf} ${agent} ${time}\n`).join('')).meanMs;
    expect(withTimes([0, 0, 1, 0, 2, 0])).toBe(500);
    expect(withTimes([4, 8, 6, 12])).toBe(7.5);
  });

  it('an unknown text has no format', () => {
    expect(() => reportOf('hello\nworld\n')).toThrow('no format reads it');
  });
});

describe('format strings', () => {
  const nginx = `log_format main '$remote_addr - $remote_user [$time_local] "$request" '\n  '$status $body_bytes_sent "$http_user_agent" $request_time $pipe';`;
  const apache = String.raw`LogFormat "%h %l %u %t \"%r\" %>s %b \"%{User-Agent}i\" %D" mine`;

  it('of nginx', () => {
    const report = reportOf('::1 - - [10/Oct/2025:13:55:36 +0900] "GET /a HTTP/2.0" 200 7 "a \\" b" 0.250 .\n', nginx);
    expect(report.format).toMatchObject({ id: 'custom', fitRatio: 1, timeUnit: 's' });
    expect(report.recent[0]).toEqual({ atMs: at, method: 'GET', path: '/a', status: 200, timeMs: 250, bytes: 7, client: '::1' });
    expect(report.agents[0]?.name).toBe('a \\" b');
  });

  it('of Apache, whose %D is microseconds', () => {
    const report = reportOf('10.1.1.1 - - [10/Oct/2025:13:55:36 +0900] "GET /a HTTP/1.1" 304 - "curl" 1500\n', apache);
    expect(report.recent[0]).toMatchObject({ atMs: at, status: 304, bytes: 0, timeMs: 1.5 });
  });

  it('tell what is missing', () => {
    expect(() => reportOf('x\n', '$remote_addr $request')).toThrow(FormatStringProblem);
    expect(() => reportOf('x\n', '%h %s')).toThrow('no request');
    expect(() => reportOf('x\n', '$status$request')).toThrow('nothing stands between');
  });
});
