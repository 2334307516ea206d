import type {
  TrafficExport,
  TrafficFilter,
  TrafficPreview,
  TrafficPrompt,
  TrafficPromptKind,
  WindowTraffic,
} from '../../../src-shared/contract';
import type { Sentence } from '../../../src-shared/sentence';

/** What a session reads: files by their paths and globs, or a stream whose bytes are handed in under a name. */
export type DeskInput =
  | { readonly kind: 'files'; readonly patterns: readonly string[] }
  | { readonly kind: 'stream'; readonly name: string };

/** As TrafficAnswer of the contract. */
export interface DeskAnswer {
  readonly revision: number;
  readonly state: 'reading' | 'following' | 'cancelled' | 'ended' | 'failed';
  readonly problem: Sentence | null;
  readonly readBytes: number;
  readonly totalBytes: number | null;
  readonly report: WindowTraffic | null;
}

/** What the desk can be asked, by name. All rejections are DeskRefusal or bugs. */
export interface DeskQuestions {
  readonly preview: { readonly input: { readonly patterns: readonly string[]; readonly format: string }; readonly answer: TrafficPreview };
  readonly open: { readonly input: { readonly input: DeskInput; readonly format: string }; readonly answer: { readonly session: string } };
  /** As `traffic.figures`: waits until there is something newer than `after`, 10 s at most. */
  readonly figures: {
    readonly input: { readonly session: string; readonly filter: TrafficFilter; readonly after: number | null };
    readonly answer: DeskAnswer;
  };
  readonly cancel: { readonly input: { readonly session: string }; readonly answer: { readonly cancelled: boolean } };
  readonly close: { readonly input: { readonly session: string }; readonly answer: { readonly closed: boolean } };
  readonly export: {
    readonly input: { readonly session: string; readonly filter: TrafficFilter; readonly format: 'markdown' | 'html' | 'json' | 'csv' };
    readonly answer: TrafficExport;
  };
  /** Everything but the id. */
  readonly prompt: {
    readonly input: { readonly session: string; readonly filter: TrafficFilter; readonly prompt: TrafficPromptKind };
    readonly answer: Omit<TrafficPrompt, 'id'>;
  };
}

export type DeskQuestion = keyof DeskQuestions;

/** A question that makes no sense, in words for a person. */
export class DeskRefusal extends Error {
  constructor(
    readonly code: 'bad-input' | 'not-found',
    message: string,
  ) {
    super(message);
    this.name = 'DeskRefusal';
  }
}

/**
 * Where access logs are read and kept as figures, in this thread or in another. Sessions that nobody asks about for a minute are
 * closed; while there is none, nothing runs.
 */
export interface TrafficDesk {
  ask<Name extends DeskQuestion>(
    name: Name,
    input: DeskQuestions[Name]['input'],
    signal?: AbortSignal,
  ): Promise<DeskQuestions[Name]['answer']>;
  /** The next bytes of a session over a stream; whole lines are not needed. False: the session is gone, stop handing in. */
  write(session: string, chunk: Uint8Array): boolean;
  /** Nothing comes any more; `problem`: because something went wrong. */
  endStream(session: string, problem: Sentence | null): void;
  close(): Promise<void>;
}
