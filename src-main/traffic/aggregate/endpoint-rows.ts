import { float32Shift, highestFloat32Step, lowestFloat32Step } from './duration-sketch';
import { EndpointFigures, type EndpointTable } from './endpoint-table';
import { statusMask, unknownSize } from './request-columns';
import type { SelectedRows } from './select-rows';

export const stepCount = highestFloat32Step - lowestFloat32Step + 1;

const width = 6;
const requestsAt = 0;
const bytesAt = 1;
const clientErrorsAt = 2;
const serverErrorsAt = 3;
const sumAt = 4;
const maxAt = 5;

export interface EndpointCounter {
  take(part: SelectedRows): void;
  result(): readonly EndpointFigures[];
}

/** Figures of endpoints over selected rows. Numbers of one endpoint stand side by side in one array: fields of objects cost twice the time. */
export function createEndpointCounter(table: EndpointTable): EndpointCounter {
  const slotOf = new Int32Array(table.idCount).fill(-1);
  const ids: number[] = [];
  const steps: Uint32Array[] = [];
  const zeros: number[] = [];
  let figures = new Float64Array(64 * width);

  function slotFor(id: number): number {
    const resolved = table.resolve(id);
    let slot = slotOf[resolved] ?? -1;
    if (slot < 0) {
      slot = ids.push(resolved) - 1;
      steps.push(new Uint32Array(stepCount));
      zeros.push(0);
      if (ids.length * width > figures.length) {
        const wider = new Float64Array(figures.length * 2);
        wider.set(figures);
        figures = wider;
      }
      slotOf[resolved] = slot;
    }
    slotOf[id] = slot;
    return slot;
  }

  function take({ chunk, rows }: SelectedRows): void {
    const { endpoints, marks, times, sizes } = chunk;
    const bits = new Int32Array(times.buffer, times.byteOffset, times.length);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      const id = endpoints[row] as number;
      let slot = slotOf[id] as number;
      if (slot < 0) slot = slotFor(id);
      const from = slot * width;
      (figures[from + requestsAt] as number) += 1;
      const size = sizes[row] as number;
      if (size !== unknownSize) (figures[from + bytesAt] as number) += size;
      const status = (marks[row] as number) & statusMask;
      if (status >= 400) (figures[from + (status >= 500 ? serverErrorsAt : clientErrorsAt)] as number) += 1;
      const timeMs = times[row] as number;
      if (timeMs < 0) continue;
      (figures[from + sumAt] as number) += timeMs;
      if (timeMs > (figures[from + maxAt] as number)) figures[from + maxAt] = timeMs;
      const step = ((bits[row] as number) >> float32Shift) - lowestFloat32Step;
      if (step < 0) (zeros[slot] as number) += 1;
      else ((steps[slot] as Uint32Array)[step < stepCount ? step : stepCount - 1] as number) += 1;
    }
  }

  function result(): readonly EndpointFigures[] {
    const named = table.byId();
    return ids.map((id, slot) => {
      const { method, path } = named.get(id) ?? table.other;
      const endpoint = new EndpointFigures(id, method, path);
      const [requests = 0, bytes = 0, clientErrors = 0, serverErrors = 0, sumMs = 0, maxMs = 0] = figures.subarray(slot * width);
      Object.assign(endpoint, { requests, bytes, clientErrors, serverErrors });
      endpoint.times.addSteps(steps[slot] ?? new Uint32Array(0), lowestFloat32Step, zeros[slot] ?? 0, sumMs, maxMs);
      return endpoint;
    });
  }

  return { take, result };
}
