import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import { parseApache } from './apache';
import type { ParseContext } from './context';
import { parseGo } from './go';
import { parseHead } from './head';
import { parseJson } from './json';
import { parseKlog } from './klog';
import { readLeadingLevel } from './leading-level';
import { levelOfWord } from './level-word';
import { parseLogfmt } from './logfmt';
import { parseNginx } from './nginx';
import { parsed } from './parsed';
import { parsePostgres } from './postgres';
import { parsePrefixed } from './prefixed';
import { parsePython } from './python';
import { type FoundStamp, readStamp } from './stamp';
import { parseKernel, parseSyslog, parseSyslogPriority } from './syslog';

export type { ParseContext } from './context';

const noContext: ParseContext = {};
/** Colours and styles; what else an escape can do is left for the display to show. */
const colours = /\u001b\[[\d;:]{0,32}m/g;
/** Of a longer line only the beginning can be a head. */
const colourReachChars = 512;

/**
 * Takes a line apart: time, level, logger, fields and message. Pure, never throws, and its work is bounded by the length
 * of the line (by a few hundred characters for all but JSON and logfmt).
 */
export function parseLine(text: string, context: ParseContext = noContext): ParsedLine {
  const line = text.indexOf('\u001b') === -1 ? text : withoutColours(text);
  return parseOne(line, context, 0) ?? parsePlain(line);
}

function withoutColours(text: string): string {
  if (text.length <= colourReachChars) return text.replace(colours, '');
  return text.slice(0, colourReachChars).replace(colours, '') + text.slice(colourReachChars);
}

function parseOne(text: string, context: ParseContext, depth: number): ParsedLine | null {
  const code = text.charCodeAt(0);
  if (code === 123) return parseJson(text, context);
  if (code === 60) return parseSyslogPriority(text, context);
  if (code === 91) return parseApache(text, context) ?? parseKernel(text) ?? parseBracketed(text, context);
  const stamp = readStamp(text, 0, context);
  if (stamp !== null) return parseStamped(text, stamp, context);
  const letters = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  if (letters) {
    const found = parseKlog(text, context) ?? parsePython(text) ?? parseGo(text, context) ?? parseLogfmt(text, context);
    if (found !== null) return found;
  }
  if (depth < 2) {
    const found = parsePrefixed(text, context, (rest) => parseOne(rest, context, depth + 1));
    if (found !== null) return found;
  }
  return letters ? parseLevelFirst(text, context) : null;
}

function parseStamped(text: string, stamp: FoundStamp, context: ParseContext): ParsedLine | null {
  return (
    parseNginx(text, stamp) ??
    parsePostgres(text, stamp) ??
    parseGo(text, context) ??
    parsePiped(text, stamp) ??
    parseRuntimeOrSyslog(text, stamp, context) ??
    parseHead(text, stamp.end, stamp.atMs, context)
  );
}

const piped = /\|([\w.-]{1,60})\|(?:\d{1,12}\|)?/y;

/** `stamp|component|process|message`, as programs on telephones write it. */
function parsePiped(text: string, stamp: FoundStamp): ParsedLine | null {
  piped.lastIndex = stamp.end;
  const found = piped.exec(text);
  const name = found?.[1];
  if (name === undefined || levelOfWord(name) !== null) return null;
  return parsed('stamped', text.slice(piped.lastIndex), { atMs: stamp.atMs, logger: name });
}

const runtime = / std(?:out|err) [FP] /y;

/** The files of a container runtime (CRI) hold whole lines of any format behind their stamp. */
function parseRuntimeOrSyslog(text: string, stamp: FoundStamp, context: ParseContext): ParsedLine | null {
  runtime.lastIndex = stamp.end;
  if (!runtime.test(text)) {
    // With a stamp of digits a host follows only as rsyslog and journalctl write it: one with a T.
    return text.charCodeAt(0) >= 65 || text.charCodeAt(10) === 84 ? parseSyslog(text, 0, context) : null;
  }
  const inner = parseLine(text.slice(runtime.lastIndex), context);
  return inner.atMs === null ? { ...inner, format: inner.format === 'plain' ? 'stamped' : inner.format, atMs: stamp.atMs } : inner;
}

const programBehindBracket = /\] ([\w.-]{1,60}\.exe)(?: \*\d\d)? - /y;

/** `[stamp] …`, `[stamp LEVEL module] …`, `[LEVEL] …`, `[thread] LEVEL …`. */
function parseBracketed(text: string, context: ParseContext): ParsedLine | null {
  const stamp = readStamp(text, 1, context);
  if (stamp === null) return parseHead(text, 0, null, context);
  if (text.charCodeAt(stamp.end) === 93) {
    programBehindBracket.lastIndex = stamp.end;
    const found = programBehindBracket.exec(text);
    if (found !== null)
      return parsed('stamped', text.slice(programBehindBracket.lastIndex), { atMs: stamp.atMs, logger: found[1] ?? null });
    return parseHead(text, stamp.end + 1, stamp.atMs, context);
  }
  const whole = parseHead(text, 0, null, context);
  return whole && { ...whole, atMs: stamp.atMs };
}

/** `INFO  [main] org.example.App - …`; with nothing of a head behind the level, the line is plain and stays whole. */
function parseLevelFirst(text: string, context: ParseContext): ParsedLine | null {
  const stated = readLeadingLevel(text, 0);
  if (stated === null) return null;
  const head = parseHead(text, 0, null, context);
  return head !== null && (head.logger !== null || head.atMs !== null) ? head : null;
}

function parsePlain(text: string): ParsedLine {
  const stated = readLeadingLevel(text, 0);
  return parsed('plain', text, { level: stated?.level ?? null, levelWord: stated?.word ?? null });
}
