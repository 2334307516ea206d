import type { Token } from './template-tokens';

/** Nouns that a name follows: `for user root`, `on interface eth0`. */
const namers = new Set(
  `user username users account host hostname server node client peer device interface file folder directory path module package class type
  service unit process program command job task thread queue topic table database schema index bucket domain zone image container pod
  namespace named called name key option parameter property attribute variable function method plugin extension driver library`.split(
    /\s+/,
  ),
);
const preposition = /^(?:for|from|by|to|of|with|as|on|at|in|via)$/i;
const participle = /(?:ed|ing|ful|ly|able)$/;
const capitals = /^[A-Z][A-Z_]+$/;
const identifier = /[a-z][A-Z]|\w[._$~-]\w|::/;

/**
 * How many values a word must take in one frame to count as a variable. Fewer where it looks like a name (behind a noun that
 * names, written like an identifier), more where the frame says little or the words look like a closed set of states and verbs.
 */
export function valuesNeeded(values: readonly string[], tokens: readonly Token[], at: number, wordsBesideCount: number): number {
  if (wordsBesideCount === 0) return Number.POSITIVE_INFINITY;
  const before = tokens[at - 1];
  const frame = wordsBesideCount === 1 ? 6 : wordsBesideCount === 2 ? 5 : 4;
  const most = (test: RegExp) => values.filter((value) => test.test(value)).length * 2 > values.length;
  // What is a number here and a word there is a value.
  if (values.includes('<*>') && (wordsBesideCount >= 3 || before?.text === '"' || before?.text === "'")) return 2;
  if (most(participle) || most(capitals)) return frame * 2;
  if (at === 0) return frame + 1;
  if (before && namers.has(before.text.toLowerCase())) return 3;
  if (before?.text === '=') return 4;
  if (most(identifier)) return Math.max(3, frame - 1);
  if (before && preposition.test(before.text)) return frame;
  return frame + 1;
}
