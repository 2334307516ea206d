import type { LogPattern, MinerLosses } from './log-pattern';
import { maskLine } from './mask-line';
import { mergeTemplates } from './merge-templates';
import { detached, PatternGroup } from './pattern-group';

export interface MinerLimits {
  /** Shapes whose group is known at a glance. */
  readonly maxShapes: number;
  readonly maxPatterns: number;
}

const defaultLimits: MinerLimits = { maxShapes: 20_000, maxPatterns: 5_000 };
/** New groups after which it is worth looking for those that are one. */
const newGroupsBeforeSettling = 1_000;

/**
 * Groups messages by what they say, as they come, without configuration: a message becomes its shape (mask-line), a known shape
 * its group at the cost of one look-up; templates that differ only in variable words are merged from time to time
 * (merge-templates). Deterministic, in bounded memory; never throws on a message.
 */
export class PatternMiner {
  private readonly groupByShape = new Map<string, PatternGroup>();
  private groups: PatternGroup[] = [];
  private readonly ids = new Set<string>();
  private sequence = 0;
  private unsettledCount = 0;
  private evictedPatternCount = 0;
  private evictedLineCount = 0;
  private readonly limits: MinerLimits;
  private changes = 0;

  constructor(limits: Partial<MinerLimits> = {}) {
    this.limits = { ...defaultLimits, ...limits };
  }

  /** Takes in a message without its head. What it returns tells the id later, when merges are known: `idOf`. */
  add(message: string, seen: { readonly atMs: number | null; readonly source: string | null }): PatternGroup {
    this.sequence += 1;
    const shape = maskLine(message);
    const group = this.groupByShape.get(shape)?.current ?? this.open(shape, message);
    group.see(seen.atMs, seen.source, this.sequence);
    return group;
  }

  /** Another one: groups were merged, or shapes forgotten. */
  get version(): number {
    return this.changes;
  }

  /** Of a message whose `maskLine` is known; null: it is none that is known. */
  find(shape: string): PatternGroup | null {
    return this.groupByShape.get(shape)?.current ?? null;
  }

  /** Takes in many messages of a known group; the last of them is the `place`th since the last `pass`. */
  addMany(
    group: PatternGroup,
    seen: { readonly count: number; readonly minAtMs: number; readonly maxAtMs: number; readonly source: string; readonly place: number },
  ): void {
    group.seeMany(seen.count, seen.minAtMs, seen.maxAtMs, seen.source, this.sequence + seen.place);
  }

  /** So many messages were taken in by `addMany`. */
  pass(count: number): void {
    this.sequence += count;
  }

  /** Takes up a pattern of an earlier run under its id: what comes again finds it. */
  restore({ id, template, example }: Pick<LogPattern, 'id' | 'template' | 'example'>): PatternGroup {
    this.sequence += 1;
    const group = new PatternGroup(id, template, example);
    group.lastSequence = this.sequence;
    this.ids.add(id);
    this.groupByShape.set(detached(maskLine(example)), group);
    this.groups.push(group);
    this.unsettledCount += 1;
    return group;
  }

  /** As far as is known now. */
  idOf(group: PatternGroup): string {
    return group.current.id;
  }

  /** All patterns, the most frequent first, among equals the older. */
  patterns(): readonly LogPattern[] {
    this.settle();
    return this.groups.map((group) => group.toPattern()).sort((one, other) => other.count - one.count);
  }

  losses(): MinerLosses {
    return { evictedPatternCount: this.evictedPatternCount, evictedLineCount: this.evictedLineCount };
  }

  /** Merges groups that turned out to be one. Called by itself now and then; cheap when nothing is new. */
  settle(): void {
    if (this.unsettledCount === 0) return;
    this.unsettledCount = 0;
    this.changes += 1;
    const groups: PatternGroup[] = [];
    for (const merge of mergeTemplates(this.groups.map((group) => group.tokens))) {
      const [first, ...others] = merge.members.flatMap((index) => this.groups[index] ?? []);
      if (!first) continue;
      for (const other of others) {
        first.absorb(other);
        this.ids.delete(other.id);
      }
      if (others.length > 0) first.widen(merge.tokens);
      groups.push(first);
    }
    this.groups = groups;
  }

  private open(maskedLine: string, message: string): PatternGroup {
    const shape = detached(maskedLine);
    if (this.unsettledCount >= newGroupsBeforeSettling) this.settle();
    if (this.groups.length >= this.limits.maxPatterns) this.settle();
    if (this.groups.length >= this.limits.maxPatterns) this.evict();
    if (this.groupByShape.size >= this.limits.maxShapes) this.forgetShapes();
    const group = new PatternGroup(this.freshId(shape), shape, message);
    this.groupByShape.set(shape, group);
    this.groups.push(group);
    this.unsettledCount += 1;
    return group;
  }

  /** The older half: a shape that comes again finds its group when templates are merged. */
  private forgetShapes(): void {
    this.changes += 1;
    let left = this.groupByShape.size >> 1;
    for (const shape of this.groupByShape.keys()) {
      if (left === 0) break;
      this.groupByShape.delete(shape);
      left -= 1;
    }
  }

  private evict(): void {
    this.changes += 1;
    const byAge = [...this.groups].sort((one, other) => one.lastSequence - other.lastSequence);
    const evicted = new Set(byAge.slice(0, Math.max(1, Math.floor(this.groups.length / 4))));
    for (const group of evicted) {
      this.ids.delete(group.id);
      this.evictedPatternCount += 1;
      this.evictedLineCount += group.count;
    }
    this.groups = this.groups.filter((group) => !evicted.has(group));
    for (const [shape, group] of this.groupByShape) if (evicted.has(group.current)) this.groupByShape.delete(shape);
  }

  private freshId(shape: string): string {
    let id = hashOf(shape, 0);
    for (let seed = 1; this.ids.has(id); seed += 1) id = hashOf(shape, seed);
    this.ids.add(id);
    return id;
  }
}

/** FNV-1a twice, 48 bits together: no defence, only a name. */
function hashOf(text: string, seed: number): string {
  let low = 0x811c9dc5 ^ seed;
  let high = 0xc2b2ae35 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return `p${(low >>> 0).toString(16).padStart(8, '0')}${((high >>> 16) & 0xffff).toString(16).padStart(4, '0')}`;
}
