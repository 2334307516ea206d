import type { TrafficFilter } from '../../../../src-shared/contract';

/** What a click on a figure narrows to; a second one takes it back. */
export interface Narrow {
  readonly status: (status: NonNullable<TrafficFilter['status']>) => void;
  readonly client: (client: string) => void;
  readonly endpoint: (method: string, path: string) => void;
  readonly time: (fromMs: number, toMs: number) => void;
}
