import type { MessageValues } from '../judgement';
import type { DetectedFormat } from './log-format';

/** What an access log says. Figures that the log does not carry are null; durations are milliseconds. */
export interface TrafficReport {
  readonly format: DetectedFormat;
  /** Lines that were read as requests and lie in the wanted time. */
  readonly requests: number;
  /** Lines that the format does not read. Empty lines and comments are no lines. */
  readonly malformed: number;
  /** Up to five of them, cut, masked. */
  readonly malformedExamples: readonly string[];
  /** Requests before `--since` or behind `--until`: read, not counted above. */
  readonly outsideRange: number;
  /** Sent to clients. Null: the log has no sizes. */
  readonly bytes: number | null;
  readonly meanMs: number | null;
  /** Quantiles (nearest rank) are at most 0.8 % from exact. */
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  /** Share of status below 400; null without requests. */
  readonly successRatio: number | null;
  /** Share of status 400 and above; null without requests. */
  readonly errorRatio: number | null;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Twenty-four, hour of day as the log writes it. */
  readonly byHour: readonly TrafficHour[];
  /** In order of time; minutes without requests are left out. */
  readonly byMinute: readonly TrafficMinute[];
  /** Requests whose minute is not kept, because there were too many different ones. */
  readonly beyondMinutes: number;
  /** The most requested first. `path` is a route: identifiers are placeholders. */
  readonly endpoints: readonly TrafficEndpoint[];
  /** Requests of routes beyond the number that is kept apart. */
  readonly otherRequests: number;
  readonly slowest: readonly TrafficRequest[];
  /** Newest first. */
  readonly recent: readonly TrafficRequest[];
  readonly clients: readonly TrafficClient[];
  readonly agents: readonly TrafficCount[];
  readonly referrers: readonly TrafficCount[];
  readonly bots: readonly TrafficBot[];
  readonly insights: readonly TrafficInsight[];
  readonly prompts: TrafficPrompts;
}

export interface TrafficHour {
  readonly requests: number;
  readonly meanMs: number | null;
  /** Status 400 and above. */
  readonly errors: number;
}

export interface TrafficMinute {
  readonly atMs: number;
  readonly requests: number;
  readonly meanMs: number | null;
  readonly bytes: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
}

export interface TrafficEndpoint {
  /** `-`: the request line was no HTTP. */
  readonly method: string;
  readonly path: string;
  readonly requests: number;
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  readonly errorRatio: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  readonly bytes: number | null;
}

/** One request as the log has it; `path` without its query, which may hold secrets. */
export interface TrafficRequest {
  readonly atMs: number | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly timeMs: number | null;
  readonly bytes: number | null;
  readonly client: string;
}

/** `errorCount`: the true count is at most `requests + errorCount` (more clients were seen than are counted at once). */
export interface TrafficClient {
  readonly client: string;
  readonly requests: number;
  readonly errorCount: number;
  readonly bytes: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
}

export interface TrafficCount {
  readonly name: string;
  readonly requests: number;
  readonly errorCount: number;
}

/** `known-bot`: names itself. `scanner`: asks for what is not there. `brute-force`: is refused again and again. */
export interface TrafficBot {
  readonly kind: 'known-bot' | 'scanner' | 'brute-force';
  /** The agent's name, or the client's address. */
  readonly name: string;
  readonly requests: number;
  /** 404 of a scanner, 401 and 403 of brute force, else 0. */
  readonly refused: number;
}

export type InsightKind =
  | 'slowest-endpoint-mean'
  | 'slowest-endpoint-p90'
  | 'client-errors'
  | 'server-errors'
  | 'peak-hour'
  | 'slowest-hour'
  | 'latency-jump'
  | 'server-error-burst'
  | 'dominating-client'
  | 'scanner'
  | 'brute-force'
  | 'folded-noise';

/** English here; other languages fill `reason.traffic-<kind>` and `traffic.remedy.<kind>` with the evidence. */
export interface TrafficInsight {
  readonly kind: InsightKind;
  readonly text: string;
  readonly remedy: string;
  readonly evidence: MessageValues;
}

/** Texts for a language model, with the figures in them; secrets masked, lines of the log fenced. */
export interface TrafficPrompts {
  readonly summary: string;
  readonly anomalies: string;
  readonly dashboard: string;
}

/** What is known of a log before its prompts are written. */
export type TrafficFigures = Omit<TrafficReport, 'insights' | 'prompts'>;
