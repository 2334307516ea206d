/** A line that may be an error: whether it is one, `findLogError` says. */
export interface PossibleError {
  /** From 1, among all that were read; null: of a container, which are not counted. */
  readonly lineNumber: number | null;
  /** Without its line end, cut at 64 KiB. */
  readonly bytes: Buffer;
  /** Bytes behind the cap. */
  readonly cutBytes: number;
  /** When it was written; null: that is not told beside it. */
  readonly atMs: number | null;
}

export type PossibleErrorListener = (line: PossibleError) => void;
