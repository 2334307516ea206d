import type { LogPattern } from './log-pattern';
import { type Token, textOf, tokenize } from './template-tokens';

const mostSources = 8;
const exampleCharacters = 500;

/** A pattern as it grows. When groups turn out to be one, the younger points to the older. */
export class PatternGroup {
  count = 0;
  lastSequence = 0;
  private merged: PatternGroup | null = null;
  private tokensOrNull: readonly Token[] | null = null;
  private template: string;
  private firstSeenAtMs: number | null = null;
  private lastSeenAtMs: number | null = null;
  private readonly sources = new Set<string>();
  private lastSource: string | null = null;
  private unnamedSourceCount = 0;
  private readonly example: string;

  constructor(
    readonly id: string,
    shape: string,
    message: string,
  ) {
    this.template = shape.trim();
    this.example = detached(message.slice(0, exampleCharacters));
  }

  get tokens(): readonly Token[] {
    this.tokensOrNull ??= tokenize(this.template);
    return this.tokensOrNull;
  }

  /** The group that speaks for this one now. */
  get current(): PatternGroup {
    if (this.merged === null) return this;
    const current = this.merged.current;
    this.merged = current;
    return current;
  }

  see(atMs: number | null, source: string | null, sequence: number): void {
    this.count += 1;
    this.lastSequence = sequence;
    if (atMs !== null) this.seenAt(atMs);
    if (source !== null && source !== this.lastSource) {
      this.lastSource = source;
      this.nameSource(source);
    }
  }

  seeMany(count: number, minAtMs: number, maxAtMs: number, source: string, sequence: number): void {
    this.see(minAtMs, source, sequence);
    this.seenAt(maxAtMs);
    this.count += count - 1;
  }

  absorb(other: PatternGroup): void {
    this.count += other.count;
    this.lastSequence = Math.max(this.lastSequence, other.lastSequence);
    if (other.firstSeenAtMs !== null) this.seenAt(other.firstSeenAtMs);
    if (other.lastSeenAtMs !== null) this.seenAt(other.lastSeenAtMs);
    for (const source of other.sources) this.nameSource(source);
    this.unnamedSourceCount += other.unnamedSourceCount;
    other.merged = this;
  }

  widen(tokens: readonly Token[]): void {
    this.tokensOrNull = tokens;
    this.template = textOf(tokens);
  }

  toPattern(): LogPattern {
    const { id, template, count, firstSeenAtMs, lastSeenAtMs, unnamedSourceCount, example } = this;
    return { id, template, count, firstSeenAtMs, lastSeenAtMs, sources: [...this.sources].sort(), unnamedSourceCount, example };
  }

  private seenAt(atMs: number): void {
    if (this.firstSeenAtMs === null || atMs < this.firstSeenAtMs) this.firstSeenAtMs = atMs;
    if (this.lastSeenAtMs === null || atMs > this.lastSeenAtMs) this.lastSeenAtMs = atMs;
  }

  private nameSource(source: string): void {
    if (this.sources.has(source)) return;
    if (this.sources.size < mostSources) this.sources.add(source);
    else this.unnamedSourceCount += 1;
  }
}

/** V8 keeps the whole line alive for a slice of it; a copy does not. */
export function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
