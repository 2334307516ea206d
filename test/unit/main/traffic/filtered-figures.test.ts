import { deserialize, serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { RememberedTraffic } from '../../../../src-main/traffic/aggregate/remembered-traffic';
import { chooseFormat } from '../../../../src-main/traffic/formats/detect-format';
import { LineFeeder } from '../../../../src-main/traffic/parse/line-feeder';
import { tellTraffic, windowTraffic } from '../../../../src-main/traffic/report/window-report';
import { allTraffic, type TrafficFilter } from '../../../../src-shared/contract';
import { createRandom, reportOf } from './traffic-text';

const startMs = Date.UTC(2025, 5, 10, 0, 0, 0);
const hash = () => '000000';

interface Line {
  readonly atMs: number;
  readonly client: string;
  readonly path: string;
  readonly status: number;
  readonly text: string;
}

/** Requests over `seconds`, in order of time. */
function randomLines(count: number, seconds: number, seed = 7): readonly Line[] {
  const random = createRandom(seed);
  const draw = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: count }, (_, index) => {
    const atMs = startMs + Math.floor((index / count) * seconds) * 1000;
    const client =
      ['10.0.0.1', '10.0.0.2', `10.1.${draw(4)}.${draw(200)}`, '2001:db8::7', 'crawler.example.com', '010.1.1.1'][draw(6)] ?? '';
    const path = ['/', '/api/login', `/api/users/${draw(999)}`, `/api/items/${draw(50)}/photo`][draw(4)] ?? '';
    const status = [200, 200, 200, 301, 404, 401, 500, 503][draw(8)] ?? 200;
    // Written with +0900: hours are those of the log.
    const local = new Date(atMs + 9 * 3_600_000).toISOString();
    const stamp = `${local.slice(8, 10)}/Jun/2025:${local.slice(11, 19)} +0900`;
    const bytes = draw(100) === 0 ? '-' : String(draw(5_000_000));
    const text = `${client} - - [${stamp}] "GET ${path} HTTP/1.1" ${status} ${bytes} "-" "curl/8" ${(random() ** 4 * 3).toFixed(3)}\n`;
    return { atMs, client, path, status, text };
  });
}

function remember(lines: readonly { readonly text: string }[], rowLimit?: number): RememberedTraffic {
  const traffic = new RememberedTraffic(rowLimit);
  const known = chooseFormat(
    'auto',
    lines.slice(0, 200).map(({ text }) => text.trimEnd()),
  );
  if (known === null) throw new Error('no format reads it');
  const feeder = new LineFeeder(known.createParser(), traffic);
  feeder.write(Buffer.from(lines.map(({ text }) => text).join('')));
  feeder.end();
  return traffic;
}

function tell(traffic: RememberedTraffic, filter: Partial<TrafficFilter>) {
  const format = { id: 'combined', words: 'combined', fitRatio: 1, timeUnit: 's', timeEvidence: null } as const;
  return tellTraffic(traffic, { ...allTraffic, ...filter }, { format, parser: { parse: () => false }, hash });
}

const lines = randomLines(20_000, 7_200);
const traffic = remember(lines);

