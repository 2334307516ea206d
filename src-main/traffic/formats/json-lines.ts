import type { TimeUnit } from '../../../src-shared/traffic/log-format';
import type { AccessEntry, EntryReader } from './access-entry';
import { unitMs } from './clf-layout';
import { parseCount, parseDuration, parseRequestLine, parseStatus, pathOfTarget, textOrNull } from './request-line';
import { type UnitGuess, unitOfName, unitOfValues } from './time-unit';
import { parseLoggedTime } from './timestamps';

type Fields = Readonly<Record<string, unknown>>;

const keys = {
  status: [
    'status',
    'DownstreamStatus',
    'status_code',
    'statusCode',
    'response_code',
    'code',
    'sc_status',
    'response.status',
    'res.statusCode',
    'http.response.status_code',
    'httpRequest.status',
  ],
  method: [
    'request_method',
    'RequestMethod',
    'method',
    'verb',
    'http_method',
    'request.method',
    'req.method',
    'http.request.method',
    'httpRequest.requestMethod',
  ],
  target: [
    'request_uri',
    'RequestPath',
    'uri',
    'path',
    'url',
    'request.uri',
    'request.url',
    'req.url',
    'url.path',
    'url.original',
    'httpRequest.requestUrl',
  ],
  request: ['request', 'request_line'],
  time: ['time_iso8601', 'time_local', 'StartUTC', 'StartLocal', 'ts', '@timestamp', 'timestamp', 'time', 'date', 'datetime', 'msec'],
  bytes: [
    'body_bytes_sent',
    'bytes_sent',
    'DownstreamContentSize',
    'size',
    'bytes',
    'response_size',
    'response_bytes',
    'content_length',
    'http.response.body.bytes',
    'httpRequest.responseSize',
  ],
  client: [
    'remote_addr',
    'ClientHost',
    'client_ip',
    'remote_ip',
    'request.client_ip',
    'request.remote_ip',
    'clientip',
    'ip',
    'client',
    'remote',
    'remoteAddress',
    'req.remoteAddress',
    'source.ip',
    'httpRequest.remoteIp',
  ],
  agent: [
    'http_user_agent',
    'user_agent',
    'request_User-Agent',
    'userAgent',
    'agent',
    'request.headers.User-Agent',
    'req.headers.user-agent',
    'user_agent.original',
    'httpRequest.userAgent',
  ],
  referrer: ['http_referer', 'http_referrer', 'referer', 'referrer', 'request_Referer', 'request.headers.Referer', 'req.headers.referer'],
  duration: [
    'request_time',
    'duration',
    'Duration',
    'response_time',
    'responseTime',
    'duration_ms',
    'durationMs',
    'elapsed_ms',
    'elapsed',
    'latency',
    'latency_ms',
    'took',
    'took_ms',
    'request_time_ms',
    'event.duration',
    'httpRequest.latency',
  ],
} as const;

/** One JSON object per line, as nginx, Caddy, Traefik and most programs write them. `unit`: of the response time. */
export function createJsonReader(unit: TimeUnit): EntryReader {
  return (line) => {
    const fields = parseObject(line);
    return fields === null ? null : entryOf(fields, unit);
  };
}

/** Of the first lines; null: they carry no time. */
export function unitOfJson(lines: readonly string[]): UnitGuess | null {
  const values: string[] = [];
  let name: string | undefined;
  for (const line of lines) {
    const fields = parseObject(line);
    if (fields === null) continue;
    const key = keys.duration.find((one) => fieldOf(fields, one) !== undefined);
    if (key === undefined) continue;
    name ??= key;
    const value = fieldOf(fields, key);
    if (typeof value === 'string' && /^[\d.]+(?:ms|s|us|µs|ns)$/.test(value)) return { unit: 'ms', evidence: 'each says its unit' };
    const duration = parseDuration(value);
    if (duration !== null) values.push(String(duration));
    // Traefik writes whole nanoseconds, and is known by the other names it uses; so does the Elastic Common Schema.
    if (key === 'event.duration' || (key === 'Duration' && 'DownstreamStatus' in fields)) return { unit: 'ns', evidence: `name ${key}` };
    if (key === 'duration' && isCaddy(fields)) return { unit: 's', evidence: 'Caddy writes seconds' };
  }
  if (name === undefined || values.length === 0) return null;
  return unitOfName(name) ?? unitOfValues(values);
}

function isCaddy(fields: Fields): boolean {
  return typeof fields.logger === 'string' && fields.logger.startsWith('http.log.access');
}

function entryOf(fields: Fields, unit: TimeUnit): AccessEntry | null {
  const status = parseStatus(first(fields, keys.status));
  if (status === null) return null;
  const line = first(fields, keys.request);
  const target = first(fields, keys.target);
  const request =
    typeof target === 'string'
      ? { method: textOrNull(first(fields, keys.method)), target: pathOfTarget(target) }
      : typeof line === 'string'
        ? parseRequestLine(line)
        : null;
  if (request === null) return null;
  const time = parseLoggedTime(first(fields, keys.time));
  return {
    atMs: time?.atMs ?? null,
    hour: time?.hour ?? null,
    client: textOrNull(first(fields, keys.client)),
    ...request,
    status,
    bytes: parseCount(first(fields, keys.bytes)),
    timeMs: durationMs(first(fields, keys.duration), unit),
    referrer: textOrNull(firstOfList(first(fields, keys.referrer))),
    agent: textOrNull(firstOfList(first(fields, keys.agent))),
  };
}

const suffixed = /^([\d.]+)(ns|us|µs|ms|s)$/;

function durationMs(value: unknown, unit: TimeUnit): number | null {
  const told = typeof value === 'string' ? suffixed.exec(value) : null;
  if (told !== null) {
    const ms = Number(told[1]) * unitMs[told[2] === 'µs' ? 'us' : (told[2] as TimeUnit)];
    return Number.isFinite(ms) ? ms : null;
  }
  const duration = parseDuration(value);
  return duration === null ? null : duration * unitMs[unit];
}

function parseObject(line: string): Fields | null {
  if (!line.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function first(fields: Fields, names: readonly string[]): unknown {
  for (const name of names) {
    const value = fieldOf(fields, name);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** `request.uri`: a field of that name, or a field of the object in `request`. */
function fieldOf(fields: Fields, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const dot = name.indexOf('.');
  if (dot < 0) return undefined;
  const inner = fields[name.slice(0, dot)];
  return typeof inner === 'object' && inner !== null ? fieldOf(inner as Fields, name.slice(dot + 1)) : undefined;
}

/** Caddy writes headers as lists. */
function firstOfList(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}
