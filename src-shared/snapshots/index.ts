import type { Reading } from '../reading';
import type { SourceId } from '../source';
import type { ContainersFacts, ContainersSnapshot } from './containers';
import type { HostFacts, HostSnapshot } from './host';
import type { LogsFacts, LogsSnapshot } from './logs';
import type { PodsFacts, PodsSnapshot } from './pods';
import type { ProcessesFacts, ProcessesSnapshot } from './processes';
import type { ServicesFacts, ServicesSnapshot } from './services';

export { type SourceId, sourceIds } from '../source';
export * from './containers';
export * from './host';
export * from './logs';
export * from './pods';
export * from './processes';
export * from './services';

/** What is: the data each collector returns. */
export interface Facts {
  readonly host: HostFacts;
  readonly containers: ContainersFacts;
  readonly pods: PodsFacts;
  readonly services: ServicesFacts;
  readonly processes: ProcessesFacts;
  readonly logs: LogsFacts;
}

/** What is and what it means: the facts after the rules, as every door gets them. */
export interface Snapshots {
  readonly host: HostSnapshot;
  readonly containers: ContainersSnapshot;
  readonly pods: PodsSnapshot;
  readonly services: ServicesSnapshot;
  readonly processes: ProcessesSnapshot;
  readonly logs: LogsSnapshot;
}

/** One source's latest reading; testing `source` narrows `reading`. */
export type AnyReading = {
  [Id in SourceId]: { readonly source: Id; readonly reading: Reading<Snapshots[Id]> };
}[SourceId];

export type Readings = { readonly [Id in SourceId]: Reading<Snapshots[Id]> };