describe('figures of a part are those of a log that holds only this part', () => {
  const cases: readonly (readonly [string, Partial<TrafficFilter>, (line: Line) => boolean])[] = [
    [
      'time',
      { fromMs: startMs + 600_000, toMs: startMs + 1_200_000 },
      ({ atMs }) => atMs >= startMs + 600_000 && atMs < startMs + 1_200_000,
    ],
    ['from within a second', { fromMs: startMs + 600_001 }, ({ atMs }) => atMs >= startMs + 600_001],
    ['endpoint', { endpoint: { method: 'GET', path: '/api/items/:id/photo' } }, ({ path }) => path.endsWith('/photo')],
    ['status', { status: 404 }, ({ status }) => status === 404],
    ['class of status', { status: '5xx' }, ({ status }) => status >= 500],
    ['IPv4 client', { client: '10.0.0.2' }, ({ client }) => client === '10.0.0.2'],
    ['IPv6 client', { client: '2001:db8::7' }, ({ client }) => client === '2001:db8::7'],
    ['an address written unlike the others', { client: '010.1.1.1' }, ({ client }) => client === '010.1.1.1'],
    [
      'all at once',
      { toMs: startMs + 3_000_000, status: '4xx', endpoint: { method: 'GET', path: '/api/users/:id' }, client: '10.0.0.1' },
      (line) =>
        line.atMs < startMs + 3_000_000 &&
        line.status >= 400 &&
        line.status < 500 &&
        line.path.startsWith('/api/users') &&
        line.client === '10.0.0.1',
    ],
  ];
  test.each(cases)('%s', (_name, filter, isWanted) => {
    const { figures, insights, timeline, reach } = tell(traffic, filter);
    const alone = reportOf(
      lines
        .filter(isWanted)
        .map(({ text }) => text)
        .join(''),
    );
    expect(reach).toBeNull();
    for (const key of ['requests', 'bytes', 'byStatus', 'firstAtMs', 'lastAtMs', 'errorRatio', 'p50Ms', 'p90Ms', 'p99Ms'] as const)
      expect(figures[key], key).toEqual(alone[key]);
    expect(figures.meanMs).toBeCloseTo(alone.meanMs ?? Number.NaN, 2);
    expect(figures.byHour.map(({ requests, errors }) => [requests, errors])).toEqual(
      alone.byHour.map(({ requests, errors }) => [requests, errors]),
    );
    expect(figures.byMinute.map(({ atMs, requests, bytes }) => [atMs, requests, bytes])).toEqual(
      alone.byMinute.map(({ atMs, requests, bytes }) => [atMs, requests, bytes]),
    );
    const endpoint = ({ path, requests, bytes, p90Ms, clientErrors, serverErrors }: (typeof figures.endpoints)[number]) =>
      [path, requests, bytes, p90Ms, clientErrors, serverErrors].join(' ');
    expect(figures.endpoints.map(endpoint).sort()).toEqual(alone.endpoints.map(endpoint).sort());
    expect(figures.clients.slice(0, 5).map(({ requests, bytes }) => [requests, bytes])).toEqual(
      alone.clients.slice(0, 5).map(({ requests, bytes }) => [requests, bytes]),
    );
    expect(figures.slowest.slice(0, 20).map(({ timeMs }) => timeMs)).toEqual(alone.slowest.slice(0, 20).map(({ timeMs }) => timeMs));
    expect(insights.map(({ kind }) => kind)).toEqual(alone.insights.map(({ kind }) => kind));
    expect(timeline.stretches.length).toBeLessThanOrEqual(240);
    expect(timeline.stretches.reduce((sum, { requests }) => sum + requests, 0)).toBe(alone.requests);
    expect(timeline.stretches.reduce((sum, { serverErrors }) => sum + serverErrors, 0)).toBe(
      alone.endpoints.reduce((sum, { serverErrors }) => sum + serverErrors, 0),
    );
  });
});

test('the timeline of all has equal stretches, those without requests included', () => {
  const { timeline } = tell(traffic, {});
  expect(timeline.stretchMs).toBe(30_000);
  expect(timeline.stretches.map(({ atMs }) => atMs - startMs)).toEqual(Array.from({ length: 240 }, (_, index) => index * 30_000));
  const gap = remember([
    ...lines.slice(0, 10),
    ...randomLines(10, 10, 3).map((line) => ({ text: line.text.replace('10/Jun/', '12/Jun/') })),
  ]);
  const { stretches, stretchMs } = tell(gap, {}).timeline;
  expect(stretchMs).toBe(1_800_000);
  expect(stretches.at(-1)?.requests).toBe(10);
  expect(stretches[1]).toEqual({
    atMs: startMs + stretchMs,
    requests: 0,
    meanMs: null,
    p90Ms: null,
    bytes: 0,
    clientErrors: 0,
    serverErrors: 0,
  });
});

describe('more requests than are remembered', () => {
  const many = randomLines(200_000, 6_000, 11);
  const bounded = remember(many, 2 * 65_536);

  test('a part says of how many requests it is', () => {
    const { figures, reach } = tell(bounded, { status: 404 });
    expect(reach?.requests).toBe(200_000 - 65_536 * 2);
    expect(reach?.fromAtMs).toBe(many[65_536 * 2]?.atMs);
    expect(figures.requests).toBe(many.slice(65_536 * 2).filter(({ status }) => status === 404).length);
  });

  test('a time that is remembered whole says nothing of it', () => {
    const fromMs = startMs + 5_000_000;
    const { figures, reach } = tell(bounded, { fromMs });
    expect(reach).toBeNull();
    expect(figures.requests).toBe(many.filter(({ atMs }) => atMs >= fromMs).length);
  });

  test('totals of whole minutes are exact all the same', () => {
    const { figures, reach, timeline } = tell(bounded, { fromMs: startMs + 60_000, toMs: startMs + 4_020_000 });
    const wanted = many.filter(({ atMs }) => atMs >= startMs + 60_000 && atMs < startMs + 4_020_000);
    expect(reach).not.toBeNull();
    expect(figures.requests).toBe(wanted.length);
    expect(figures.errorRatio).toBeCloseTo(wanted.filter(({ status }) => status >= 400).length / wanted.length, 9);
    expect(timeline.stretches.reduce((sum, { requests }) => sum + requests, 0)).toBe(wanted.length);
  });
});

