import type { TrafficFilter, TrafficReach, TrafficStretch, WindowTraffic } from '../../../src-shared/contract';
import type { TrafficFigures } from '../../../src-shared/traffic/report';
import { MinuteFigures } from '../aggregate/minute-table';
import { stretchSeconds } from '../aggregate/stretches';
import type { TrafficAggregate } from '../aggregate/traffic-aggregate';
import { minuteOf, rounded } from './traffic-figures';

const minuteMs = 60_000;

interface Told {
  readonly figures: TrafficFigures;
  readonly timeline: WindowTraffic['timeline'];
  readonly reach: TrafficReach | null;
}

/**
 * Totals and the timeline of a stretch of time from the minutes, which are known of the whole log, where the wanted time begins and ends with a
 * minute. Endpoints, quantiles and clients stay those of the remembered requests.
 */
export function withWholeMinutes(told: Told, aggregate: TrafficAggregate, { fromMs, toMs }: TrafficFilter): Told {
  const isWhole = (ms: number | null) => ms === null || ms % minuteMs === 0;
  if (!isWhole(fromMs) || !isWhole(toMs) || aggregate.minutes.beyond.requests > 0) return told;
  const from = fromMs ?? Number.NEGATIVE_INFINITY;
  const to = toMs ?? Number.POSITIVE_INFINITY;
  const minutes = aggregate.minutes.all().filter(([minute]) => minute * minuteMs >= from && minute * minuteMs < to);
  const total = new MinuteFigures();
  for (const [, figures] of minutes) total.merge(figures);
  const [first] = minutes;
  const last = minutes.at(-1);
  if (first === undefined || last === undefined) return told;
  const { requests, timedCount, sumMs, bytes, clientErrors, serverErrors } = total;
  const errorRatio = (clientErrors + serverErrors) / requests;
  const figures: TrafficFigures = {
    ...told.figures,
    requests,
    outsideRange: aggregate.requests - requests,
    bytes: aggregate.hasBytes ? bytes : null,
    meanMs: timedCount === 0 ? null : rounded(sumMs / timedCount),
    successRatio: 1 - errorRatio,
    errorRatio,
    firstAtMs: Math.max(first[0] * minuteMs, aggregate.firstSecond * 1000),
    lastAtMs: told.figures.lastAtMs ?? last[0] * minuteMs,
    byMinute: minutes.map(minuteOf),
  };
  return { ...told, figures, timeline: timelineOf(minutes) };
}

function timelineOf(minutes: readonly (readonly [minute: number, figures: MinuteFigures])[]): WindowTraffic['timeline'] {
  const firstSecond = (minutes[0]?.[0] ?? 0) * 60;
  const lastSecond = (minutes.at(-1)?.[0] ?? 0) * 60;
  const widthSeconds = Math.max(60, stretchSeconds(firstSecond, lastSecond));
  const firstStretch = Math.floor(firstSecond / widthSeconds);
  const sums = Array.from({ length: Math.floor(lastSecond / widthSeconds) - firstStretch + 1 }, () => new MinuteFigures());
  for (const [minute, figures] of minutes) sums[Math.floor((minute * 60) / widthSeconds) - firstStretch]?.merge(figures);
  const stretches = sums.map(({ requests, timedCount, sumMs, bytes, clientErrors, serverErrors }, index): TrafficStretch => {
    const meanMs = timedCount === 0 ? null : rounded(sumMs / timedCount);
    return { atMs: (firstStretch + index) * widthSeconds * 1000, requests, meanMs, p90Ms: null, bytes, clientErrors, serverErrors };
  });
  return { stretchMs: widthSeconds * 1000, stretches };
}
