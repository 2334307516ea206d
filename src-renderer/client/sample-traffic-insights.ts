import type { MessageValues } from '../../src-shared/judgement';
import { type MessageKey, translate } from '../../src-shared/messages/translate';
import type { InsightKind, TrafficInsight } from '../../src-shared/traffic/report';

/** What the rules would say about the made-up shop. */
export function sampleInsights(total: number, bare: boolean, incidentAtMs: number): readonly TrafficInsight[] {
  if (total === 0) return [];
  const from = `${new Date(incidentAtMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const timed: readonly TrafficInsight[] = bare
    ? []
    : [
        insight('latency-jump', { from, minutes: 20, meanMs: 412, usualMs: 54, factor: 7.6 }),
        insight('slowest-endpoint-mean', { method: 'GET', path: '/api/reports/monthly', requests: 622, meanMs: 2840, overallMs: 64.2 }),
      ];
  return [
    insight('server-error-burst', { from, minutes: 18, errors: 842, percent: 21.4 }),
    ...timed,
    insight('server-errors', { method: 'POST', path: '/api/orders', errors: 398, percent: 6.1, sharePercent: 61.8 }),
    insight('client-errors', { method: 'POST', path: '/api/login', errors: 1301, percent: 27, sharePercent: 31.4 }),
    insight('peak-hour', { hour: 14, requests: 15_840, percent: 10.2 }),
    insight('brute-force', { client: '198.51.100.7', denied: 1120, requests: 1204 }),
    insight('scanner', { client: '192.0.2.91', notFound: 398, requests: 412 }),
    insight('folded-noise', { requests: 3_420 }),
  ];
}

function insight(kind: InsightKind, evidence: MessageValues): TrafficInsight {
  const say = (key: string) => translate('en', key as MessageKey, evidence);
  return { kind, text: say(`reason.traffic-${kind}`), remedy: say(`traffic.remedy.${kind}`), evidence };
}
