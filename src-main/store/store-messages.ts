import type { Alert } from '../../src-shared/alerts';
import type { MetricPoint } from '../../src-shared/metrics';
import type { RememberedRun } from '../../src-shared/runs';
import type { Batch } from './history';
import type { KeeperOpening } from './history-keeper';
import type { RangeQuery } from './store';

/** What the store's thread is started with. */
export interface StoreThreadData {
  readonly file: string;
}

/** To the store's thread. `id` joins a reply to what it answers. */
export type StoreRequest =
  | { readonly kind: 'write'; readonly id: number; readonly batch: Batch }
  | { readonly kind: 'range'; readonly id: number; readonly query: RangeQuery }
  | { readonly kind: 'recent-alerts'; readonly id: number; readonly limit: number }
  | { readonly kind: 'runs'; readonly id: number; readonly identity: string }
  | { readonly kind: 'close'; readonly id: number };

/** From the store's thread. */
export type StoreReply =
  | { readonly kind: 'opened'; readonly opening: KeeperOpening }
  /** All of these writes were tried; `problem` is null when they are kept. */
  | { readonly kind: 'written'; readonly ids: readonly number[]; readonly problem: string | null; readonly setAsideFile: string | null }
  | { readonly kind: 'points'; readonly id: number; readonly points: readonly MetricPoint[] }
  | { readonly kind: 'alerts'; readonly id: number; readonly alerts: readonly Alert[] }
  | { readonly kind: 'runs'; readonly id: number; readonly runs: readonly RememberedRun[] }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };
