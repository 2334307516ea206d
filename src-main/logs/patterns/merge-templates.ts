import { findLooseFrames } from './loose-frames';
import type { Token } from './template-tokens';
import { valuesNeeded } from './values-needed';

/** Templates that stand for one pattern: which, by their place in what was given, and what is left when their differences are wildcards. */
export interface Merge {
  readonly members: readonly number[];
  readonly tokens: readonly Token[];
}

interface Entry {
  readonly members: readonly number[];
  readonly tokens: readonly Token[];
  readonly hashes: Int32Array;
  readonly total: number;
}

const wildcard = '<*>';

/**
 * A word is a variable where it takes many values in the same frame, that is, where many templates differ in it alone; a word
 * that alternates between few values is part of what is said. The fewer other words the frame has, the more values it takes.
 * Deterministic: the order given decides nothing but whose blanks the merged template has.
 */
export function mergeTemplates(templates: readonly (readonly Token[])[]): readonly Merge[] {
  const byLength = new Map<number, Entry[]>();
  templates.forEach((tokens, index) => {
    const entry = entryOf([index], tokens);
    const same = byLength.get(tokens.length);
    if (same) same.push(entry);
    else byLength.set(tokens.length, [entry]);
  });
  const merges: Merge[] = [];
  for (const entries of byLength.values()) {
    let current: readonly Entry[] = entries;
    for (let round = 0; round < 8; round += 1) {
      const next = mergeOnce(current);
      if (next.length === current.length) break;
      current = next;
    }
    merges.push(...current);
  }
  return merges;
}

function entryOf(members: readonly number[], tokens: readonly Token[]): Entry {
  const hashes = new Int32Array(tokens.length);
  let total = 0;
  tokens.forEach((token, at) => {
    const hash = hashAt(isValue(token) ? wildcard : token.text, at);
    hashes[at] = hash;
    total += hash;
  });
  return { members, tokens, hashes, total };
}

function isValue(token: Token): boolean {
  return token.kind === 'mask' || token.kind === 'open';
}

function hashAt(text: string, at: number): number {
  let hash = Math.imul(at + 1, 0x9e3779b1);
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x85ebca6b) ^ (hash >>> 13);
}

function mergeOnce(entries: readonly Entry[]): readonly Entry[] {
  const parents = entries.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    for (let parent = parents[root] ?? root; parent !== root; parent = parents[root] ?? root) root = parent;
    parents[index] = root;
    return root;
  };
  const union = (one: number, other: number) => {
    const [low, high] = [find(one), find(other)].sort((a, b) => a - b);
    if (low !== undefined && high !== undefined && low !== high) parents[high] = low;
  };

  const same = new Map<number, number>();
  entries.forEach((entry, index) => {
    const known = same.get(entry.total);
    if (known === undefined) same.set(entry.total, index);
    else union(known, index);
  });

  uniteWithOpen(entries, union);
  const length = entries[0]?.tokens.length ?? 0;
  for (let at = 0; at < length; at += 1) {
    const frames = new Map<number, number[]>();
    entries.forEach((entry, index) => {
      const token = entry.tokens[at];
      if (!token || token.kind === 'mark') return;
      const frame = entry.total - (entry.hashes[at] ?? 0);
      const members = frames.get(frame);
      if (members) members.push(index);
      else frames.set(frame, [index]);
    });
    for (const members of frames.values()) {
      if (members.length < 2) continue;
      const first = entries[members[0] ?? 0];
      if (!first || !isVariable(entries, members, at, wordsBeside(first.tokens, at))) continue;
      for (const index of members) union(members[0] ?? index, index);
    }
  }

  for (const [first, ...others] of findLooseFrames(entries)) {
    for (const other of others) union(first ?? other, other);
  }

  const groups = new Map<number, Entry[]>();
  entries.forEach((entry, index) => {
    const root = find(index);
    const group = groups.get(root);
    if (group) group.push(entry);
    else groups.set(root, [entry]);
  });
  return [...groups.values()].map((group) => (group.length === 1 && group[0] ? group[0] : join(group)));
}

/** Whatever fits a template that already has open places belongs to it. */
function uniteWithOpen(entries: readonly Entry[], union: (one: number, other: number) => void): void {
  entries.forEach((open, openIndex) => {
    if (!open.tokens.some((token) => token.kind === 'open') || !open.tokens.some((token) => token.kind === 'word')) return;
    entries.forEach((entry, index) => {
      if (index !== openIndex && fits(entry, open)) union(openIndex, index);
    });
  });
}

function fits(entry: Entry, open: Entry): boolean {
  for (let at = 0; at < open.tokens.length; at += 1) {
    if (open.hashes[at] === entry.hashes[at]) continue;
    if (open.tokens[at]?.kind !== 'open' || entry.tokens[at]?.kind === 'mark') return false;
  }
  return true;
}

function wordsBeside(tokens: readonly Token[], at: number): number {
  return tokens.reduce((count, token, index) => count + (token.kind === 'word' && index !== at ? 1 : 0), 0);
}

function isVariable(entries: readonly Entry[], members: readonly number[], at: number, wordCount: number): boolean {
  const values = new Set<string>();
  let isOpen = false;
  for (const index of members) {
    const token = entries[index]?.tokens[at];
    if (!token) continue;
    values.add(isValue(token) ? wildcard : token.text);
    if (token.kind === 'open') isOpen = true;
  }
  if (isOpen) return values.size > 1 && wordCount > 0;
  const tokens = entries[members[0] ?? 0]?.tokens ?? [];
  return values.size >= valuesNeeded([...values], tokens, at, wordCount);
}

/** The first one's tokens, a wildcard wherever another differs. */
function join(group: readonly Entry[]): Entry {
  const [first] = group;
  const members = group.flatMap((entry) => entry.members);
  if (!first) return entryOf(members, []);
  const tokens = first.tokens.map((token, at): Token => {
    const others = group.map((entry) => entry.tokens[at] ?? token);
    if (others.every((other) => other.text === token.text && other.kind === token.kind)) return token;
    const kind = others.every((other) => other.kind === 'mask') ? 'mask' : 'open';
    return { text: wildcard, gap: token.gap, kind };
  });
  return entryOf(members, tokens);
}
