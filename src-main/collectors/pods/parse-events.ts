import { z } from 'zod';
import type { PodEvent } from '../../../src-shared/contract/pods';
import { parseTime } from './parse';

const maxMessageLength = 2_000;
const text = z.string().nullish().catch(null);

const eventSchema = z.object({
  type: text,
  reason: text,
  message: text,
  count: z.number().int().positive().nullish().catch(null),
  firstTimestamp: text,
  lastTimestamp: text,
  eventTime: text,
  metadata: z.object({ creationTimestamp: text }).nullish().catch(null),
  series: z
    .object({ count: z.number().int().nullish().catch(null), lastObservedTime: text })
    .nullish()
    .catch(null),
  involvedObject: z.object({ kind: text, name: text }).nullish().catch(null),
});

/** Events out of an EventList, newest first; those that cannot be read are left out. */
export function parseEvents(json: unknown): readonly PodEvent[] {
  const list = z.object({ items: z.array(z.unknown()).nullish() }).safeParse(json);
  const items = list.success ? (list.data.items ?? []) : [];
  return items.map(parseEvent).filter((event) => event !== null);
}

/** Newest first; those without a time last. */
export function newestFirst(events: readonly PodEvent[]): readonly PodEvent[] {
  return [...events].sort((one, other) => (other.atMs ?? 0) - (one.atMs ?? 0));
}

function parseEvent(json: unknown): PodEvent | null {
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success) return null;
  const { type, reason, message, count, series, involvedObject, lastTimestamp, eventTime, firstTimestamp, metadata } = parsed.data;
  const words = message ?? '';
  return {
    atMs: parseTime(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? metadata?.creationTimestamp),
    type: type ?? 'Normal',
    reason: reason ?? '',
    message: words.length <= maxMessageLength ? words : `${words.slice(0, maxMessageLength)}…`,
    count: series?.count ?? count ?? 1,
    object: `${involvedObject?.kind ?? ''} ${involvedObject?.name ?? ''}`.trim(),
  };
}
