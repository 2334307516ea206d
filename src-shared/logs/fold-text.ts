/** Letters of one cluster that compose: a letter with its marks, a syllable of Hangul written in parts. */
const cluster = /[^\p{M}\u1160-\u11ff][\p{M}\u1160-\u11ff]{0,32}|[\p{M}\u1160-\u11ff]{1,32}/gu;
const beyondAscii = /[^\0-\x7f]/;

export function isAscii(text: string): boolean {
  return !beyondAscii.test(text);
}

/**
 * For comparing without regard to case, to how a letter is put together (Hangul and umlauts of macOS file names come in parts),
 * or to where a Greek sigma stands.
 */
export function foldText(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}

/** Folded as by `foldText`, with the place in `text` of every unit of it and, last, of its end; null: the same places. */
export interface PlacedFold {
  readonly folded: string;
  readonly places: readonly number[] | null;
}

/** Costs more than `foldText`: for what is on screen. */
export function foldWithPlaces(text: string): PlacedFold {
  if (isAscii(text)) return { folded: text.toLowerCase(), places: null };
  let folded = '';
  const places: number[] = [];
  for (const found of text.matchAll(cluster)) {
    const part = foldText(found[0]);
    folded += part;
    for (let unit = 0; unit < part.length; unit += 1) places.push(found.index);
  }
  places.push(text.length);
  return { folded, places };
}
