import type { ScanPlan } from './line-scan';

/**
 * Where the parts of one line stand; one object for all lines, overwritten by each. A part that the line does not have is empty
 * (start = end). Numbers that it does not have are -1.
 */
export class LineFields {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  lineStart = 0;
  lineEnd = 0;
  clientStart = 0;
  clientEnd = 0;
  methodStart = 0;
  methodEnd = 0;
  pathStart = 0;
  /** Before the query. */
  pathEnd = 0;
  referrerStart = 0;
  referrerEnd = 0;
  agentStart = 0;
  agentEnd = 0;
  status = 0;
  sentBytes = -1;
  timeMs = -1;
  /** Epoch seconds; the line's own zone is worked in. */
  atSecond = -1;
  /** As written, 0 to 23. */
  hour = -1;
  /** Keyed by the places below. Int32Array because V8 of Electron would put large numbers of an object on the heap. */
  readonly hashes = new Int32Array(8);
}

export const routeHash = 0;
export const clientHash = 2;
export const referrerHash = 4;
export const agentHash = 6;

/** Reads one line of one format into `fields`; false: it is none. `bytes` and `view` of the fields are set by the caller. */
export interface LineParser {
  parse(fields: LineFields, start: number, end: number): boolean;
  /** How a scanner reads the same; absent: it cannot. */
  readonly scanPlan?: ScanPlan;
}
