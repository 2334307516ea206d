import { z } from 'zod';
import type { Sentence } from '../sentence';
import type { DetectedFormat } from '../traffic/log-format';
import type { TrafficReport, TrafficRequest } from '../traffic/report';
import { nothing, request } from './request';

const name = z.string().min(1).max(253);
const path = z.string().min(1).max(4_096);

/** What is read: files (absolute, `~/…`, or globs; rotated and .gz siblings join by themselves), or what a container or pod prints. */
export const trafficInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('files'), paths: z.array(path).min(1).max(20) }).strict(),
  z.object({ kind: z.literal('container'), id: z.string().regex(/^[0-9a-f]{12,64}$/) }).strict(),
  /** `container` null: its first. */
  z.object({ kind: z.literal('pod'), namespace: name, name, container: name.nullable() }).strict(),
  /** Sample logs that go on by themselves. */
  z.object({ kind: z.literal('demo') }).strict(),
]);
export type TrafficInput = z.output<typeof trafficInputSchema>;

/** `auto`, a name of a format, or a log_format / LogFormat string. */
const format = z.string().min(1).max(4_000);

/** Which requests the figures are of; null: all. Any but the times narrow what is known to the newest requests (see TrafficReach). */
export const trafficFilterSchema = z
  .object({
    /** From this time on, and before that. */
    fromMs: z.number().int().nullable(),
    toMs: z.number().int().nullable(),
    /** `path` is a route of the report. */
    endpoint: z
      .object({ method: z.string().max(64), path })
      .strict()
      .nullable(),
    /** One code, or all of a class. */
    status: z.union([z.number().int().min(0).max(999), z.enum(['1xx', '2xx', '3xx', '4xx', '5xx'])]).nullable(),
    client: z.string().min(1).max(256).nullable(),
  })
  .strict();
export type TrafficFilter = z.output<typeof trafficFilterSchema>;

export const allTraffic: TrafficFilter = { fromMs: null, toMs: null, endpoint: null, status: null, client: null };

const session = z.string().min(1).max(64);
const promptKind = z.enum(['summary', 'anomalies', 'dashboard']);
export type TrafficPromptKind = z.output<typeof promptKind>;

/**
 * Access logs as figures. A session reads one input and follows it until it is closed, or nobody asked about it for a minute. Inputs that
 * make no sense are refused with `bad-input`, sessions that are gone with `not-found`.
 */
export const trafficRequests = {
  /** What could be looked at: well-known files, those used lately, containers and pods that print access lines. */
  'traffic.sources': request<TrafficSources>()(nothing),
  /** The first lines as a format reads them, before the whole is read. */
  'traffic.preview': request<TrafficPreview>()(z.object({ input: trafficInputSchema, format }).strict()),
  'traffic.open': request<{ readonly session: string }>()(z.object({ input: trafficInputSchema, format }).strict()),
  /** Answers as soon as there is something newer than revision `after` under this filter, or with what there is after 10 s. */
  'traffic.figures': request<TrafficAnswer>()(
    z.object({ session, filter: trafficFilterSchema, after: z.number().int().min(0).nullable() }).strict(),
  ),
  /** Reads no further; what was read stays. */
  'traffic.cancel': request<{ readonly cancelled: boolean }>()(z.object({ session }).strict()),
  'traffic.close': request<{ readonly closed: boolean }>()(z.object({ session }).strict()),
  /** A whole report as a file, secrets masked. */
  'traffic.export': request<TrafficExport>()(
    z.object({ session, filter: trafficFilterSchema, format: z.enum(['markdown', 'html', 'json', 'csv']) }).strict(),
  ),
  /** The same as a PDF, saved where the person says. The desktop app alone can; other doors refuse and name the HTML report. */
  'traffic.pdf': request<TrafficPdf>()(z.object({ session, filter: trafficFilterSchema }).strict()),
  /** The text exactly as `traffic.ask` would send it. Kept for ten minutes. */
  'traffic.prompt': request<TrafficPrompt>()(z.object({ session, filter: trafficFilterSchema, prompt: promptKind }).strict()),
  /** Sends a previewed text to the model that the person configured. The answer is text, and nothing is done by it. */
  'traffic.ask': request<TrafficModelAnswer>()(z.object({ id: z.string().min(1).max(64) }).strict(), { destructive: true }),
} as const;