test('a window gets a thousand endpoints and how many more there are; totals are of all', () => {
  const letters = 'abcdefghijkl';
  const paths = [...letters].flatMap((one) => [...letters].flatMap((two) => [...letters].map((three) => `/${one}/${two}/${three}`)));
  const wide = remember(
    paths.map((path) => ({ text: `10.0.0.1 - - [10/Jun/2025:00:00:00 +0000] "GET ${path} HTTP/1.1" 200 1 "-" "curl/8"\n` })),
  );
  for (const filter of [{}, { status: 200 }]) {
    const { endpoints, endpointsLeftOut, requests } = windowTraffic(tell(wide, filter));
    expect([endpoints.length, endpointsLeftOut, requests]).toEqual([1_000, 728, 1_728]);
  }
});

test('requests without a time are in no stretch of time', () => {
  const json = (time: string) => ({ text: `{"status":200,"method":"GET","uri":"/x"${time}}\n` });
  const mixed = remember([json(''), json(`,"time":"2025-06-10T00:00:01Z"`), json(`,"time":"2025-06-10T00:00:02Z"`)]);
  expect(tell(mixed, {}).figures.requests).toBe(3);
  expect(tell(mixed, { status: 200 }).figures).toMatchObject({ requests: 3, beyondMinutes: 1, firstAtMs: startMs + 1_000 });
  expect(tell(mixed, { fromMs: startMs }).figures.requests).toBe(2);
  expect(tell(mixed, { fromMs: startMs, toMs: startMs + 2_000 }).figures.requests).toBe(1);
});

test('places that become variable again and again cost few ids, and no request is lost', () => {
  const line = (path: string) => ({ text: `10.0.0.1 - - [10/Jun/2025:00:00:00 +0000] "GET ${path} HTTP/1.1" 200 1 "-" "curl/8"\n` });
  const places = 100;
  const names = 210;
  const nested = remember(
    Array.from({ length: places * names }, (_, index) =>
      line(`/place${String.fromCharCode(97 + (index % 10), 97 + Math.floor(index / 10 / names))}/name${Math.floor(index / 10) % names}x`),
    ),
  );
  const { endpoints } = nested.aggregate;
  expect(endpoints.idCount).toBeLessThan(places * names + 2 * places + 2);
  const [first] = endpoints.all();
  const { figures } = tell(nested, { endpoint: { method: 'GET', path: first?.path ?? '' } });
  expect(figures.requests).toBe(first?.requests);
  expect(tell(nested, { status: 200 }).figures.endpoints.map(({ path, requests }) => [path, requests])).toEqual(
    endpoints.all().map(({ path, requests }) => [path, requests]),
  );
});

test('what another process goes on with says the same', () => {
  const half = remember(lines.slice(0, 10_000));
  const dump = half.dump();
  const copy = deserialize(serialize({ aggregate: dump.aggregate, stretches: dump.stretches, names: dump.columns.clientNames }));
  const gone = new RememberedTraffic();
  gone.restore({ aggregate: copy.aggregate, stretches: copy.stretches, columns: { ...dump.columns, clientNames: copy.names } });
  const known = chooseFormat(
    'auto',
    lines.slice(0, 200).map(({ text }) => text.trimEnd()),
  );
  const feeder = new LineFeeder(known?.createParser() ?? { parse: () => false }, gone);
  feeder.write(
    Buffer.from(
      lines
        .slice(10_000)
        .map(({ text }) => text)
        .join(''),
    ),
  );
  for (const filter of [{}, { client: '2001:db8::7' }, { endpoint: { method: 'GET', path: '/api/users/:id' } }]) {
    const { figures, timeline } = tell(gone, filter);
    const whole = tell(traffic, filter);
    expect(timeline).toEqual(whole.timeline);
    const plain = ({ figures: { clients, slowest, recent, ...rest } }: { figures: typeof figures }) => rest;
    expect(plain({ figures })).toEqual(plain(whole));
    const byName = (one: typeof figures) =>
      new Map(one.clients.slice(0, 5).map(({ client, requests, bytes }) => [client, [requests, bytes]]));
    expect(byName(figures)).toEqual(byName(whole.figures));
  }
});
