import { type DurationSketch, float32Shift, highestFloat32Step, lowestFloat32Step } from './duration-sketch';
import { EndpointFigures, type EndpointTable } from './endpoint-table';
import { MinuteFigures, MinuteTable } from './minute-table';
import { hourShift, statusMask, unknownHour, unknownSecond, unknownSize } from './request-columns';
import type { Selection } from './select-rows';
import { StretchFigures, stretchSeconds } from './stretches';

const stepCount = highestFloat32Step - lowestFloat32Step + 1;

/** Figures of selected requests. */
export interface RowFigures {
  readonly status: Float64Array;
  readonly hours: readonly MinuteFigures[];
  readonly minutes: MinuteTable;
  /** In no order; those that other routes beyond the limit share are `other`. */
  readonly endpoints: readonly EndpointFigures[];
  readonly other: EndpointFigures | null;
  readonly widthSeconds: number;
  /** In order of time; null: nothing was there. */
  readonly stretches: readonly (readonly [atSecond: number, figures: StretchFigures | null])[];
}

/** Times by step, with what a sketch knows besides. Sums are kept apart, in the loop that meets each time anyway. */
class Steps {
  readonly counts = new Uint32Array(stepCount);
  zeroCount = 0;
  sumMs = 0;
  maxMs = 0;

  moveTo(sketch: DurationSketch): void {
    sketch.addSteps(this.counts, lowestFloat32Step, this.zeroCount, this.sumMs, this.maxMs);
  }
}

interface Tally<Figures> {
  readonly figures: Figures;
  steps: Steps | null;
}

/** One pass over the selected rows. */
export function countRows(selection: Selection, table: EndpointTable): RowFigures {
  const marks = new Uint32Array(1 << 15);
  const hours = Array.from({ length: 32 }, () => new MinuteFigures());
  const minutes = new MinuteTable();
  const named = table.byId();
  const endpoints: Tally<EndpointFigures>[] = [];
  const byId: (Tally<EndpointFigures> | undefined)[] = new Array(table.idCount).fill(undefined);
  const { firstSecond, lastSecond } = selection;
  const isTimed = Number.isFinite(firstSecond);
  const widthSeconds = isTimed ? stretchSeconds(firstSecond, lastSecond) : 1;
  const firstStretch = isTimed ? Math.floor(firstSecond / widthSeconds) : 0;
  const stretchCount = isTimed ? Math.floor(lastSecond / widthSeconds) - firstStretch + 1 : 0;
  const stretches: (Tally<StretchFigures> | undefined)[] = new Array(stretchCount).fill(undefined);

  function endpointOf(id: number): Tally<EndpointFigures> {
    const resolved = table.resolve(id);
    const { method, path } = named.get(resolved) ?? table.other;
    const known = byId[resolved] ?? { figures: new EndpointFigures(resolved, method, path), steps: null };
    if (byId[resolved] === undefined) endpoints.push(known);
    byId[resolved] = known;
    byId[id] = known;
    return known;
  }

  function stretchAt(second: number): Tally<StretchFigures> {
    const index = Math.floor(second / widthSeconds) - firstStretch;
    const known = stretches[index] ?? { figures: new StretchFigures(), steps: null };
    stretches[index] = known;
    return known;
  }

  const outside: Tally<StretchFigures> = { figures: new StretchFigures(), steps: null };
  for (const { chunk, rows } of selection.parts) {
    const { seconds, times, sizes } = chunk;
    const bits = new Int32Array(times.buffer, times.byteOffset, times.length);
    let minuteEnd = -1;
    let minuteStart = 0;
    let minute = minutes.beyond;
    let stretchEnd = -1;
    let stretchStart = 0;
    let stretch = outside;
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      const mark = (chunk.marks[row] as number) & 0x7fff;
      const second = seconds[row] as number;
      (marks[mark] as number) += 1;
      if (second < minuteStart || second >= minuteEnd) {
        const isKnown = second !== unknownSecond;
        minute = minutes.find(isKnown ? second : -1);
        minuteStart = isKnown ? second - (second % 60) : second;
        minuteEnd = minuteStart + 60;
      }
      if (second < stretchStart || second >= stretchEnd) {
        const isKnown = second !== unknownSecond;
        stretch = isKnown ? stretchAt(second) : outside;
        stretchStart = isKnown ? second - (second % widthSeconds) : second;
        stretchEnd = stretchStart + widthSeconds;
      }
      const id = chunk.endpoints[row] as number;
      const tally = byId[id] ?? endpointOf(id);
      const endpoint = tally.figures;
      endpoint.requests += 1;
      minute.requests += 1;
      const size = sizes[row] as number;
      if (size !== unknownSize) {
        endpoint.bytes += size;
        minute.bytes += size;
      }
      const status = mark & statusMask;
      if (status >= 500) {
        endpoint.serverErrors += 1;
        minute.serverErrors += 1;
        stretch.figures.serverErrors += 1;
      } else if (status >= 400) {
        endpoint.clientErrors += 1;
        minute.clientErrors += 1;
        stretch.figures.clientErrors += 1;
      }
      stretch.figures.requests += 1;
      if (size !== unknownSize) stretch.figures.bytes += size;
      const timeMs = times[row] as number;
      if (timeMs < 0) continue;
      minute.timedCount += 1;
      minute.sumMs += timeMs;
      const hour = hours[mark >> hourShift] as MinuteFigures;
      hour.timedCount += 1;
      hour.sumMs += timeMs;
      stretch.figures.timedCount += 1;
      const step = Math.min(((bits[row] as number) >> float32Shift) - lowestFloat32Step, stepCount - 1);
      tally.steps ??= new Steps();
      stretch.steps ??= new Steps();
      count(tally.steps, step, timeMs);
      count(stretch.steps, step, timeMs);
    }
  }
  const status = new Float64Array(1_024);
  for (const [mark, times] of marks.entries()) {
    if (times === 0) continue;
    const code = mark & statusMask;
    (status[code] as number) += times;
    const hour = hours[mark >> hourShift] as MinuteFigures;
    hour.requests += times;
    if (code >= 500) hour.serverErrors += times;
    else if (code >= 400) hour.clientErrors += times;
  }
  for (const tally of [...endpoints, ...stretches]) if (tally?.steps != null) tally.steps.moveTo(tally.figures.times);
  for (const tally of stretches) if (tally !== undefined) tally.figures.sumMs = tally.figures.times.sumMs;
  const all = endpoints.map(({ figures }) => figures);
  return {
    status,
    hours: hours.slice(0, Math.min(24, unknownHour)),
    minutes,
    endpoints: all.filter(({ id }) => id !== table.other.id),
    other: all.find(({ id }) => id === table.other.id) ?? null,
    widthSeconds,
    stretches: Array.from(
      { length: stretchCount },
      (_, index) => [(firstStretch + index) * widthSeconds, stretches[index]?.figures ?? null] as const,
    ),
  };
}

function count(steps: Steps, step: number, timeMs: number): void {
  steps.sumMs += timeMs;
  if (timeMs > steps.maxMs) steps.maxMs = timeMs;
  if (step < 0) steps.zeroCount += 1;
  else (steps.counts[step] as number) += 1;
}
