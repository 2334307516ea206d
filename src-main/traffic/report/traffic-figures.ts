import { LineRedactor, redactText } from '../../../src-shared/redact/redactor';
import type { DetectedFormat } from '../../../src-shared/traffic/log-format';
import type {
  TrafficBot,
  TrafficEndpoint,
  TrafficFigures,
  TrafficHour,
  TrafficMinute,
  TrafficRequest,
} from '../../../src-shared/traffic/report';
import { judgeAgent, judgeClients } from '../../rules/traffic/judge-visitors';
import { DurationSketch } from '../aggregate/duration-sketch';
import type { EndpointFigures } from '../aggregate/endpoint-table';
import type { MinuteFigures } from '../aggregate/minute-table';
import { requestOf } from '../aggregate/request-of';
import { deniedColumn, notFoundColumn, type TopTable } from '../aggregate/top-table';
import type { TrafficAggregate } from '../aggregate/traffic-aggregate';
import { LineFields, type LineParser } from '../parse/line-fields';

export const listedClients = 50;
const listedNames = 30;
export const listedBots = 50;
/** Whoever is refused less often is not looked at. */
export const leastRefused = 20;

/** What the figures need beside the aggregate. `parser` has read the log: some formats remember how lines are to be read. */
export interface FigureContext {
  readonly format: DetectedFormat;
  readonly parser: LineParser;
  /** Keyed hash for what is masked, as of a redactor. */
  readonly hash: (secret: string) => string;
}

/** The aggregate in the words of the report. Paths and examples are without secrets. */
export function trafficFigures(aggregate: TrafficAggregate, context: FigureContext): TrafficFigures {
  const { requests } = aggregate;
  const redactor = new LineRedactor({ hash: context.hash });
  const mask = (text: string) => redactor.redact(text).text;
  const endpoints = aggregate.endpoints.all();
  const all = [...endpoints, aggregate.endpoints.other];
  return {
    format: context.format,
    requests,
    malformed: aggregate.malformedCount,
    malformedExamples: aggregate.malformedExamples.map((bytes) => redactText(bytes.toString('utf8'), { hash: context.hash }).text),
    outsideRange: aggregate.outsideRange,
    ...totalsOf(all, requests, aggregate.hasBytes),
    firstAtMs: Number.isFinite(aggregate.firstSecond) ? aggregate.firstSecond * 1000 : null,
    lastAtMs: Number.isFinite(aggregate.lastSecond) ? aggregate.lastSecond * 1000 : null,
    byStatus: byStatus(aggregate.status),
    byHour: aggregate.hours.map(hourOf),
    byMinute: aggregate.minutes.all().map(minuteOf),
    beyondMinutes: aggregate.minutes.beyond.requests,
    endpoints: endpoints.filter((one) => one.requests > 0).map((one) => endpointOf(one, aggregate.hasBytes, mask)),
    otherRequests: aggregate.endpoints.other.requests,
    slowest: aggregate.slowest.all().map((request) => ({ ...request, path: mask(request.path), timeMs: rounded(request.timeMs) })),
    recent: recentOf(aggregate, context.parser, mask),
    clients: aggregate.clients.top(listedClients).map((one) => ({
      client: one.name,
      requests: one.requests,
      errorCount: one.errorCount,
      bytes: one.bytes,
      clientErrors: one.clientErrors,
      serverErrors: one.serverErrors,
    })),
    agents: names(aggregate.agents, mask),
    referrers: names(aggregate.referrers, mask),
    bots: botsOf(aggregate),
  };
}

/** What all endpoints together say. */
export function totalsOf(all: readonly EndpointFigures[], requests: number, hasBytes: boolean) {
  const times = new DurationSketch();
  for (const endpoint of all) times.merge(endpoint.times);
  const errors = all.reduce((sum, { clientErrors, serverErrors }) => sum + clientErrors + serverErrors, 0);
  return {
    bytes: hasBytes ? all.reduce((sum, { bytes }) => sum + bytes, 0) : null,
    meanMs: rounded(times.meanMs()),
    p50Ms: rounded(times.quantileMs(0.5)),
    p90Ms: rounded(times.quantileMs(0.9)),
    p99Ms: rounded(times.quantileMs(0.99)),
    successRatio: requests === 0 ? null : (requests - errors) / requests,
    errorRatio: requests === 0 ? null : errors / requests,
  };
}

export function byStatus(status: Float64Array): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [code, count] of status.entries()) if (count > 0) counts[String(code).padStart(3, '0')] = count;
  return counts;
}

export function minuteOf([minute, figures]: readonly [number, MinuteFigures]): TrafficMinute {
  return {
    atMs: minute * 60_000,
    requests: figures.requests,
    meanMs: meanOf(figures),
    bytes: figures.bytes,
    clientErrors: figures.clientErrors,
    serverErrors: figures.serverErrors,
  };
}

export function hourOf(figures: MinuteFigures): TrafficHour {
  return { requests: figures.requests, meanMs: meanOf(figures), errors: figures.clientErrors + figures.serverErrors };
}

function meanOf({ timedCount, sumMs }: MinuteFigures): number | null {
  return timedCount === 0 ? null : rounded(sumMs / timedCount);
}

export function endpointOf(endpoint: EndpointFigures, hasBytes: boolean, mask: (text: string) => string): TrafficEndpoint {
  const { method, path, requests, bytes, clientErrors, serverErrors, times } = endpoint;
  return {
    method,
    path: mask(path),
    requests,
    meanMs: rounded(times.meanMs()),
    p50Ms: rounded(times.quantileMs(0.5)),
    p90Ms: rounded(times.quantileMs(0.9)),
    p99Ms: rounded(times.quantileMs(0.99)),
    maxMs: times.count === 0 ? null : rounded(times.maxMs),
    errorRatio: (clientErrors + serverErrors) / requests,
    clientErrors,
    serverErrors,
    bytes: hasBytes ? bytes : null,
  };
}

/** Newest first. The lines are read once more: keeping them as text for each request would cost more than all the rest. */
function recentOf(aggregate: TrafficAggregate, parser: LineParser, mask: (text: string) => string): readonly TrafficRequest[] {
  const fields = new LineFields();
  const found: TrafficRequest[] = [];
  for (const line of aggregate.recent.all()) {
    fields.bytes = line;
    fields.view = new DataView(line.buffer, line.byteOffset, line.length);
    if (!parser.parse(fields, 0, line.length)) continue;
    const request = requestOf(fields);
    found.push({ ...request, path: mask(request.path), timeMs: rounded(request.timeMs) });
  }
  return found.reverse();
}

function names(table: TopTable, mask: (text: string) => string): TrafficFigures['agents'] {
  return table.top(listedNames).map(({ name, requests, errorCount }) => ({ name: mask(name), requests, errorCount }));
}

function botsOf(aggregate: TrafficAggregate): readonly TrafficBot[] {
  const conduct = judgeClients(
    aggregate.clients.where((figures, row) => (figures[row + notFoundColumn] ?? 0) + (figures[row + deniedColumn] ?? 0) >= leastRefused),
  );
  const agents: TrafficBot[] = [];
  for (const { name, requests } of aggregate.agents.top(Number.POSITIVE_INFINITY)) {
    const kind = judgeAgent(name);
    if (kind !== null) agents.push({ kind, name, requests, refused: 0 });
  }
  return [...conduct, ...agents].slice(0, listedBots);
}

/** Microseconds are the finest that any log writes. */
export function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1000;
}
