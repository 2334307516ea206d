import { z } from 'zod';
import type { Reason } from '../judgement';
import { type ActionResult, request } from './request';

export const unitName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[A-Za-z0-9:_.@\\][A-Za-z0-9:_.@\\-]*$/, 'not the name of a unit');
const scope = z.enum(['system', 'user']);

export const serviceActions = ['start', 'stop', 'restart'] as const;
export type ServiceAction = (typeof serviceActions)[number];

export const serviceRequests = {
  /** Everything about one unit on one card. */
  'services.explain': request<ServiceExplanation>()(z.object({ unit: unitName, scope }).strict()),
  /** Through the system's own authorisation; LogScope never sees a password. */
  'services.act': request<ActionResult>()(z.object({ unit: unitName, scope, action: z.enum(serviceActions) }).strict(), {
    destructive: true,
  }),
} as const;

export interface ServiceExplanation {
  readonly unit: string;
  readonly description: string;
  readonly documentation: readonly string[];
  readonly unitFile: string | null;
  /** Enabled, disabled, static …; null when unknown. */
  readonly unitFileState: string | null;
  readonly command: string | null;
  /** What happened and what will happen, in order, in words. */
  readonly sentences: readonly Reason[];
  readonly restartPolicy: string | null;
  readonly nextStartAtMs: number | null;
  readonly neededBy: readonly string[];
  readonly needs: readonly string[];
  readonly triggeredBy: readonly string[];
  /** Its newest journal lines, oldest first; `journalUnreadable` says why there are none. */
  readonly lastLines: readonly { readonly atMs: number; readonly text: string; readonly priority: number | null }[];
  readonly journalUnreadable: string | null;
}
