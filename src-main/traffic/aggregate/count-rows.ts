import { float32Shift, lowestFloat32Step } from './duration-sketch';
import { createEndpointCounter, stepCount } from './endpoint-rows';
import type { EndpointFigures, EndpointTable } from './endpoint-table';
import { MinuteFigures, MinuteTable } from './minute-table';
import { hourShift, namedMark, statusMask, unknownSecond, unknownSize } from './request-columns';
import type { SelectedRows, Selection } from './select-rows';
import { StretchFigures, stretchSeconds } from './stretches';

const minuteSeconds = 60;

/** Figures of selected requests. */
export interface RowFigures {
  readonly status: Float64Array;
  /** Twenty-four. */
  readonly hours: readonly MinuteFigures[];
  readonly minutes: MinuteTable;
  /** In no order. */
  readonly endpoints: readonly EndpointFigures[];
  /** What other routes beyond the limit share. */
  readonly other: EndpointFigures | null;
  readonly widthSeconds: number;
  /** In order of time; null: nothing was there. */
  readonly stretches: readonly (readonly [atSecond: number, figures: StretchFigures | null])[];
}

export function countRows(selection: Selection, table: EndpointTable): RowFigures {
  const byEndpoint = createEndpointCounter(table);
  const byTime = createTimeCounter(selection);
  // One chunk after the other: it is in the cache of the processor for the second.
  for (const part of selection.parts) {
    byEndpoint.take(part);
    byTime.take(part);
  }
  const endpoints = byEndpoint.result();
  const { marks, ...time } = byTime.result();
  const status = new Float64Array(statusMask + 1);
  const { hours } = time;
  for (const [mark, requests] of marks.entries()) {
    if (requests === 0) continue;
    const code = mark & statusMask;
    (status[code] as number) += requests;
    const hour = hours[mark >> hourShift];
    if (hour === undefined) continue;
    hour.requests += requests;
    if (code >= 500) hour.serverErrors += requests;
    else if (code >= 400) hour.clientErrors += requests;
  }
  return {
    ...time,
    status,
    endpoints: endpoints.filter(({ id }) => id !== table.other.id),
    other: endpoints.find(({ id }) => id === table.other.id) ?? null,
  };
}

/** Rows lie in order of time but for a few: what is counted of one moment is kept in variables until another begins. */
function createTimeCounter({ firstSecond, lastSecond }: Selection) {
  const isTimed = Number.isFinite(firstSecond);
  const widthSeconds = isTimed ? stretchSeconds(firstSecond, lastSecond) : 1;
  const firstStretch = isTimed ? Math.floor(firstSecond / widthSeconds) : 0;
  const stretchCount = isTimed ? Math.floor(lastSecond / widthSeconds) - firstStretch + 1 : 0;
  const stretches: (StretchFigures | null)[] = new Array(stretchCount).fill(null);
  const stretchSteps = Array.from({ length: stretchCount }, () => new Uint32Array(stepCount));
  const outsideSteps = new Uint32Array(stepCount);
  const marks = new Uint32Array(namedMark);
  const hours = Array.from({ length: 24 }, () => new MinuteFigures());
  const minutes = new MinuteTable();
  /** Minutes are whole numbers of narrower stretches, and wider stretches of minutes. */
  const momentSeconds = Math.min(widthSeconds, minuteSeconds);

  function take({ chunk, rows }: SelectedRows): void {
    const { seconds, times, sizes } = chunk;
    const bits = new Int32Array(times.buffer, times.byteOffset, times.length);
    let startSecond = -1;
    let hourMark = -1;
    let steps = outsideSteps;
    let requests = 0;
    let bytes = 0;
    let clientErrors = 0;
    let serverErrors = 0;
    let timedCount = 0;
    let sumMs = 0;
    let maxMs = 0;
    for (let at = 0; at <= rows.length; at++) {
      const isOver = at === rows.length;
      const row = rows[isOver ? 0 : at] as number;
      const second = seconds[row] as number;
      const mark = (chunk.marks[row] as number) & (namedMark - 1);
      // Unsigned: a second before the start is far behind its end.
      if (isOver || (second - startSecond) >>> 0 >= momentSeconds || mark >> hourShift !== hourMark || startSecond < 0) {
        if (requests > 0) {
          const moment = { requests, timedCount, sumMs, bytes, clientErrors, serverErrors };
          const isKnown = startSecond !== unknownSecond;
          add(minutes.find(isKnown ? startSecond : -1), moment);
          const hour = hours[hourMark];
          if (hour !== undefined) {
            hour.timedCount += timedCount;
            hour.sumMs += sumMs;
          }
          if (isKnown) {
            const index = Math.floor(startSecond / widthSeconds) - firstStretch;
            const stretch = stretches[index] ?? new StretchFigures();
            stretches[index] = stretch;
            add(stretch, moment);
            stretch.maxMs = Math.max(stretch.maxMs, maxMs);
          }
        }
        if (isOver) break;
        startSecond = second === unknownSecond ? second : second - (second % momentSeconds);
        hourMark = mark >> hourShift;
        steps = second === unknownSecond ? outsideSteps : (stretchSteps[Math.floor(second / widthSeconds) - firstStretch] ?? outsideSteps);
        requests = bytes = clientErrors = serverErrors = timedCount = sumMs = maxMs = 0;
      }
      (marks[mark] as number) += 1;
      requests += 1;
      const size = sizes[row] as number;
      if (size !== unknownSize) bytes += size;
      const status = mark & statusMask;
      if (status >= 500) serverErrors += 1;
      else if (status >= 400) clientErrors += 1;
      const timeMs = times[row] as number;
      if (timeMs < 0) continue;
      timedCount += 1;
      sumMs += timeMs;
      if (timeMs > maxMs) maxMs = timeMs;
      const step = ((bits[row] as number) >> float32Shift) - lowestFloat32Step;
      if (step >= 0) (steps[step < stepCount ? step : stepCount - 1] as number) += 1;
    }
  }

  function result() {
    for (const [index, stretch] of stretches.entries()) {
      const steps = stretchSteps[index];
      if (stretch === null || steps === undefined) continue;
      const counted = steps.reduce((sum, count) => sum + count, 0);
      stretch.times.addSteps(steps, lowestFloat32Step, stretch.timedCount - counted, stretch.sumMs, stretch.maxMs);
    }
    const listed = stretches.map((figures, index) => [(firstStretch + index) * widthSeconds, figures] as const);
    return { marks, hours, minutes, widthSeconds, stretches: listed };
  }

  return { take, result };
}

function add(figures: MinuteFigures, moment: Omit<MinuteFigures, 'merge'>): void {
  figures.requests += moment.requests;
  figures.timedCount += moment.timedCount;
  figures.sumMs += moment.sumMs;
  figures.bytes += moment.bytes;
  figures.clientErrors += moment.clientErrors;
  figures.serverErrors += moment.serverErrors;
}
