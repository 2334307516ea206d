import { EntryParser } from '../parse/entry-parser';
import type { EntryReader } from './access-entry';
import { createAlbReader } from './alb';
import { detectClf } from './clf';
import { createJsonReader, unitOfJson } from './json-lines';
import type { KnownFormat } from './known-format';
import { compileFormatString, isFormatString } from './log-format-string';
import type { UnitGuess } from './time-unit';
import { createW3cReader } from './w3c';

/** So many of the first lines decide. */
export const detectionLines = 200;

/** Names for `chooseFormat` beside a format string. */
export const formatNames = ['auto', 'common', 'combined', 'json', 'w3c', 'alb'] as const;

/** The format that reads most of `lines` (the first ones of the log); null: none reads any. */
export function detectFormat(lines: readonly string[]): KnownFormat | null {
  const told = lines.filter((line) => line !== '' && (!line.startsWith('#') || line.startsWith('#Fields:')));
  const found = candidates(told).filter((one) => one.detected.fitRatio > 0);
  return found.toSorted((a, b) => b.detected.fitRatio - a.detected.fitRatio)[0] ?? null;
}

/**
 * The format that a person named: a name of `formatNames`, or a format string of nginx or Apache. Null: the lines do not fit `auto`, or
 * nothing is called so. Throws FormatStringProblem.
 */
export function chooseFormat(wanted: string, lines: readonly string[]): KnownFormat | null {
  if (isFormatString(wanted)) {
    const { unit } = compileFormatString(wanted);
    const create = () => compileFormatString(wanted).read;
    const guess = unit === null ? null : { unit, evidence: 'the format string says so' };
    return lineFormat('custom', 'your format string', create, lines, guess);
  }
  if (wanted === 'auto') return detectFormat(lines);
  return candidates(lines).find(({ detected }) => detected.id === wanted) ?? null;
}

function candidates(lines: readonly string[]): readonly KnownFormat[] {
  const clf = detectClf(lines);
  const jsonUnit = unitOfJson(lines);
  const others = [
    lineFormat('json', 'one JSON object a line', () => createJsonReader(jsonUnit?.unit ?? 's'), lines, jsonUnit),
    lineFormat('w3c', 'W3C extended, columns named by #Fields', createW3cReader, lines, null),
    lineFormat('alb', 'Amazon application load balancer', createAlbReader, lines, { unit: 's', evidence: 'documented by Amazon' }),
  ];
  return clf === null ? others : [clf, ...others];
}

function lineFormat(
  id: KnownFormat['detected']['id'],
  words: string,
  create: () => EntryReader,
  lines: readonly string[],
  guess: UnitGuess | null,
): KnownFormat {
  const read = create();
  const entries = lines.map(read).filter((entry) => entry !== null);
  const lineCount = lines.filter((line) => !line.startsWith('#')).length;
  return {
    detected: {
      id,
      words,
      fitRatio: lineCount === 0 ? 0 : entries.length / lineCount,
      timeUnit: guess?.unit ?? null,
      timeEvidence: guess?.evidence ?? null,
    },
    createParser: () => new EntryParser(create()),
  };
}
