import type { AnyReading, Readings, SourceId } from '../../src-shared/snapshots';
import { sourceIds } from '../../src-shared/snapshots';
import type { Core } from '../app/core';
import { ask } from './ask';

export interface TakeOptions {
  /** 1: what is there now. 2: also rates, which need two samples at least a second apart. */
  readonly samples: 1 | 2;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Two samples closer than this give rates that jump. */
const sampleGapMs = 1_050;
/** A container engine may answer its first figures a second or two late; after that the gap is shown as unknown. */
const figuresPatienceMs = 5_000;

/**
 * Reads every source by itself instead of waiting for the engine's cadence (which is paused: a run of its own right before
 * the second sample would shrink the interval of the rates). Sources that fail or are not there answer with that.
 */
export async function takeReadings(core: Core, options: TakeOptions): Promise<Readings> {
  await ask(core, 'engine.pause', { paused: true });
  let readings = await refreshAll(core);
  if (options.samples === 1) return readings;
  await options.wait(sampleGapMs);
  readings = await refreshAll(core);
  const giveUpAtMs = performance.now() + figuresPatienceMs;
  while (lacksFigures(readings.containers) && performance.now() < giveUpAtMs) {
    await options.wait(sampleGapMs);
    readings = { ...readings, ...(await refresh(core, 'containers')) };
  }
  return readings;
}

async function refreshAll(core: Core): Promise<Readings> {
  const parts = await Promise.all(sourceIds.map((source) => refresh(core, source)));
  return Object.assign({}, ...parts) as Readings;
}

async function refresh(core: Core, source: SourceId): Promise<Partial<Readings>> {
  const { reading }: AnyReading = await ask(core, 'readings.refresh', { source });
  return { [source]: reading };
}

function lacksFigures(reading: Readings['containers']): boolean {
  return reading.kind === 'ok' && reading.data.containers.some((container) => container.state === 'running' && container.cpuCores === null);
}
