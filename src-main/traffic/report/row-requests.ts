import type { TrafficRequest } from '../../../src-shared/traffic/report';
import type { EndpointTable } from '../aggregate/endpoint-table';
import { type ColumnChunk, namedMark, type RequestColumns, statusMask, unknownSecond, unknownSize } from '../aggregate/request-columns';
import type { Selection } from '../aggregate/select-rows';

/** Single requests of a selection as text. Of their paths only the route is remembered. */
export class RowRequests {
  private readonly named;

  constructor(
    private readonly columns: RequestColumns,
    private readonly table: EndpointTable,
  ) {
    this.named = table.byId();
  }

  /** Newest first. */
  recent({ parts }: Selection, limit: number): readonly TrafficRequest[] {
    const found: TrafficRequest[] = [];
    for (const { chunk, rows } of parts.toReversed()) {
      for (let at = rows.length - 1; at >= 0 && found.length < limit; at--) found.push(this.at(chunk, rows[at] ?? 0));
    }
    return found;
  }

  /** Slowest first. */
  slowest({ parts }: Selection, limit: number): readonly TrafficRequest[] {
    let kept: { chunk: ColumnChunk; row: number; timeMs: number }[] = [];
    let thresholdMs = -0.5;
    for (const { chunk, rows } of parts) {
      const { times } = chunk;
      for (let at = 0; at < rows.length; at++) {
        const row = rows[at] as number;
        const timeMs = times[row] as number;
        if (timeMs <= thresholdMs) continue;
        kept.push({ chunk, row, timeMs });
        if (kept.length < limit * 4) continue;
        kept = kept.sort((a, b) => b.timeMs - a.timeMs).slice(0, limit);
        thresholdMs = kept.at(-1)?.timeMs ?? 0;
      }
    }
    return kept
      .sort((a, b) => b.timeMs - a.timeMs)
      .slice(0, limit)
      .map(({ chunk, row }) => this.at(chunk, row));
  }

  private at(chunk: ColumnChunk, row: number): TrafficRequest {
    const second = chunk.seconds[row] ?? unknownSecond;
    const mark = chunk.marks[row] ?? 0;
    const timeMs = chunk.times[row] ?? -1;
    const size = chunk.sizes[row] ?? unknownSize;
    const { method, path } = this.named.get(this.table.resolve(chunk.endpoints[row] ?? 0)) ?? this.table.other;
    return {
      atMs: second === unknownSecond ? null : second * 1000,
      method: method === '' ? '-' : method,
      path: path === '' ? '…' : path,
      status: mark & statusMask,
      timeMs: timeMs < 0 ? null : timeMs,
      bytes: size === unknownSize ? null : size,
      client: this.columns.clients.textOf(chunk.clients[row] ?? 0, (mark & namedMark) !== 0),
    };
  }
}
