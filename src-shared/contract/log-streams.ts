import { z } from 'zod';
import type { Sentence } from '../sentence';
import { request } from './request';
import { unitName } from './services';

const kubernetesName = z.string().min(1).max(253);

/** Whose log: one container, one unit, one container of a pod, or every pod of an owner merged by time. */
export const logTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('container'), id: z.string().regex(/^[0-9a-f]{12,64}$/) }).strict(),
  z.object({ kind: z.literal('unit'), unit: unitName, scope: z.enum(['system', 'user']) }).strict(),
  z
    .object({
      kind: z.literal('pod'),
      namespace: kubernetesName,
      name: kubernetesName,
      /** Null: its first container. */
      container: kubernetesName.nullable(),
      /** The run before the present one. */
      previous: z.boolean(),
    })
    .strict(),
  z.object({ kind: z.literal('pods-of'), namespace: kubernetesName, ownerKind: z.string().max(64), ownerName: kubernetesName }).strict(),
]);
export type LogTarget = z.output<typeof logTargetSchema>;

/**
 * Live lines of one source. The window pulls: `logs.next` answers as soon as there are lines, or with none after 10 s, so a
 * slow window costs only itself. A stream nobody asked about for 30 s is closed.
 */
export const logStreamRequests = {
  'logs.open': request<OpenedLog>()(z.object({ target: logTargetSchema, tail: z.number().int().min(0).max(2000) }).strict()),
  'logs.next': request<NextLines>()(z.object({ stream: z.string().max(64), after: z.number().int().min(0) }).strict()),
  'logs.close': request<{ readonly closed: boolean }>()(z.object({ stream: z.string().max(64) }).strict()),
} as const;

export interface OpenedLog {
  readonly stream: string;
}

export interface StreamedLine {
  /** 1, 2, 3 … within the stream. */
  readonly number: number;
  readonly atMs: number | null;
  /** Hostile text; at most 64 KiB, the rest counted in cutBytes. */
  readonly text: string;
  readonly cutBytes: number;
  /** Which of several merged sources it came from; null with one source. */
  readonly origin: string | null;
  readonly level: 'error' | null;
}

export interface NextLines {
  readonly lines: readonly StreamedLine[];
  /** Lines that were lost to this reader because it asked too late. */
  readonly droppedCount: number;
  readonly state: 'following' | 'ended' | 'retrying' | 'unavailable';
  readonly detail: string | null;
  /** The detail sentence by sentence, where some are ours: for windows in other languages. */
  readonly sentences?: readonly Sentence[];
}
