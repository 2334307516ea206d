import { foldText } from './fold-text';
import { createLinearTest } from './linear-test';

/** What a noise rule looks for, made ready: `foldedText` is the text by `foldText`, folded once for all rules. */
export type NoiseMatch = (text: string, foldedText: () => string) => boolean;

const expression = /^\/(.+)\/(i?)$/s;

/**
 * `word`, anywhere and without regard to case, or `/expression/`, `/expression/i`. Null: an expression that makes no sense or that
 * `isLinearRegex` refuses: a rule with it does nothing, and the window says so.
 */
export function createNoiseMatch(match: string): NoiseMatch | null {
  const found = expression.exec(match);
  if (found === null) {
    const word = foldText(match);
    return (_text, foldedText) => foldedText().includes(word);
  }
  return createLinearTest(found[1] ?? '', found[2] === 'i');
}
