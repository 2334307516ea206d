import type { SecretDetector, SecretKind } from './secret-kinds';

/**
 * Source of a left border: no word goes on here. What stands directly before may also be the end of a colour code or an escape
 * of a quoted text ("\n"), whose last letter is none of a word.
 */
export const leftBorder = String.raw`(?:(?<![A-Za-z0-9_])|(?<=\u001b\[[\d;]{0,12}m)|(?<=\\[nrt]))`;

/**
 * A detector of one expression. The secret is group 1, which must reach to the end of the match, or all of the match.
 * To stay linear an expression repeats without a bound only at its end, or behind a border that no part of the run has.
 */
export function expressionDetector(
  kind: SecretKind,
  keywords: readonly string[],
  source: string,
  accepts: (secret: string) => boolean = () => true,
  flags = '',
): SecretDetector {
  const expression = new RegExp(source, `g${flags}`);
  return {
    keywords,
    find(text, isCut, add) {
      expression.lastIndex = 0;
      for (let found = expression.exec(text); found !== null; found = expression.exec(text)) {
        const secret = found[1] ?? found[0];
        const end = found.index + found[0].length;
        if (secret !== '' && (accepts(secret) || (isCut && end === text.length))) {
          add({ kind, start: end - secret.length, end, contextStart: found.index });
        }
        if (found[0] === '') expression.lastIndex += 1;
      }
    },
  };
}

/** Letters and digits both: no plain word, no plain number. */
export function isMixed(text: string): boolean {
  return /\d/.test(text) && /[A-Za-z]/.test(text);
}
