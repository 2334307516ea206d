import type { TrafficFilter, TrafficStretch, WindowTraffic } from '../../src-shared/contract';
import type { TrafficBot, TrafficClient, TrafficEndpoint, TrafficRequest } from '../../src-shared/traffic/report';
import { createRandom } from './sample-random';
import { sampleInsights } from './sample-traffic-insights';

interface SampleTrafficOptions {
  readonly nowMs: number;
  /** Without response times and sizes: the common format. */
  readonly bare?: boolean;
}

const hourMs = 3_600_000;
/** Method, route, share of requests, usual milliseconds, share of 4xx and of 5xx, bytes. */
const routes: readonly (readonly [string, string, number, number, number, number, number])[] = [
  ['GET', '/', 0.16, 21, 0, 0.0004, 14_200],
  ['GET', '/products/:id', 0.21, 34, 0.012, 0.0005, 22_800],
  ['GET', '/api/cart', 0.13, 18, 0.004, 0.001, 1_900],
  ['GET', '/assets/app-:hash.js', 0.11, 3, 0, 0, 184_000],
  ['POST', '/api/cart/items', 0.07, 46, 0.021, 0.0012, 640],
  ['GET', '/search', 0.065, 310, 0.001, 0.002, 31_000],
  ['POST', '/api/orders', 0.042, 264, 0.014, 0.061, 1_240],
  ['GET', '/api/recommendations', 0.04, 128, 0, 0.004, 9_800],
  ['POST', '/api/login', 0.031, 88, 0.27, 0.001, 420],
  ['GET', '/api/orders/:uuid', 0.027, 61, 0.008, 0.002, 3_600],
  ['GET', '/favicon.ico', 0.022, 1, 1, 0, 150],
  ['GET', '/account', 0.018, 54, 0.006, 0.0005, 12_900],
  ['GET', '/api/reports/monthly', 0.004, 2_840, 0, 0.03, 420_000],
  ['GET', '/wp-login.php', 0.006, 2, 1, 0, 150],
  ['PUT', '/api/profile', 0.005, 73, 0.03, 0.001, 512],
  ['DELETE', '/api/cart/items/:id', 0.012, 29, 0.01, 0.0005, 96],
  ['GET', '/health', 0.02, 1, 0, 0, 12],
  ['GET', '/products/:id/reviews?sort=<script>alert(1)</script>', 0.002, 42, 0.02, 0, 5_100],
  ['GET', '/images/:name/a-very-long-path/that/goes/on/and/on/until/nobody/reads/it/any/more/large.webp', 0.015, 6, 0.03, 0, 64_000],
];

/** What a made-up shop's proxy logged in the last fourteen hours, an incident among it. */
export function sampleTraffic({ nowMs, bare = false }: SampleTrafficOptions, filter?: TrafficFilter): WindowTraffic {
  const random = createRandom(23);
  const toMs = filter?.toMs ?? nowMs;
  const fromMs = filter?.fromMs ?? nowMs - 14 * hourMs;
  const share = shareOf(filter);
  const stretches = sampleStretches(fromMs, toMs, nowMs, share, bare, random);
  const requests = stretches.reduce((sum, one) => sum + one.requests, 0);
  const endpoints = routes
    .map((route) => sampleEndpoint(route, requests, bare))
    .filter(({ method, path }) => filter?.endpoint == null || (filter.endpoint.method === method && filter.endpoint.path === path))
    .sort((a, b) => b.requests - a.requests);
  const byStatus = sampleStatus(endpoints, requests, filter);
  const errors = Object.entries(byStatus).reduce((sum, [code, count]) => sum + (Number(code) >= 400 ? count : 0), 0);
  const total = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  const time = <T>(value: T): T | null => (bare ? null : value);
  return {
    format: bare
      ? { id: 'common', words: 'common', fitRatio: 1, timeUnit: null, timeEvidence: null }
      : {
          id: 'combined',
          words: 'combined, response time at the end in seconds',
          fitRatio: 0.995,
          timeUnit: 's',
          timeEvidence: 'three decimals',
        },
    requests: total,
    malformed: 37,
    malformedExamples: [
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003<b>hello</b>',
      '-- MARK --',
      '2026/11/21 11:40:02 [error] 31#31: *9812 connect() failed (111: Connection refused)',
    ],
    outsideRange: 0,
    bytes: time(Math.round(total * 21_400)),
    meanMs: time(64.2),
    p50Ms: time(24),
    p90Ms: time(188),
    p99Ms: time(1_240),
    successRatio: total === 0 ? null : 1 - errors / total,
    errorRatio: total === 0 ? null : errors / total,
    firstAtMs: fromMs + 2_000,
    lastAtMs: toMs - 3_000,
    byStatus,
    byHour: Array.from({ length: 24 }, (_, hour) => sampleHour(hour, requests, bare)),
    beyondMinutes: 0,
    endpoints,
    endpointsLeftOut: 0,
    otherRequests: filter?.endpoint == null ? 412 : 0,
    slowest: bare ? [] : sampleRequests(50, toMs, random, 6_400),
    recent: sampleRequests(100, toMs, random, null).map((one) => (bare ? { ...one, timeMs: null, bytes: null } : one)),
    clients: sampleClients(total),
    agents: bare ? [] : sampleAgents.map(([name, part]) => ({ name, requests: Math.round(total * part), errorCount: 0 })),
    referrers: bare ? [] : sampleReferrers.map(([name, part]) => ({ name, requests: Math.round(total * part), errorCount: 0 })),
    bots: sampleBots,
    insights: sampleInsights(total, bare, incidentAtMs(nowMs)),
    timeline: { stretchMs: stretches[1] === undefined ? 60_000 : stretches[1].atMs - (stretches[0]?.atMs ?? 0), stretches },
    reach:
      filter?.endpoint != null || filter?.status != null || filter?.client != null
        ? { requests: 100_000, fromAtMs: nowMs - 5 * hourMs }
        : null,
  };
}

