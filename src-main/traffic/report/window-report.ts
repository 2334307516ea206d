import type { TrafficFilter, TrafficReach, TrafficStretch, WindowTraffic } from '../../../src-shared/contract';
import type { TrafficFigures, TrafficInsight } from '../../../src-shared/traffic/report';
import { deriveTrafficInsights } from '../../rules/traffic/traffic-insights';
import type { RememberedTraffic } from '../aggregate/remembered-traffic';
import type { StretchFigures } from '../aggregate/stretches';
import { filteredFigures } from './filtered-figures';
import { withWholeMinutes } from './minute-totals';
import { wantsAll, wantsTimeOnly } from './row-filter';
import { type FigureContext, rounded, trafficFigures } from './traffic-figures';

const listedEndpoints = 1_000;

/** All that is said of a log under a filter, before it is written for somebody. */
export interface ToldTraffic {
  readonly figures: TrafficFigures;
  readonly insights: readonly TrafficInsight[];
  readonly timeline: WindowTraffic['timeline'];
  readonly reach: TrafficReach | null;
}

export function tellTraffic(traffic: RememberedTraffic, filter: TrafficFilter, context: FigureContext): ToldTraffic {
  if (wantsAll(filter)) {
    const figures = trafficFigures(traffic.aggregate, context);
    const { stretches } = traffic;
    return {
      figures,
      insights: deriveTrafficInsights(figures),
      timeline: timelineOf(stretches.widthSeconds, stretches.all()),
      reach: null,
    };
  }
  const { figures, stretches, reach } = filteredFigures(traffic, filter, context.format, context.hash);
  const timeline = timelineOf(stretches.widthSeconds, stretches.stretches);
  const told = { figures, timeline, reach };
  const whole = reach !== null && wantsTimeOnly(filter) ? withWholeMinutes(told, traffic.aggregate, filter) : told;
  return { ...whole, insights: deriveTrafficInsights(whole.figures) };
}

/** As a window draws it. */
export function windowTraffic({ figures, insights, timeline, reach }: ToldTraffic): WindowTraffic {
  const { byMinute: _minutes, endpoints, ...rest } = figures;
  return {
    ...rest,
    endpoints: endpoints.slice(0, listedEndpoints),
    endpointsLeftOut: Math.max(0, endpoints.length - listedEndpoints),
    insights,
    timeline,
    reach,
  };
}

function timelineOf(
  widthSeconds: number,
  stretches: readonly (readonly [atSecond: number, figures: StretchFigures | null])[],
): WindowTraffic['timeline'] {
  return { stretchMs: widthSeconds * 1000, stretches: stretches.map(([atSecond, figures]) => stretchOf(atSecond * 1000, figures)) };
}

function stretchOf(atMs: number, figures: StretchFigures | null): TrafficStretch {
  if (figures === null) return { atMs, requests: 0, meanMs: null, p90Ms: null, bytes: 0, clientErrors: 0, serverErrors: 0 };
  const { requests, bytes, clientErrors, serverErrors, times } = figures;
  return { atMs, requests, meanMs: rounded(times.meanMs()), p90Ms: rounded(times.quantileMs(0.9)), bytes, clientErrors, serverErrors };
}
