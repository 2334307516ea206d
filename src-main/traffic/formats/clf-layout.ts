import type { TimeUnit } from '../../../src-shared/traffic/log-format';

/** Where a line of the common family has its response time, behind everything else. */
export type TimePlace =
  | { readonly kind: 'none' }
  /** The last field of the line. */
  | { readonly kind: 'last' }
  /** The field of this number behind the known ones, from 0. */
  | { readonly kind: 'field'; readonly index: number }
  /** Behind `rt=`, `request_time=`, … */
  | { readonly kind: 'named'; readonly name: string };

/** `[host] client ident user [time] "request" status bytes ["referrer" "agent"] [more]`. */
export interface ClfLayout {
  readonly hasHost: boolean;
  readonly hasAgent: boolean;
  readonly time: TimePlace;
  readonly unit: TimeUnit;
}

/** Milliseconds in one. */
export const unitMs: Readonly<Record<TimeUnit, number>> = { s: 1000, ms: 1, us: 0.001, ns: 0.000_001 };
