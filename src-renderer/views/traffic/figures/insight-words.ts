import type { MessageValues } from '../../../../src-shared/judgement';
import type { InsightKind, TrafficInsight } from '../../../../src-shared/traffic/report';
import type { LevelMark } from '../../../components/level-shape';
import { formatDay } from '../../../words/time';
import type { Words } from '../../../words/use-words';
import { logText } from '../figure-text';
import type { Narrow } from './narrow';

const levels: Readonly<Record<InsightKind, LevelMark>> = {
  'server-error-burst': 'critical',
  'server-errors': 'critical',
  'latency-jump': 'warning',
  'client-errors': 'warning',
  'slowest-endpoint-mean': 'warning',
  'slowest-endpoint-p90': 'warning',
  'peak-hour': 'ok',
  'slowest-hour': 'ok',
  'dominating-client': 'warning',
  scanner: 'warning',
  'brute-force': 'warning',
  'folded-noise': 'inactive',
};

/** How much it wants a look. Slow endpoints and hours are there in every log: facts, no alarms. */
export function insightLevel({ kind, evidence }: TrafficInsight): LevelMark {
  if (kind === 'slowest-endpoint-mean' || kind === 'slowest-endpoint-p90') return isFarFrom(evidence) ? 'warning' : 'ok';
  return levels[kind];
}

/** Three times what is usual, and a time a person notices. */
function isFarFrom({ meanMs, overallMs, p90Ms, p50Ms }: MessageValues): boolean {
  const [slow, usual] = meanMs === undefined ? [p90Ms, p50Ms] : [meanMs, overallMs];
  return Number(slow) >= 300 && Number(slow) >= 3 * Number(usual);
}

/** What was found and what helps, in the person's language and clock. */
export function insightWords(
  words: Words,
  { kind, text, remedy, evidence }: TrafficInsight,
): { readonly text: string; readonly remedy: string } {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(evidence)) values[name] = valueText(words, name, value);
  return {
    text: logText(words.tOr(`reason.traffic-${kind}`, text, values)),
    remedy: words.tOr(`traffic.remedy.${kind}`, remedy, values),
  };
}

function valueText(words: Words, name: string, value: string | number): string | number {
  if (name === 'from') {
    const atMs = momentOf(value);
    return atMs === null ? value : formatDay(words.language, atMs);
  }
  return typeof value === 'number' && name !== 'hour' ? value.toLocaleString('en') : value;
}

/** `2026-11-21 11:40 UTC`, as the rules write it. */
function momentOf(value: string | number | undefined): number | null {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC$/.exec(String(value));
  return found === null ? null : Date.parse(`${found[1]}T${found[2]}Z`);
}

/** Narrows the figures to what an insight is about; null: it is about all of them. */
export function insightWay({ evidence, kind }: TrafficInsight, narrow: Narrow): (() => void) | null {
  const { method, path, client, from, minutes } = evidence;
  if (kind === 'peak-hour' || kind === 'slowest-hour' || kind === 'folded-noise') return null;
  if (typeof method === 'string' && typeof path === 'string') return () => narrow.endpoint(method, path);
  if (typeof client === 'string') return () => narrow.client(client);
  const fromMs = momentOf(from);
  if (fromMs === null || typeof minutes !== 'number') return null;
  return () => narrow.time(fromMs, fromMs + minutes * 60_000);
}
