import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { levelOfWord } from './level-word';
import { parsed } from './parsed';
import { timeOfField } from './stamp';

const pair = /[ \t]*([A-Za-z_@][\w.@/-]{0,80})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)/y;
const looksLikePairs = /^[A-Za-z_@][\w.@-]{0,40}=(?:"|\S)/;
const roleKeys = ['level', 'lvl', 'severity', 'time', 'ts', 't', 'timestamp', 'msg', 'message', 'logger', 'component', 'module'] as const;
type Role = (typeof roleKeys)[number];
const roles: ReadonlySet<string> = new Set(roleKeys);
/** More are not looked at: fields are for people. */
const maxPairs = 200;

/**
 * `level=error ts=… msg="…"`: every part a pair, two at least, and one of them a message, level or time; else it is
 * prose that happens to hold `a=b`.
 */
export function parseLogfmt(text: string, context: ParseContext): ParsedLine | null {
  if (!looksLikePairs.test(text)) return null;
  const wantsFields = context.fields !== false;
  const pairs: [string, string][] = [];
  // Of a key that comes twice the last counts.
  const own: Partial<Record<Role, string>> = {};
  let count = 0;
  pair.lastIndex = 0;
  let end = 0;
  for (let found = pair.exec(text); found !== null && count < maxPairs; found = pair.exec(text)) {
    end = pair.lastIndex;
    count += 1;
    const key = found[1] ?? '';
    const isKnown = roles.has(key);
    if (!isKnown && !wantsFields) continue;
    const value = found[2] === undefined ? (found[3] ?? '') : unescaped(found[2]);
    if (isKnown) own[key as Role] = value;
    if (wantsFields) pairs.push([key, value]);
  }
  if (count < 2 || (count < maxPairs && text.slice(end, end + 200).trim() !== '')) return null;
  const word = own.level ?? own.lvl ?? own.severity ?? null;
  const time = own.time ?? own.ts ?? own.t ?? own.timestamp ?? null;
  const message = own.msg ?? own.message ?? null;
  const level = word === null ? null : levelOfWord(word);
  if (message === null && level === null && time === null) return null;
  return parsed('logfmt', message ?? text, {
    atMs: time === null ? null : timeOfField(time, context),
    level,
    levelWord: word,
    logger: own.logger ?? own.component ?? own.module ?? null,
    fields: wantsFields ? Object.fromEntries(pairs) : null,
  });
}

/** Other backslashes are the text's own: those of a path. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(["\\nt])/g, (_, character: string) => (character === 'n' ? '\n' : character === 't' ? '\t' : character));
}