/** Two hours and a bit ago, for twenty minutes. */
function incidentAtMs(nowMs: number): number {
  return Math.floor((nowMs - 2.3 * hourMs) / 60_000) * 60_000;
}

function shareOf(filter: TrafficFilter | undefined): number {
  const endpoint = filter?.endpoint;
  const route = endpoint == null ? undefined : routes.find(([method, path]) => method === endpoint.method && path === endpoint.path);
  return (route?.[2] ?? 1) * (filter?.client == null ? 1 : 0.04) * (filter?.status == null ? 1 : 0.05);
}

function sampleStretches(
  fromMs: number,
  toMs: number,
  nowMs: number,
  share: number,
  bare: boolean,
  random: () => number,
): readonly TrafficStretch[] {
  const stretchMs = Math.max(1_000, Math.ceil((toMs - fromMs) / 168 / 1_000) * 1_000);
  const startMs = Math.floor(fromMs / stretchMs) * stretchMs;
  return Array.from({ length: Math.ceil((toMs - startMs) / stretchMs) }, (_, index): TrafficStretch => {
    const atMs = startMs + index * stretchMs;
    const sinceMs = atMs - incidentAtMs(nowMs);
    const isBad = sinceMs >= 0 && sinceMs < 20 * 60_000;
    const day = 0.35 + 0.65 * Math.sin((((atMs / hourMs) % 24) / 24) * Math.PI) ** 2;
    const requests = Math.round((stretchMs / 60_000) * 240 * day * (0.85 + random() * 0.3) * share);
    const meanMs = bare || requests === 0 ? null : (isBad ? 410 : 52) * (0.85 + random() * 0.3);
    return {
      atMs,
      requests,
      meanMs,
      p90Ms: meanMs === null ? null : meanMs * (2.6 + random() * 0.5),
      bytes: requests * 21_400,
      clientErrors: Math.round(requests * 0.034 * (0.7 + random() * 0.6)),
      serverErrors: Math.round(requests * (isBad ? 0.24 : 0.002) * random() * 1.6),
    };
  });
}

function sampleEndpoint(
  [method, path, share, usualMs, client, server, bytes]: (typeof routes)[number],
  all: number,
  bare: boolean,
): TrafficEndpoint {
  const requests = Math.max(1, Math.round(all * share));
  const clientErrors = Math.round(requests * client);
  const serverErrors = Math.round(requests * server);
  const time = (factor: number) => (bare ? null : usualMs * factor);
  return {
    method,
    path,
    requests,
    meanMs: time(1),
    p50Ms: time(0.62),
    p90Ms: time(2.3),
    p99Ms: time(7.4),
    maxMs: time(21),
    errorRatio: (clientErrors + serverErrors) / requests,
    clientErrors,
    serverErrors,
    bytes: bare ? null : requests * bytes,
  };
}

