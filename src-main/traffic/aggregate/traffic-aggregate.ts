import type { TrafficRequest } from '../../../src-shared/traffic/report';
import type { LineSink } from '../parse/line-feeder';
import { agentHash, clientHash, type LineFields, referrerHash } from '../parse/line-fields';
import { type EndpointDump, type EndpointFigures, EndpointTable } from './endpoint-table';
import { LineRing } from './line-ring';
import { type MinuteDump, MinuteFigures, MinuteTable } from './minute-table';
import { requestOf } from './request-of';
import { Slowest } from './slowest';
import { bytesColumn, clientErrorColumn, deniedColumn, notFoundColumn, serverErrorColumn, type TopDump, TopTable } from './top-table';

const clientCapacity = 8_192;
const clientNameBytes = 64;
const nameCapacity = 2_048;
const nameBytes = 256;
const keptSlowest = 50;
const keptRecent = 100;
const keptErrors = 30;
const keptMalformed = 5;
const malformedBytes = 300;

/** Seconds since the epoch: from `fromSecond` on, before `toSecond`. */
export interface TimeRange {
  readonly fromSecond: number;
  readonly toSecond: number;
}

export const allTime: TimeRange = { fromSecond: Number.NEGATIVE_INFINITY, toSecond: Number.POSITIVE_INFINITY };

/** An aggregate as plain data, with names in place of hashes: another process has other ones. */
export interface AggregateDump {
  readonly plain: Pick<TrafficAggregate, 'requests' | 'malformedCount' | 'outsideRange' | 'firstSecond' | 'lastSecond' | 'hasBytes'>;
  readonly malformedExamples: readonly Uint8Array[];
  readonly status: Float64Array;
  readonly hours: readonly Omit<MinuteFigures, 'merge'>[];
  readonly minutes: MinuteDump;
  readonly endpoints: EndpointDump;
  readonly clients: TopDump;
  readonly agents: TopDump;
  readonly referrers: TopDump;
  readonly slowest: readonly TrafficRequest[];
  readonly recent: readonly Uint8Array[];
  readonly errors: readonly Uint8Array[];
}

/**
 * What is known of a log, or of a part of it, in bounded memory whatever the log holds; parts are added by `merge`. Counts are exact;
 * quantiles are as exact as DurationSketch, the most frequent names as TopTable.
 */
export class TrafficAggregate implements LineSink {
  requests = 0;
  malformedCount = 0;
  outsideRange = 0;
  firstSecond = Number.POSITIVE_INFINITY;
  lastSecond = Number.NEGATIVE_INFINITY;
  hasBytes = false;
  readonly malformedExamples: Buffer[] = [];
  readonly status = new Float64Array(1_000);
  readonly hours: readonly MinuteFigures[] = Array.from({ length: 24 }, () => new MinuteFigures());
  readonly minutes = new MinuteTable();
  readonly endpoints = new EndpointTable();
  readonly clients = new TopTable(clientHash, clientCapacity, clientNameBytes);
  readonly agents = new TopTable(agentHash, nameCapacity, nameBytes);
  readonly referrers = new TopTable(referrerHash, nameCapacity, nameBytes);
  readonly slowest = new Slowest(keptSlowest);
  readonly recent = new LineRing(keptRecent);
  readonly errors = new LineRing(keptErrors);

  constructor(private readonly range: TimeRange = allTime) {}

