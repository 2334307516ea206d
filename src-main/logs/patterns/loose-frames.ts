import type { Token } from './template-tokens';

/** So many templates of the same loose frame are no coincidence. */
const templatesNeeded = 8;
const wordsNeeded = 3;

interface Framed {
  readonly tokens: readonly Token[];
  readonly hashes: Int32Array;
  readonly total: number;
}

/**
 * Templates of one length that vary at several places at once: words that no other template has at that place are left out, and
 * many templates that agree in the rest, which must be the larger part, are one pattern. Indices of `entries`, group by group.
 */
export function findLooseFrames(entries: readonly Framed[]): readonly (readonly number[])[] {
  if (entries.length < templatesNeeded) return [];
  // The hash of a token has its place in it.
  const uses = new Map<number, number>();
  for (const { hashes } of entries) for (const hash of hashes) uses.set(hash, (uses.get(hash) ?? 0) + 1);
  const frames = new Map<string, number[]>();
  entries.forEach(({ tokens, hashes, total }, index) => {
    let frame = total;
    let wordCount = 0;
    const loose: number[] = [];
    tokens.forEach((token, at) => {
      if (token.kind !== 'word') return;
      const hash = hashes[at] ?? 0;
      if (uses.get(hash) === 1) {
        frame -= hash;
        loose.push(at);
      } else wordCount += 1;
    });
    if (loose.length < 2 || wordCount < wordsNeeded || wordCount <= loose.length) return;
    const key = `${frame} ${loose.join(' ')}`;
    const members = frames.get(key);
    if (members) members.push(index);
    else frames.set(key, [index]);
  });
  return [...frames.values()].filter((members) => members.length >= templatesNeeded);
}