function sampleStatus(
  endpoints: readonly TrafficEndpoint[],
  requests: number,
  filter: TrafficFilter | undefined,
): Readonly<Record<string, number>> {
  const sum = (of: (one: TrafficEndpoint) => number) => endpoints.reduce((total, one) => total + of(one), 0);
  const bad = sum(({ serverErrors }) => serverErrors);
  const warned = sum(({ clientErrors }) => clientErrors);
  const fine = Math.max(
    0,
    Math.min(
      requests,
      sum((one) => one.requests),
    ) -
      bad -
      warned,
  );
  const parts: readonly (readonly [number, number, number])[] = [
    [200, fine, 0.86],
    [201, fine, 0.04],
    [204, fine, 0.02],
    [304, fine, 0.06],
    [302, fine, 0.02],
    [404, warned, 0.62],
    [401, warned, 0.3],
    [422, warned, 0.05],
    [429, warned, 0.03],
    [502, bad, 0.71],
    [500, bad, 0.21],
    [504, bad, 0.08],
  ];
  const wanted = filter?.status ?? null;
  const fits = (code: number) => wanted === null || code === wanted || `${Math.floor(code / 100)}xx` === wanted;
  return Object.fromEntries(
    parts
      .filter(([code]) => fits(code))
      .map(([code, of, part]) => [String(code), Math.round(of * part)] as const)
      .filter(([, count]) => count > 0),
  );
}

function sampleHour(hour: number, all: number, bare: boolean): WindowTraffic['byHour'][number] {
  const requests = hour < 22 && hour > 6 ? Math.round((all / 14) * (0.4 + Math.sin(((hour - 6) / 16) * Math.PI))) : Math.round(all / 140);
  return {
    requests,
    meanMs: bare ? null : hour === 10 ? 182 : 40 + hour * 1.5,
    errors: Math.round(requests * (hour === 10 ? 0.12 : 0.03)),
  };
}

function sampleRequests(count: number, toMs: number, random: () => number, slowestMs: number | null): readonly TrafficRequest[] {
  return Array.from({ length: count }, (_, index) => {
    const [method, path, , usualMs, client, server, bytes] = routes[Math.floor(random() * routes.length)] ?? ['GET', '/', 0, 1, 0, 0, 0];
    const luck = random();
    return {
      atMs: slowestMs === null ? toMs - index * 260 : toMs - Math.floor(random() * 6 * hourMs),
      method,
      path: path
        .replace(':id', String(100 + index * 7))
        .replace(':uuid', '7f3c1a52-09bd-4d0e-9a5c-2be1f0a7c9d4')
        .replace(':hash', 'c91fe2'),
      status: luck < server * 4 ? 502 : luck > 1 - client ? 404 : 200,
      timeMs: slowestMs === null ? usualMs * (0.5 + random()) : slowestMs * 0.97 ** index,
      bytes,
      client: sampleAddresses[Math.floor(random() * sampleAddresses.length)] ?? '',
    };
  });
}

const sampleAddresses = [
  '203.0.113.24',
  '198.51.100.7',
  '192.0.2.91',
  '2001:db8:85a3::8a2e:370:7334',
  '203.0.113.180',
  '198.51.100.66',
  '192.0.2.14',
];

function sampleClients(total: number): readonly TrafficClient[] {
  return sampleAddresses.map((client, index) => {
    const requests = Math.round(total * 0.052 * 0.82 ** index);
    return {
      client,
      requests,
      errorCount: index > 4 ? 12 : 0,
      bytes: requests * 20_100,
      clientErrors: index === 1 ? Math.round(requests * 0.93) : Math.round(requests * 0.02),
      serverErrors: Math.round(requests * 0.006),
    };
  });
}

const sampleAgents = [
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36', 0.41],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1', 0.27],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 0.09],
  ['Googlebot/2.1 (+http://www.google.com/bot.html)', 0.05],
  ['kube-probe/1.33', 0.02],
  ['curl/8.5.0', 0.011],
] as const;

const sampleReferrers = [
  ['https://shop.example/', 0.31],
  ['https://shop.example/search', 0.11],
  ['https://www.google.com/', 0.06],
  ['https://news.example/gift-guide?utm_source=letter&utm_campaign=november-2026', 0.018],
] as const;

const sampleBots: readonly TrafficBot[] = [
  { kind: 'brute-force', name: '198.51.100.7', requests: 1_204, refused: 1_120 },
  { kind: 'scanner', name: '192.0.2.91', requests: 412, refused: 398 },
  { kind: 'known-bot', name: 'Googlebot', requests: 6_320, refused: 0 },
  { kind: 'known-bot', name: 'bingbot', requests: 1_210, refused: 0 },
  { kind: 'known-bot', name: 'UptimeRobot', requests: 840, refused: 0 },
];
