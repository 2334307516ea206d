import type { LineSink } from '../parse/line-feeder';
import type { LineFields } from '../parse/line-fields';
import { type ColumnsDump, RequestColumns, unknownSecond } from './request-columns';
import { type StretchDump, StretchTable } from './stretches';
import { type AggregateDump, TrafficAggregate } from './traffic-aggregate';

/** Everything about a log as plain data. */
export interface TrafficDump {
  readonly aggregate: AggregateDump;
  readonly stretches: StretchDump;
  readonly columns: ColumnsDump;
}

/** An aggregate that also remembers single requests and how they lie in time, for a window: figures of all, and of any part of them. */
export class RememberedTraffic implements LineSink {
  readonly aggregate = new TrafficAggregate();
  readonly stretches = new StretchTable();
  readonly columns: RequestColumns;

  constructor(rowLimit?: number) {
    this.columns = new RequestColumns(rowLimit);
  }

  request(fields: LineFields): void {
    const endpoint = this.aggregate.request(fields);
    if (endpoint === null) return;
    this.columns.add(fields, endpoint.id);
    const { atSecond, status, timeMs, sentBytes } = fields;
    if (atSecond < 0 || atSecond >= unknownSecond) return;
    const stretch = this.stretches.find(atSecond);
    stretch.requests += 1;
    if (sentBytes >= 0) stretch.bytes += sentBytes;
    if (status >= 500) stretch.serverErrors += 1;
    else if (status >= 400) stretch.clientErrors += 1;
    if (timeMs >= 0) {
      stretch.timedCount += 1;
      stretch.sumMs += timeMs;
      stretch.times.add(timeMs);
    }
  }

  malformed(bytes: Uint8Array, start: number, end: number): void {
    this.aggregate.malformed(bytes, start, end);
  }

  settle(bytes: Uint8Array): void {
    this.aggregate.settle(bytes);
  }

  dump(): TrafficDump {
    return { aggregate: this.aggregate.dump(), stretches: this.stretches.dump(), columns: this.columns.dump() };
  }

  restore({ aggregate, stretches, columns }: TrafficDump): void {
    this.aggregate.restore(aggregate);
    this.stretches.restore(stretches);
    this.columns.restore(columns);
  }
}
