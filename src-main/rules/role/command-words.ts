import type { ProcessFacts } from '../../../src-shared/snapshots';

/** Enough for every form that is looked at; a command line may be megabytes long. */
const mostWords = 64;
const mostLetters = 8192;
/** Longest name of a program that is shown. */
const mostNameLetters = 80;

/**
 * The command line as words: as the kernel keeps it where that was read, else parted at blanks (a path with a blank in it
 * falls apart then). A program that wrote its own title has it as one single word: that is parted at blanks too.
 */
export function wordsOf({ command, evidence }: Pick<ProcessFacts, 'command' | 'evidence'>): readonly string[] {
  const list = evidence?.argumentList ?? [];
  if (list.length > 1) return list;
  const text = list[0] ?? command;
  const words: string[] = [];
  for (const word of text.slice(0, mostLetters).split(' ')) {
    if (word !== '') words.push(word);
    if (words.length === mostWords) break;
  }
  return words;
}

/** Text from outside as one short line: control, format and other invisible characters become blanks. */
export function plainText(text: string, letters = mostNameLetters): string {
  const line = text
    .slice(0, letters * 4)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return line.length <= letters ? line : `${line.slice(0, letters - 1)}…`;
}
