import type { Failed, Outcome, Reading } from '../../src-shared/reading';
import type { Facts, SourceId } from '../../src-shared/snapshots';
import type { Collector } from '../collectors/collector';
import type { Clock, Timers } from '../platform/clock';

export type FactsReading<Id extends SourceId> = Reading<Facts[Id]>;

/** A run that may outlive its reading: `settled` resolves when the collector's promise really ended. */
export interface CollectorRun<Id extends SourceId> {
  readonly reading: Promise<FactsReading<Id>>;
  readonly settled: Promise<void>;
}

/**
 * Runs a collector once: measures it, aborts it at its time-out and turns a throw into a `failed` reading.
 * One of the three borders where errors are caught. Neither promise rejects.
 */
export function runCollector<Id extends SourceId>(
  collector: Collector<Id>,
  deps: { readonly clock: Clock; readonly timers: Timers; readonly lastOkAtMs: number | null },
): CollectorRun<Id> {
  const { clock, timers } = deps;
  const abort = new AbortController();
  const startedAtMs = clock.nowMs();
  const startMonotonicMs = clock.monotonicMs();
  const finish = (outcome: Outcome<Facts[Id]> | Failed): FactsReading<Id> => ({
    startedAtMs,
    tookMs: clock.monotonicMs() - startMonotonicMs,
    lastOkAtMs: outcome.kind === 'ok' ? startedAtMs : deps.lastOkAtMs,
    ...outcome,
  });

  const collected = invoke(collector, abort.signal).then(finish, (error: unknown) =>
    finish({ kind: 'failed', code: 'unexpected', message: error instanceof Error ? error.message : String(error) }),
  );
  let cancelTimeout = (): void => undefined;
  const timedOut = new Promise<FactsReading<Id>>((resolve) => {
    cancelTimeout = timers.after(collector.timeoutMs, () => {
      abort.abort(new Error('timeout'));
      resolve(finish({ kind: 'failed', code: 'timeout', message: `no answer within ${collector.timeoutMs} ms` }));
    });
  });
  const settled = collected.then(() => cancelTimeout());
  return { reading: Promise.race([collected, timedOut]), settled };
}

/** A collector that throws before its first await must look like one that rejects. */
async function invoke<Id extends SourceId>(collector: Collector<Id>, signal: AbortSignal): Promise<Outcome<Facts[Id]>> {
  return collector.collect(signal);
}
