import type { LogLevel, ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { levelOfPinoNumber, levelOfSyslogSeverity, levelOfWord } from './level-word';
import { parsed } from './parsed';
import { timeOfField } from './stamp';

const levelKeys = [
  'level',
  'severity',
  'lvl',
  'levelname',
  'log.level',
  'loglevel',
  'logLevel',
  'log_level',
  'severity_text',
  '@l',
  's',
  'Level',
  'LEVEL',
];
const messageKeys = ['message', 'msg', 'MESSAGE', 'Message', 'text', 'event', '@m', '@mt', 'short_message', 'body', 'log', 'Msg'];
const timeKeys = ['@timestamp', 'timestamp', 'time', 'ts', 'datetime', 'date', '@t', 't', 'Timestamp', 'asctime'];
const loggerKeys = [
  'logger',
  'logger_name',
  'loggerName',
  'log.logger',
  'name',
  'component',
  'module',
  'service',
  'SYSLOG_IDENTIFIER',
  'c',
];

/** What a key of the object itself stands for. */
type Own = (key: string) => unknown;

/** One JSON object per line, with the names that the common loggers give its parts; null: no whole object. */
export function parseJson(text: string, context: ParseContext): ParsedLine | null {
  const value = readObject(text);
  if (value === null) return null;
  const own: Own = (key) => (Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined);
  const level = findLevel(own);
  return parsed('json', first(own, messageKeys) ?? text, {
    atMs: findTime(own, context),
    level: level?.level ?? null,
    levelWord: level?.word ?? null,
    logger: first(own, loggerKeys),
    fields: context.fields === false ? null : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textOf(one)])),
  });
}

function readObject(text: string): object | null {
  if (!/\}\s{0,8}$/.test(text.slice(-9))) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch (error) {
    // Deep nesting ends in a RangeError: such a line is text.
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}

function first(own: Own, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = own(key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

function findLevel(own: Own): { readonly level: LogLevel; readonly word: string } | null {
  for (const key of levelKeys) {
    const value = own(key);
    const level = typeof value === 'string' ? levelOfFieldText(key, value) : typeof value === 'number' ? levelOfPinoNumber(value) : null;
    if (level !== null) return { level, word: String(value) };
  }
  const priority = own('PRIORITY');
  const level = priority === undefined ? null : levelOfSyslogSeverity(Number(priority));
  if (level !== null) return { level, word: String(priority) };
  const nested = own('log');
  if (typeof nested !== 'object' || nested === null || !('level' in nested) || typeof nested.level !== 'string') return null;
  const inner = levelOfWord(nested.level);
  return inner && { level: inner, word: nested.level };
}

/** mongod writes `"s":"I"`; elsewhere a word. */
function levelOfFieldText(key: string, value: string): LogLevel | null {
  if (key === 's')
    return /^[DIWEF]\d?$/.test(value)
      ? (({ D: 'debug', I: 'info', W: 'warning', E: 'error', F: 'critical' } as const)[value.charAt(0)] ?? null)
      : null;
  return levelOfWord(value.trim());
}

function findTime(own: Own, context: ParseContext): number | null {
  for (const key of timeKeys) {
    const value = own(key);
    const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : mongoDate(value);
    const atMs = text === null ? null : timeOfField(text, context);
    if (atMs !== null) return atMs;
  }
  return null;
}

function mongoDate(value: unknown): string | null {
  return typeof value === 'object' && value !== null && '$date' in value && typeof value.$date === 'string' ? value.$date : null;
}
