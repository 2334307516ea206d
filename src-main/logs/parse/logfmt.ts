import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { levelOfWord } from './level-word';
import { parsed } from './parsed';
import { timeOfField } from './stamp';

const pair = /[ \t]*([A-Za-z_@][\w.@/-]{0,80})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)/y;
const looksLikePairs = /^[A-Za-z_@][\w.@-]{0,40}=(?:"|\S)/;
/** More are not looked at: fields are for people. */
const maxPairs = 200;

/**
 * `level=error ts=… msg="…"`: every part a pair, two at least, and one of them a message, level or time; else it is
 * prose that happens to hold `a=b`.
 */
export function parseLogfmt(text: string, context: ParseContext): ParsedLine | null {
  if (!looksLikePairs.test(text)) return null;
  const pairs: [string, string][] = [];
  pair.lastIndex = 0;
  let end = 0;
  for (let found = pair.exec(text); found !== null && pairs.length < maxPairs; found = pair.exec(text)) {
    end = pair.lastIndex;
    pairs.push([found[1] ?? '', found[2] === undefined ? (found[3] ?? '') : unescaped(found[2])]);
  }
  if (pairs.length < 2 || (pairs.length < maxPairs && text.slice(end, end + 200).trim() !== '')) return null;
  const fields = Object.fromEntries(pairs);
  const own = new Map(pairs);
  const word = own.get('level') ?? own.get('lvl') ?? own.get('severity') ?? null;
  const time = own.get('time') ?? own.get('ts') ?? own.get('t') ?? own.get('timestamp') ?? null;
  const message = own.get('msg') ?? own.get('message') ?? null;
  const level = word === null ? null : levelOfWord(word);
  if (message === null && level === null && time === null) return null;
  return parsed('logfmt', message ?? text, {
    atMs: time === null ? null : timeOfField(time, context),
    level,
    levelWord: word,
    logger: own.get('logger') ?? own.get('component') ?? own.get('module') ?? null,
    fields,
  });
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character === 't' ? '\t' : character));
}
