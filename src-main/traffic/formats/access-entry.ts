/** One request as a line tells it. Null: the line does not say. `target` is the request target with its query. */
export interface AccessEntry {
  readonly atMs: number | null;
  /** Hour of day as written, 0 to 23. */
  readonly hour: number | null;
  readonly client: string | null;
  /** Null with a `target`: the request was no HTTP, and the target is all of it. */
  readonly method: string | null;
  readonly target: string;
  readonly status: number;
  readonly bytes: number | null;
  readonly timeMs: number | null;
  readonly referrer: string | null;
  readonly agent: string | null;
}

/** Reads lines of one format that is not the common family. May remember lines that describe the next ones. */
export type EntryReader = (line: string) => AccessEntry | null;
