/** How WebAssembly reads the lines of a format that a parser reads too. */
export interface ScanPlan {
  /** Of wasm/layout.ts. */
  readonly flags: number;
  /** Milliseconds in the log's unit of time. */
  readonly scale: number;
  /** The response time, from where the known parts of the line end, in milliseconds; null: the scanner reads it, or there is none. */
  readonly readTime: ((bytes: Uint8Array, start: number, end: number) => number) | null;
}
