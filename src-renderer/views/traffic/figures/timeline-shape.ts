import type { TrafficStretch } from '../../../../src-shared/contract';

/** Where things are drawn, px. */
interface TimelineFrame {
  readonly width: number;
  readonly height: number;
}

/** Path data of a timeline: stacked bars from the ground up (5xx, 4xx, the rest), lines of times. */
interface TimelineShape {
  readonly serverErrors: string;
  readonly clientErrors: string;
  readonly fine: string;
  /** Empty: the log carries no times. */
  readonly mean: string;
  readonly p90: string;
  /** At the upper edge. */
  readonly mostRequests: number;
  readonly mostMs: number | null;
}

/** Failures of a hundredth and more are never thinner than this; fewer would paint a red line under every busy site. */
const leastErrorPx = 2;
const leastErrorRatio = 0.01;

export function timelineShape(stretches: readonly TrafficStretch[], { width, height }: TimelineFrame): TimelineShape {
  const mostRequests = niceTop(Math.max(1, ...stretches.map(({ requests }) => requests)));
  const times = stretches.flatMap(({ meanMs, p90Ms }) => [meanMs, p90Ms].filter((one) => one !== null));
  const mostMs = times.length === 0 ? null : niceTop(Math.max(1, ...times));
  const step = width / Math.max(1, stretches.length);
  const gap = step > 5 ? 1 : 0;
  let serverErrors = '';
  let clientErrors = '';
  let fine = '';
  for (const [index, one] of stretches.entries()) {
    if (one.requests === 0) continue;
    const x = round(index * step);
    const barWidth = round(Math.max(0.5, step - gap));
    const tall = (count: number) => (count === 0 ? 0 : (count / mostRequests) * height);
    const bad = Math.max(
      one.serverErrors >= one.requests * leastErrorRatio && one.serverErrors > 0 ? leastErrorPx : 0,
      tall(one.serverErrors),
    );
    const warned = tall(one.clientErrors);
    const whole = Math.max(bad + warned, tall(one.requests), 1);
    if (bad > 0) serverErrors += bar(x, height, barWidth, bad);
    if (warned > 0) clientErrors += bar(x, height - bad, barWidth, warned);
    if (whole - bad - warned > 0.05) fine += bar(x, height - bad - warned, barWidth, whole - bad - warned);
  }
  const line = (value: (one: TrafficStretch) => number | null) =>
    mostMs === null ? '' : linePath(stretches.map(value), step, height, mostMs);
  return { serverErrors, clientErrors, fine, mean: line(({ meanMs }) => meanMs), p90: line(({ p90Ms }) => p90Ms), mostRequests, mostMs };
}

/** Gaps (nothing was asked, so nothing was timed) stay gaps; a time alone is a short dash. */
function linePath(values: readonly (number | null)[], step: number, height: number, most: number): string {
  let path = '';
  let before = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      before = false;
      continue;
    }
    const y = round(height - Math.min(1, value / most) * (height - 2));
    const isAlone = !before && (values[index + 1] ?? null) === null;
    const x = (index + 0.5) * step;
    path += isAlone ? `M${round(x - step / 2)} ${y}h${round(Math.max(1, step))}` : `${before ? 'L' : 'M'}${round(x)} ${y}`;
    before = true;
  }
  return path;
}

function bar(x: number, bottom: number, width: number, tall: number): string {
  return `M${x} ${round(bottom)}v-${round(tall)}h${width}v${round(tall)}Z`;
}

/** The next of a few round figures: an axis that does not shiver with every new request. */
export function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const found = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value - 1e-9) ?? 10;
  return found * power;
}

/** The stretch under a place, -1 where there are none. */
export function stretchAt(x: number, width: number, count: number): number {
  return count === 0 || width <= 0 ? -1 : Math.min(count - 1, Math.max(0, Math.floor((x / width) * count)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
