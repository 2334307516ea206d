import type { ProcessesSnapshot, Readings } from '../../src-shared/snapshots';
import type { Core } from '../app/core';
import { ask } from './ask';
import { takeReadings } from './take-readings';

export interface TakeProcessesOptions {
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Also rates: the last two samples lie a second apart. */
  readonly rates: boolean;
  /** Everything that is wanted was looked at closely; asked after each sample. */
  readonly isDone: (snapshot: ProcessesSnapshot) => boolean | Promise<boolean>;
}

/** What a process costs more to be looked at (memory map, package, rights) is read a little with each sample. */
const mostSamples = 200;
const patienceMs = 15_000;
const sampleGapMs = 1_050;

/** The processes with their evidence, as far as it comes within 15 s, judged with everything the other sources say. */
export async function takeProcesses(core: Core, options: TakeProcessesOptions): Promise<Readings['processes']> {
  await takeReadings(core, { samples: 1, wait: options.wait });
  const giveUpAtMs = performance.now() + patienceMs;
  let reading = await refresh(core);
  for (let count = 1; count < mostSamples && performance.now() < giveUpAtMs; count += 1) {
    if (reading.kind !== 'ok' || (await options.isDone(reading.data))) break;
    // A moment for what is read beside the samples (the package database).
    await options.wait(10);
    reading = await refresh(core);
  }
  if (!options.rates || reading.kind !== 'ok') return reading;
  await options.wait(sampleGapMs);
  return refresh(core);
}

async function refresh(core: Core): Promise<Readings['processes']> {
  const answer = await ask(core, 'readings.refresh', { source: 'processes' });
  if (answer.source !== 'processes') throw new Error(`asked for processes, got ${answer.source}`);
  return answer.reading;
}
