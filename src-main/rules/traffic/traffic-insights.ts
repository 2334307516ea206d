import type { MessageValues } from '../../../src-shared/judgement';
import { translate } from '../../../src-shared/messages/translate';
import type { InsightKind, TrafficEndpoint, TrafficFigures, TrafficInsight } from '../../../src-shared/traffic/report';
import { reason } from '../reason';
import { findLatencyJump, findServerErrorBurst, usualMeanMs } from './unusual-minutes';

/** Asked for by browsers and crawlers on their own; missing ones say nothing about the application. */
const noisePath = /^\/(?:favicon\.ico|robots\.txt|apple-touch-icon[^/]*\.png|browserconfig\.xml|ads\.txt|sitemap\.xml|\.well-known\/.*)$/;
const leastErrors = 5;
const leastErrorRatio = 0.05;
const dominatingShare = 0.3;
const leastDominating = 100;
const namedVisitors = 3;

/** What an access log says, in words with figures and a remedy; what matters most first. Pure. */
export function deriveTrafficInsights(figures: TrafficFigures): readonly TrafficInsight[] {
  if (figures.requests === 0) return [];
  const noise = figures.endpoints.filter(({ path, clientErrors }) => noisePath.test(path) && clientErrors > 0);
  const endpoints = figures.endpoints.filter((endpoint) => !noise.includes(endpoint));
  return [
    ...burst(figures),
    ...jump(figures),
    ...concentration('server-errors', endpoints, ({ serverErrors }) => serverErrors),
    ...concentration('client-errors', endpoints, ({ clientErrors }) => clientErrors),
    ...slowEndpoints(figures, endpoints),
    ...hours(figures),
    ...visitors(figures),
    ...foldedNoise(noise),
  ];
}

function insight(kind: InsightKind, evidence: MessageValues): TrafficInsight {
  return { kind, text: reason(`traffic-${kind}`, evidence).text, remedy: translate('en', `traffic.remedy.${kind}`), evidence };
}

function burst({ byMinute }: TrafficFigures): readonly TrafficInsight[] {
  const spell = findServerErrorBurst(byMinute);
  if (spell === null) return [];
  const { minutes, serverErrors, requests } = spell;
  return [
    insight('server-error-burst', {
      from: momentText(spell.fromAtMs),
      minutes,
      errors: serverErrors,
      percent: percent(serverErrors, requests),
    }),
  ];
}

function jump({ byMinute }: TrafficFigures): readonly TrafficInsight[] {
  const usual = usualMeanMs(byMinute);
  const spell = findLatencyJump(byMinute);
  if (spell === null || usual === null) return [];
  const factor = usual === 0 ? 0 : rounded(spell.meanMs / usual);
  const { minutes, meanMs } = spell;
  return [insight('latency-jump', { from: momentText(spell.fromAtMs), minutes, meanMs: rounded(meanMs), usualMs: rounded(usual), factor })];
}

/** Endpoints with many errors of a kind, most first: at most two. */
function concentration(
  kind: 'client-errors' | 'server-errors',
  endpoints: readonly TrafficEndpoint[],
  errorsOf: (endpoint: TrafficEndpoint) => number,
): readonly TrafficInsight[] {
  const total = endpoints.reduce((sum, endpoint) => sum + errorsOf(endpoint), 0);
  const found = endpoints.filter((one) => errorsOf(one) >= leastErrors && errorsOf(one) >= one.requests * leastErrorRatio);
  return found
    .toSorted((a, b) => errorsOf(b) - errorsOf(a))
    .slice(0, 2)
    .map((endpoint) => {
      const errors = errorsOf(endpoint);
      const { method, path, requests } = endpoint;
      return insight(kind, { method, path, errors, percent: percent(errors, requests), sharePercent: percent(errors, total) });
    });
}

function slowEndpoints(figures: TrafficFigures, endpoints: readonly TrafficEndpoint[]): readonly TrafficInsight[] {
  if (figures.meanMs === null) return [];
  // A single slow request makes no slow endpoint.
  const least = Math.min(20, Math.ceil(figures.requests / 1_000) + 4);
  const busy = endpoints.filter(({ requests, meanMs }) => requests >= least && meanMs !== null);
  const byMean = busy.toSorted((a, b) => (b.meanMs ?? 0) - (a.meanMs ?? 0))[0];
  const byP90 = busy.toSorted((a, b) => (b.p90Ms ?? 0) - (a.p90Ms ?? 0))[0];
  const found: TrafficInsight[] = [];
  if (byMean !== undefined) {
    const { method, path, requests, meanMs } = byMean;
    found.push(
      insight('slowest-endpoint-mean', { method, path, requests, meanMs: rounded(meanMs ?? 0), overallMs: rounded(figures.meanMs) }),
    );
  }
  if (byP90 !== undefined) {
    const { method, path, requests, p90Ms, p50Ms } = byP90;
    found.push(insight('slowest-endpoint-p90', { method, path, requests, p90Ms: rounded(p90Ms ?? 0), p50Ms: rounded(p50Ms ?? 0) }));
  }
  return found;
}

function hours({ byHour, requests, meanMs }: TrafficFigures): readonly TrafficInsight[] {
  const told = byHour.map((figures, hour) => ({ ...figures, hour })).filter((one) => one.requests > 0);
  const peak = told.toSorted((a, b) => b.requests - a.requests)[0];
  if (peak === undefined || told.length < 2) return [];
  const found = [insight('peak-hour', { hour: peak.hour, requests: peak.requests, percent: percent(peak.requests, requests) })];
  // An hour with next to no requests is slow by chance.
  const busy = told.filter((one) => one.meanMs !== null && one.requests >= Math.max(5, requests / 500));
  const slowest = busy.toSorted((a, b) => (b.meanMs ?? 0) - (a.meanMs ?? 0))[0];
  if (slowest === undefined || busy.length < 2 || meanMs === null) return found;
  return [...found, insight('slowest-hour', { hour: slowest.hour, meanMs: rounded(slowest.meanMs ?? 0), overallMs: rounded(meanMs) })];
}

function visitors({ clients, bots, requests }: TrafficFigures): readonly TrafficInsight[] {
  const found: TrafficInsight[] = [];
  const first = clients[0];
  if (first !== undefined && clients.length > 1 && first.requests >= leastDominating && first.requests >= requests * dominatingShare) {
    found.push(
      insight('dominating-client', { client: first.client, requests: first.requests, percent: percent(first.requests, requests) }),
    );
  }
  // A scanner by its agent's name is no address that could be blocked: it is in the list of bots only.
  for (const bot of bots.filter(({ kind, refused }) => kind === 'scanner' && refused > 0).slice(0, namedVisitors))
    found.push(insight('scanner', { client: bot.name, requests: bot.requests, notFound: bot.refused }));
  for (const bot of bots.filter(({ kind }) => kind === 'brute-force').slice(0, namedVisitors))
    found.push(insight('brute-force', { client: bot.name, requests: bot.requests, denied: bot.refused }));
  return found;
}

function foldedNoise(noise: readonly TrafficEndpoint[]): readonly TrafficInsight[] {
  const requests = noise.reduce((sum, { clientErrors }) => sum + clientErrors, 0);
  return requests === 0 ? [] : [insight('folded-noise', { requests })];
}

/** Minute of UTC. */
function momentText(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : rounded((part / whole) * 100);
}

/** One decimal, none from 100 on. */
function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