export interface TrafficSource {
  readonly input: TrafficInput;
  /** "access.log", name of the container. */
  readonly name: string;
  /** Folder, image, namespace; empty: nothing to add. */
  readonly detail: string;
  /** Of all its present files; null: unknown. */
  readonly sizeBytes: number | null;
  readonly changedAtMs: number | null;
  /** Why it was found. */
  readonly why: 'well-known' | 'recent' | 'prints-access-lines' | 'followed' | 'demo';
  /** Why it cannot be read now, with the remedy; null: it can. */
  readonly problem: Sentence | null;
}

export interface TrafficSources {
  readonly sources: readonly TrafficSource[];
  /** Where prompts may be sent; null: nowhere, they can be copied. */
  readonly model: { readonly name: string; readonly url: string; readonly isLocal: boolean } | null;
}

export interface TrafficPreview {
  /** Null: no format reads it. */
  readonly format: DetectedFormat | null;
  readonly problem: Sentence | null;
  /** In the order in which they are read. */
  readonly files: readonly { readonly path: string; readonly sizeBytes: number }[];
  /** Up to twenty; texts are hostile, masked and cut. `request` null: it is not read. */
  readonly lines: readonly { readonly text: string; readonly request: TrafficRequest | null }[];
}

export interface TrafficAnswer {
  readonly revision: number;
  /** `following`: read to its end, new lines are taken as they come. `ended`: nothing comes any more. */
  readonly state: 'reading' | 'following' | 'cancelled' | 'ended' | 'failed';
  /** Why it failed, or what could not be read of it (one of several files, lines of a container that came too fast). */
  readonly problem: Sentence | null;
  readonly readBytes: number;
  /** Null: unknown (a container's output, compressed files). */
  readonly totalBytes: number | null;
  /** Null: nothing newer than `after`, or not enough read to say anything. */
  readonly report: WindowTraffic | null;
}

/** A report as a window draws it. */
export interface WindowTraffic extends Omit<TrafficReport, 'byMinute' | 'prompts'> {
  /** Equal stretches of time, oldest first, those without requests included; at most 240. */
  readonly timeline: { readonly stretchMs: number; readonly stretches: readonly TrafficStretch[] };
  /** Endpoints beyond the thousand that are listed (they are in the totals). */
  readonly endpointsLeftOut: number;
  /** Null: the figures are of everything that was read. */
  readonly reach: TrafficReach | null;
}

export interface TrafficStretch {
  readonly atMs: number;
  readonly requests: number;
  readonly meanMs: number | null;
  readonly p90Ms: number | null;
  readonly bytes: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
}

/** Single requests are remembered up to a number: a narrowed report is of the newest ones where there were more. */
export interface TrafficReach {
  readonly requests: number;
  readonly fromAtMs: number;
}

export interface TrafficExport {
  /** Suggested, without a folder. */
  readonly fileName: string;
  readonly mediaType: 'text/markdown' | 'text/html' | 'application/json' | 'text/csv';
  readonly text: string;
}

/** `path` null: the person saved it nowhere. */
export interface TrafficPdf {
  readonly saved: boolean;
  readonly path: string | null;
}

export interface TrafficPrompt {
  readonly id: string;
  readonly text: string;
  readonly sizeBytes: number;
  readonly maskedCount: number;
}

export interface TrafficModelAnswer {
  readonly model: string;
  /** Hostile text. */
  readonly text: string;
  readonly tookMs: number;
}
