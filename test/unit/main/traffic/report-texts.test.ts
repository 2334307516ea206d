import { describe, expect, test } from 'vitest';
import { ClientAliases } from '../../../../src-main/traffic/report/client-aliases';
import { trafficCsv } from '../../../../src-main/traffic/report/csv';
import type { TrafficEndpoint } from '../../../../src-shared/traffic/report';
import { combined, reportOf } from './traffic-text';

describe('clients in prompts', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['10.0.0.1 asked, and 10.0.0.2, and 10.0.0.1', 'client-1 asked, and client-2, and client-1', 3],
    ['2001:db8::1 and ::1 and ::ffff:192.0.2.1', 'client-1 and client-2 and client-3', 3],
    ['2001:db8:0:0:0:0:0:1 fe80::1', 'client-1 client-2', 2],
    ['http://10.0.0.9/x?from=10.0.0.8', 'http://client-1/x?from=client-2', 2],
    ['Chrome/126.0.0.0 Safari/537.36', 'Chrome/126.0.0.0 Safari/537.36', 0],
    ['[10/Jun/2025:13:55:36 +0900] 13:55:36 1.2.3 999.1.1.1', '[10/Jun/2025:13:55:36 +0900] 13:55:36 1.2.3 999.1.1.1', 0],
    ['host.example.com and myhost.example.com.', 'client-1 and myhost.example.com.', 1],
    ['host.example.com: 3, at host.example.com:8080.', 'client-1: 3, at client-1:8080.', 2],
    ['2001:db8::7: 3 requests', 'client-1: 3 requests', 1],
  ];
  test.each(cases)('%s', (text, masked, count) => {
    expect(new ClientAliases().mask(text, ['host.example.com', 'x', '2001:db8::7'])).toEqual({ text: masked, count });
  });

  test('the same client has the same name in another text', () => {
    const aliases = new ClientAliases();
    aliases.mask('10.0.0.1 10.0.0.2', []);
    expect(aliases.mask('10.0.0.2', []).text).toBe('client-2');
  });

  test('no prompt of a report names one', () => {
    const text = [1, 2, 3].map((index) => combined('GET /x HTTP/1.1', 500, { client: `203.0.113.${index}` })).join('');
    const { prompts } = reportOf(text.repeat(40) + combined('GET / HTTP/1.1', 200, { client: 'dialup-7.example.net' }));
    for (const prompt of Object.values(prompts)) {
      expect(prompt).not.toContain('203.0.113.');
      expect(prompt).not.toContain('dialup-7');
      expect(prompt).toContain('client-1');
    }
  });
});

test('the CSV holds no formula and no broken row', () => {
  const endpoint = (method: string, path: string): TrafficEndpoint => ({
    method,
    path,
    requests: 2,
    meanMs: 1.5,
    p50Ms: 1,
    p90Ms: 2,
    p99Ms: 2,
    maxMs: null,
    errorRatio: 0.5,
    clientErrors: 1,
    serverErrors: 0,
    bytes: null,
  });
  const rows = trafficCsv({
    endpoints: [endpoint('GET', '/a,b"c'), endpoint('-', "=cmd|' /C calc'!A0"), endpoint('@X', '/a\nb'), endpoint('GET', '+1+1')],
  }).split('\r\n');
  expect(rows).toEqual([
    'method,path,requests,mean_ms,p50_ms,p90_ms,p99_ms,max_ms,error_ratio,client_errors,server_errors,bytes',
    'GET,"/a,b""c",2,1.5,1,2,2,,0.5,1,0,',
    `"'-","'=cmd|' /C calc'!A0",2,1.5,1,2,2,,0.5,1,0,`,
    `"'@X",/a?b,2,1.5,1,2,2,,0.5,1,0,`,
    `GET,"'+1+1",2,1.5,1,2,2,,0.5,1,0,`,
    '',
  ]);
});
