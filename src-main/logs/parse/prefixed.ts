import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { levelOfLetter } from './level-word';
import { parsed } from './parsed';
import { readStamp } from './stamp';

/** Clusters of the RAS kind: an alert label or `-`, seconds since 1970, date, node; then a line of its own. */
const cluster = /^(?:-|[A-Z][A-Z\d_-]{1,24}) (\d{9,10}) \d{4}\.\d\d\.\d\d (\S{1,120}) /;
/** `134681 node-246 unix.hw state_change.unavailable 1077804742 1 …`. */
const numberedEvent = /^\d{1,10} ([\w.-]{1,80}) ([\w.-]{1,80}) ([\w.-]{1,80}) (\d{9,10}) \d{1,4} /;
/** `docker compose logs`. */
const composed = /^([\w.-]{1,100}) {1,60}\| /;
/** logcat -v brief. */
const brief = /^([VDIWEFA])\/([^\s(:]{1,80}) {0,30}(?:\( {0,10}\d{1,10}\))?: /;
/** Ruby's Logger: `E, [2024-01-02T03:04:05.678901 #123] ERROR -- program: …`. */
const ruby = /^([DIWEFA]), \[([^\]#]{10,40}) #\d{1,10}\] {1,3}[A-Z]{3,7} -- ([^:]{0,80}): /;
/** Redis: `1:M 02 Jan 2024 03:04:05.678 # …`. */
const redis = /^\d{1,10}:[A-Z] (\d{1,2} [A-Z][a-z]{2} \d{4} [\d:.]{8,12}) ([.*#-]) /;
const npm = /^npm (ERR!|error|WARN|warn|notice|info|verb) /;
const dotnet = /^(trce|dbug|info|warn|fail|crit): ([\w.$+`-]{1,200})\[\d{1,9}\]$/;
const firstWord = /^\S{1,160} /;

const redisLevels = { '.': 'debug', '-': 'info', '*': 'notice', '#': 'warning' } as const;
const dotnetLevels = { trce: 'trace', dbug: 'debug', info: 'info', warn: 'warning', fail: 'error', crit: 'critical' } as const;

/** Heads that open with something else than their stamp; `parseRest` takes the line apart that a collector wrapped. */
export function parsePrefixed(text: string, context: ParseContext, parseRest: (rest: string) => ParsedLine | null): ParsedLine | null {
  return parseOwnHead(text, context) ?? parseWrapped(text, context, parseRest);
}

function parseWrapped(text: string, context: ParseContext, parseRest: (rest: string) => ParsedLine | null): ParsedLine | null {
  const ras = cluster.exec(text);
  if (ras !== null) {
    const rest = text.slice(ras[0].length);
    const atMs = Number(ras[1]) * 1000;
    const inner = parseRest(rest);
    return inner === null ? parsed('stamped', rest, { atMs, logger: ras[2] ?? null }) : { ...inner, atMs: inner.atMs ?? atMs };
  }
  const service = composed.exec(text);
  if (service !== null) {
    const rest = text.slice(service[0].length);
    const inner = parseRest(rest);
    return inner === null
      ? parsed('stamped', rest, { logger: service[1] ?? null })
      : { ...inner, logger: inner.logger ?? service[1] ?? null };
  }
  // A file's or host's name in front of a stamp, as `grep` and log collectors put it.
  const word = firstWord.exec(text);
  if (word === null || !/[._:/\d-]/.test(word[0]) || readStamp(text, word[0].length, context) === null) return null;
  return parseRest(text.slice(word[0].length));
}

function parseOwnHead(text: string, context: ParseContext): ParsedLine | null {
  const code = text.charCodeAt(0);
  if (code >= 48 && code <= 57) return parseNumbered(text, context);
  let found = brief.exec(text);
  if (found !== null) {
    const [head, letter = '', logger = ''] = found;
    return parsed('stamped', text.slice(head.length), { level: levelOfLetter(letter) ?? 'critical', levelWord: letter, logger });
  }
  found = ruby.exec(text);
  if (found !== null) {
    const [head, letter = '', time = '', logger = ''] = found;
    const atMs = readStamp(time, 0, context)?.atMs ?? null;
    return parsed('stamped', text.slice(head.length), { atMs, level: levelOfLetter(letter), levelWord: letter, logger });
  }
  found = npm.exec(text);
  if (found !== null) {
    const word = found[1] ?? '';
    const level = /^e/i.test(word)
      ? 'error'
      : /^w/i.test(word)
        ? 'warning'
        : word === 'notice'
          ? 'notice'
          : word === 'verb'
            ? 'debug'
            : 'info';
    return parsed('stamped', text.slice(found[0].length), { level, levelWord: word, logger: 'npm' });
  }
  found = dotnet.exec(text);
  if (found === null) return null;
  const word = found[1] as keyof typeof dotnetLevels;
  // The message stands on the next line.
  return parsed('stamped', text, { level: dotnetLevels[word], levelWord: word, logger: found[2] ?? null });
}

function parseNumbered(text: string, context: ParseContext): ParsedLine | null {
  const event = numberedEvent.exec(text);
  if (event !== null) return parsed('stamped', text.slice(event[0].length), { atMs: Number(event[4]) * 1000, logger: event[2] ?? null });
  const found = redis.exec(text);
  if (found === null) return null;
  const [head, time = '', mark = ''] = found;
  const level = redisLevels[mark as keyof typeof redisLevels];
  return parsed('stamped', text.slice(head.length), {
    atMs: readStamp(time, 0, context)?.atMs ?? null,
    level,
    levelWord: mark,
    logger: 'redis',
  });
}
