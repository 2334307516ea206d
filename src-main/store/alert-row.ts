import { z } from 'zod';
import type { Alert } from '../../src-shared/alerts';
import { sourceIds } from '../../src-shared/snapshots';

const values = z.record(z.string(), z.union([z.string(), z.number()]));

/** A stored alert may be of an older LogScope: it is checked like anything else that comes from outside. */
const alertSchema: z.ZodType<Alert> = z.looseObject({
  id: z.string(),
  key: z.string(),
  source: z.enum(sourceIds),
  subject: z.string(),
  level: z.enum(['warning', 'critical']),
  reason: z.object({ rule: z.string(), text: z.string(), values }),
  place: z.object({
    section: z.enum(['overview', 'containers', 'pods', 'services', 'processes', 'logs', 'alerts', 'settings']),
    item: z.string().exactOptional(),
  }),
  raisedAtMs: z.number(),
  clearedAtMs: z.number().nullable(),
  dismissed: z.boolean(),
  foundAtStart: z.boolean(),
  countToday: z.number(),
});

/** The alert in a stored row; null when it is none that this version understands. */
export function parseAlertBody(body: string): Alert | null {
  try {
    const parsed = alertSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
