/** Options of one runtime: which take the next word as their value, and which mean that code follows instead of a file. */
export interface OptionTable {
  /** Take the next word as their value, unless the value is joined by `=`. */
  readonly valued: ReadonlySet<string>;
  /** Code stands in the command line itself. */
  readonly inline: ReadonlySet<string>;
  /** Short ones that may be joined ("-um"), by letter: `value` takes the rest or the next word, `inline` is code. */
  readonly letters?: Readonly<Record<string, 'value' | 'inline'>>;
}

export type FirstArgument =
  | { readonly kind: 'word'; readonly word: string; readonly rest: readonly string[] }
  | { readonly kind: 'inline' }
  | { readonly kind: 'none' };

/** The first word after the options of `words` (the runtime itself left out). */
export function firstArgument(words: readonly string[], table: OptionTable): FirstArgument {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') return wordAt(words, at + 1);
    if (word === '-' || !word.startsWith('-')) return word === '-' ? { kind: 'none' } : wordAt(words, at);
    const equals = word.indexOf('=');
    const option = equals === -1 ? word : word.slice(0, equals);
    if (table.inline.has(option)) return { kind: 'inline' };
    if (table.valued.has(word)) {
      at += 1;
      continue;
    }
    if (table.letters === undefined || word.startsWith('--')) continue;
    const cluster = readCluster(word.slice(1), table.letters);
    if (cluster === 'inline') return { kind: 'inline' };
    if (cluster === 'next') at += 1;
  }
  return { kind: 'none' };
}

function wordAt(words: readonly string[], at: number): FirstArgument {
  const word = words[at];
  return word === undefined ? { kind: 'none' } : { kind: 'word', word, rest: words.slice(at + 1) };
}

function readCluster(letters: string, table: Readonly<Record<string, 'value' | 'inline'>>): 'inline' | 'next' | 'done' {
  for (let at = 0; at < letters.length; at += 1) {
    const meaning = Object.hasOwn(table, letters[at] ?? '') ? table[letters[at] ?? ''] : undefined;
    if (meaning === 'inline') return 'inline';
    if (meaning === 'value') return at === letters.length - 1 ? 'next' : 'done';
  }
  return 'done';
}

export function options(valued: string, inline = ''): Pick<OptionTable, 'valued' | 'inline'> {
  const set = (text: string) => new Set(text.split(' ').filter((word) => word !== ''));
  return { valued: set(valued), inline: set(inline) };
}