  /** The endpoint that was asked for; null: it is outside the wanted time. */
  request(fields: LineFields): EndpointFigures | null {
    const { atSecond, status } = fields;
    const { fromSecond, toSecond } = this.range;
    if (atSecond < fromSecond || atSecond >= toSecond) {
      this.outsideRange += 1;
      return null;
    }
    this.requests += 1;
    (this.status[status] as number) += 1;
    if (atSecond >= 0) {
      if (atSecond < this.firstSecond) this.firstSecond = atSecond;
      if (atSecond > this.lastSecond) this.lastSecond = atSecond;
    }
    const clientError = status >= 400 && status < 500 ? 1 : 0;
    const serverError = status >= 500 ? 1 : 0;
    const minute = this.minutes.find(atSecond);
    const endpoint = this.endpoints.find(fields);
    const client = this.clients.hit(fields, fields.clientStart, fields.clientEnd);
    const clients = this.clients.figures;
    minute.requests += 1;
    endpoint.requests += 1;
    if (fields.sentBytes >= 0) {
      this.hasBytes = true;
      minute.bytes += fields.sentBytes;
      endpoint.bytes += fields.sentBytes;
      (clients[client + bytesColumn] as number) += fields.sentBytes;
    }
    const hour = this.hours[fields.hour];
    if (hour !== undefined) {
      hour.requests += 1;
      hour.clientErrors += clientError;
      hour.serverErrors += serverError;
    }
    if (status >= 400) {
      minute.clientErrors += clientError;
      minute.serverErrors += serverError;
      endpoint.clientErrors += clientError;
      endpoint.serverErrors += serverError;
      (clients[client + clientErrorColumn] as number) += clientError;
      (clients[client + serverErrorColumn] as number) += serverError;
      if (status === 404) (clients[client + notFoundColumn] as number) += 1;
      else if (status === 401 || status === 403) (clients[client + deniedColumn] as number) += 1;
      if (serverError === 1) this.errors.note(fields.lineStart, fields.lineEnd);
    }
    const { timeMs } = fields;
    if (timeMs >= 0) {
      endpoint.times.add(timeMs);
      minute.timedCount += 1;
      minute.sumMs += timeMs;
      if (hour !== undefined) {
        hour.timedCount += 1;
        hour.sumMs += timeMs;
      }
      if (timeMs > this.slowest.thresholdMs) this.slowest.add(requestOf(fields));
    }
    if (fields.agentEnd > fields.agentStart) this.agents.hit(fields, fields.agentStart, fields.agentEnd);
    if (fields.referrerEnd > fields.referrerStart) this.countReferrer(fields);
    this.recent.note(fields.lineStart, fields.lineEnd);
    return endpoint;
  }

  malformed(bytes: Uint8Array, start: number, end: number): void {
    this.malformedCount += 1;
    if (this.malformedExamples.length >= keptMalformed) return;
    this.malformedExamples.push(Buffer.from(bytes.subarray(start, Math.min(end, start + malformedBytes))));
  }

  settle(bytes: Uint8Array): void {
    this.recent.settle(bytes);
    this.errors.settle(bytes);
  }

  dump(): AggregateDump {
    const { requests, malformedCount, outsideRange, firstSecond, lastSecond, hasBytes, malformedExamples, status, hours } = this;
    return {
      plain: { requests, malformedCount, outsideRange, firstSecond, lastSecond, hasBytes },
      malformedExamples,
      status,
      hours,
      minutes: this.minutes.dump(),
      endpoints: this.endpoints.dump(),
      clients: this.clients.dump(),
      agents: this.agents.dump(),
      referrers: this.referrers.dump(),
      slowest: this.slowest.all(),
      recent: this.recent.all(),
      errors: this.errors.all(),
    };
  }

  /** As it was when dumped. The aggregate must be new. */
  restore(dump: AggregateDump): void {
    Object.assign(this, dump.plain);
    this.malformedExamples.push(...dump.malformedExamples.map((bytes) => Buffer.from(bytes)));
    this.status.set(dump.status);
    for (const [hour, figures] of this.hours.entries()) Object.assign(figures, dump.hours[hour]);
    this.minutes.restore(dump.minutes);
    this.endpoints.restore(dump.endpoints);
    this.clients.restore(dump.clients);
    this.agents.restore(dump.agents);
    this.referrers.restore(dump.referrers);
    this.slowest.restore(dump.slowest);
    this.recent.restore(dump.recent);
    this.errors.restore(dump.errors);
  }

  /** Adds a part that lies behind this one. */
  merge(other: TrafficAggregate): void {
    this.requests += other.requests;
    this.malformedCount += other.malformedCount;
    this.outsideRange += other.outsideRange;
    this.firstSecond = Math.min(this.firstSecond, other.firstSecond);
    this.lastSecond = Math.max(this.lastSecond, other.lastSecond);
    this.hasBytes ||= other.hasBytes;
    this.malformedExamples.push(...other.malformedExamples.slice(0, keptMalformed - this.malformedExamples.length));
    for (let status = 0; status < this.status.length; status++) (this.status[status] as number) += other.status[status] as number;
    for (const [hour, figures] of this.hours.entries()) figures.merge(other.hours[hour] ?? new MinuteFigures());
    this.minutes.merge(other.minutes);
    this.endpoints.merge(other.endpoints);
    this.clients.merge(other.clients);
    this.agents.merge(other.agents);
    this.referrers.merge(other.referrers);
    this.slowest.merge(other.slowest);
    this.recent.merge(other.recent);
    this.errors.merge(other.errors);
  }

  /** `-` and an empty text are no referrer. */
  private countReferrer(fields: LineFields): void {
    const { referrerStart, referrerEnd } = fields;
    if (referrerEnd - referrerStart === 1 && fields.bytes[referrerStart] === 45) return;
    this.referrers.hit(fields, referrerStart, referrerEnd);
  }
}
