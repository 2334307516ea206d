import type { LineFormat, LogLevel, ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { readToken, type Token } from './head-token';
import { levelOfLetter, levelOfWord } from './level-word';
import { parsed } from './parsed';
import { readStamp } from './stamp';

/** More parts than any known head has: beyond them it is prose. */
const maxParts = 9;
const loggerName = /^[\w$@<>/.#()*~+-]{1,200}(?:::?[\w$@<>/.#()*~+-]{1,120}){0,8}$/;
const placeName = /^[\w$./@-]{1,200}\.[A-Za-z]{1,5}:\d{1,7}$/;

interface Head {
  end: number;
  atMs: number | null;
  level: LogLevel | null;
  levelWord: string | null;
  logger: string | null;
  format: LineFormat;
}

/**
 * Any head made of a stamp and/or a level with threads, process numbers and loggers around them, in whatever order and
 * with whatever between: log4j, logback, Spring, Hadoop, OpenStack, loguru, tracing, zap, logcat, CBS … Parts before the
 * level belong to the head only if a level follows; else the message starts behind the stamp.
 */
export function parseHead(text: string, stampEnd: number, atMs: number | null, context: ParseContext): ParsedLine | null {
  const head: Head = { end: stampEnd, atMs, level: null, levelWord: null, logger: null, format: 'stamped' };
  const after = readBeforeLevel(text, stampEnd, head, context);
  if (head.level !== null) readBehindLevel(text, after, head, context);
  else if (stampEnd === 0) return null;
  return parsed(formatOf(text, head), text.slice(skipGap(text, head.end)), head);
}

/** Returns where the level ended. */
function readBeforeLevel(text: string, start: number, head: Head, context: ParseContext): number {
  let at = start;
  let numbers = 0;
  let logger: string | null = null;
  for (let part = 0; part < maxParts; part += 1) {
    const token = readToken(text, at);
    if (token === null) return at;
    if (token.kind === 'bracket') {
      const found = levelInBracket(token.text);
      if (found !== null) {
        state(head, found.level, found.word, token.end);
        head.logger = found.logger ?? logger;
        return token.end;
      }
      const stamp = head.atMs === null && start === 0 ? readStamp(token.text, 0, context) : null;
      if (stamp !== null) head.atMs = stamp.atMs;
      at = token.end;
      continue;
    }
    if (token.kind === 'separator') {
      at = token.end;
      continue;
    }
    const level = levelOfToken(token, numbers > 0);
    if (level !== null) {
      const word = token.text.length > 1 && /[,:|]$/.test(token.text) ? token.text.slice(0, -1) : token.text.slice(0, token.wordLength);
      state(head, level, word, token.start + token.wordLength);
      head.logger = logger;
      if (token.text.charAt(token.wordLength) === '/') return token.start + token.wordLength + 1;
      return token.end;
    }
    if (/^\d{1,12}$/.test(token.text)) numbers += 1;
    else if (isNamePart(token, text)) logger = token.text.replace(/:$/, '');
    else return at;
    at = token.end;
  }
  return at;
}

function state(head: Head, level: LogLevel, word: string, end: number): void {
  head.level = level;
  head.levelWord = word;
  head.end = end;
}

function levelOfToken(token: Token, afterNumber: boolean): LogLevel | null {
  const word = token.text.slice(0, token.wordLength);
  if (word.length < 3) return afterNumber && word.length === 1 && word === token.text ? levelOfLetter(word) : null;
  const level = levelOfWord(word);
  if (level === null) return null;
  const closed = token.text.length > word.length;
  if (closed && !/^[,:|]$/.test(token.text.slice(word.length))) return null;
  // In capitals, or marked off by what follows: "info", "Error" alone may be the first word of a sentence.
  return word === word.toUpperCase() || closed || token.wideGap ? level : null;
}

function levelInBracket(text: string): { readonly level: LogLevel; readonly word: string; readonly logger: string | null } | null {
  const found = /^ {0,4}(?:([\w.-]{1,60}):)?([A-Za-z]{3,13}) {0,6}$/.exec(text);
  const level = found && levelOfWord(found[2] ?? '');
  if (found && level) return { level, word: found[2] ?? '', logger: found[1] ?? null };
  // Serilog and env_logger keep stamp, level and module in one bracket.
  const packed = /^[\dT:.,Z +/-]{8,40} ([A-Z]{3,8}) {0,4}([\w:.$-]{0,120})$/.exec(text);
  const inner = packed && levelOfWord(packed[1] ?? '');
  return packed && inner ? { level: inner, word: packed[1] ?? '', logger: packed[2] || null } : null;
}

/** Prose does not look like this: it has a dot, digit or line inside, is all capitals, or a separator follows it. */
function isNamePart(token: Token, text: string): boolean {
  const name = token.text;
  if (!loggerName.test(name) && !/^[\w.$@<>/:-]{1,200}$/.test(name)) return false;
  if (/^[A-Z][A-Z_]{1,19}$/.test(name)) return true;
  if (/[\d._$@/-]/.test(name.slice(1, -1))) return true;
  const next = readToken(text, token.end);
  return next !== null && next.kind === 'separator';
}

/** Thread, logger and place, up to the separator that ends the head. */
function readBehindLevel(text: string, start: number, head: Head, context: ParseContext): void {
  let at = start;
  let brackets = 0;
  let named = head.logger !== null;
  for (let part = 0; part < maxParts; part += 1) {
    const token = readToken(text, at);
    if (token === null) return;
    if (token.kind === 'separator') {
      const ends = token.text === '-' || token.text === '--' || token.text === ':';
      if (ends || token.text === '---' || token.text === '|') head.end = token.end;
      if (ends) return;
    } else if (token.kind === 'bracket') {
      if (token.open === '{' || brackets >= 3) return;
      const stamp = head.atMs === null ? readStamp(token.text, 0, context) : null;
      if (stamp !== null) head.atMs = stamp.atMs;
      brackets += 1;
      head.end = token.end;
    } else {
      const stamp = head.atMs === null ? readStamp(text, token.start, context) : null;
      if (stamp !== null) {
        head.atMs = stamp.atMs;
        head.end = stamp.end;
        at = stamp.end;
        continue;
      }
      if (/^\d{1,10}$/.test(token.text) && text.startsWith(' ---', token.end)) {
        at = token.end;
        continue;
      }
      if (named && !placeName.test(token.text)) return;
      const name = nameBehindLevel(text, token, head);
      if (name === null) return;
      named = true;
      head.logger = name.replace(/:$/, '');
      head.end = token.end;
      if (name.endsWith(':')) return;
      // OpenStack: one bracket with the request belongs to the logger; the next one is the message's.
      brackets = Math.max(brackets, 2);
    }
    at = token.end;
  }
}

/** With its colon if it has one; null: the token is the message's first word. */
function nameBehindLevel(text: string, token: Token, head: Head): string | null {
  const bare = token.text.replace(/:$/, '').replace(/\[\d{1,10}\]$/, '');
  if (!loggerName.test(bare)) return null;
  if (token.text.endsWith(':')) {
    // logcat's tags are any word; elsewhere "Failed: …" and "error: …" are the message.
    if (head.levelWord?.length === 1) return `${bare}:`;
    return /^[A-Z]?[a-z]+$|^[A-Z]+$/.test(bare) && levelOfSaying(bare) ? null : `${bare}:`;
  }
  const next = readToken(text, token.end);
  const dotted = /[A-Za-z_$][\w$-]*\.[A-Za-z_$][\w$.-]*$/.test(bare) || bare.includes('::');
  if (text.charCodeAt(token.end) === 9 && /^[\w.$/:-]{1,200}$/.test(bare)) return bare;
  if (next === null) return null;
  if (next.kind === 'separator' && /^[A-Za-z_$]/.test(bare) && (dotted || next.text === ':' || next.text === '-')) return bare;
  if (dotted && next.kind === 'bracket') return bare;
  // Windows servicing: "Info                  CBS    …".
  return /^[A-Z]{2,10}$/.test(bare) && token.wideGap && token.gapBefore > 1 ? bare : null;
}

const sayings = /^(?:[A-Z][a-z]+|err|error|errors|fail|failed|failure|warning|fatal|panic|exception|caused|note|ERR|ERROR|FATAL|FAILED)$/;

function levelOfSaying(word: string): boolean {
  return sayings.test(word);
}

function skipGap(text: string, start: number): number {
  let at = start;
  while (at - start < 200 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at += 1;
  return at;
}

/** By the shape of what was read; only for show and statistics. */
function formatOf(text: string, head: Head): LineFormat {
  const logger = head.logger;
  if (logger !== null) {
    if (logger.includes('.go:')) return 'go';
    if (logger.includes('.py:')) return 'python';
    if (logger.includes('::')) return 'rust';
    if (/^(?:[a-z][\w-]{0,60}\.){1,12}[A-Z$]/.test(logger)) return 'java';
  }
  const before = text.slice(0, Math.min(head.end, 300));
  if (before.includes(' --- [') || before.includes('.java:') || before.includes('.scala:') || before.includes('.kt:')) return 'java';
  if (before.includes('.py:') || before.endsWith(` - ${head.levelWord} -`)) return 'python';
  return before.includes('@') && /:\w{1,80}(?:\$\w{1,80})?@\d{1,6}\]/.test(before) ? 'java' : 'stamped';
}
