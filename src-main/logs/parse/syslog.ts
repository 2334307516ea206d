import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { readLeadingLevel } from './leading-level';
import { levelOfSyslogSeverity, levelOfWord } from './level-word';
import { parsed } from './parsed';
import { readStamp } from './stamp';

const priority = /^<(\d{1,3})>/;
const head5424 = /1 (\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (?=-|\[)/y;
const element = /\[([^\s="\]]{1,32})((?: [^\s="\]]{1,32}="(?:[^"\\\]]|\\.)*")*)\]/y;
const parameter = / ([^\s="\]]{1,32})="((?:[^"\\\]]|\\.)*)"/g;
const host = / ([\w.:/@#-]{1,255}) /y;
const program = /([^\s:[\]]{1,120})(?:\[(\d{1,10})\])?(?: \([^)]{0,300}\))?(?: <\w{3,10}>)?:(?: |$)/y;
/** "Microsoft Word[14463]:", "syslogd 1.4.1:", " -- root[2421]:". */
const spacedProgram =
  / {0,2}(?:-- )?([^\s:[\]]{1,80}(?: [^\s:[\]]{1,40}){0,4})(?:\[\d{1,10}\](?: \([^)]{0,300}\))?(?: <\w{3,10}>)?|(?<= \d[\d.]{0,20})):(?: |$)/y;
const kernelClock = /\[ {0,12}\d{1,8}\.\d{6}\] ?/y;

/** With a priority in front: RFC 5424, RFC 3164 or the kernel's `<4>[ 12.345678] …`. */
export function parseSyslogPriority(text: string, context: ParseContext): ParsedLine | null {
  const found = priority.exec(text);
  const value = Number(found?.[1] ?? 192);
  if (found === null || value > 191) return null;
  const level = levelOfSyslogSeverity(value & 7);
  const start = found[0].length;
  const stated = { level, levelWord: found[1] ?? null };
  const modern = parse5424(text, start, context, stated);
  if (modern !== null) return modern;
  const old = parseSyslog(text, start, context);
  if (old !== null) return { ...old, ...stated };
  return parsed('syslog-3164', skipKernelClock(text, start), stated);
}

function parse5424(text: string, start: number, context: ParseContext, stated: Pick<ParsedLine, 'level' | 'levelWord'>): ParsedLine | null {
  head5424.lastIndex = start;
  const found = head5424.exec(text);
  if (found === null) return null;
  const fields: [string, string][] = [];
  let at = head5424.lastIndex;
  if (text.charCodeAt(at) === 45) at += 1;
  for (;;) {
    element.lastIndex = at;
    const one = element.exec(text);
    if (one === null) break;
    for (const [, name = '', value = ''] of (one[2] ?? '').matchAll(parameter)) {
      fields.push([`${one[1]}.${name}`, value.includes('\\') ? value.replace(/\\(["\\\]])/g, '$1') : value]);
    }
    at = element.lastIndex;
  }
  const message = text
    .slice(at)
    .replace(/^ /, '')
    .replace(/^\ufeff/, '');
  const [, time = '', , application = ''] = found;
  return parsed('syslog-5424', message, {
    ...stated,
    atMs: readStamp(time, 0, context)?.atMs ?? null,
    logger: application === '-' ? null : application,
    fields: Object.fromEntries(fields),
  });
}

/**
 * `Jul  9 12:16:49 host program[12]: …`, and the same with a full stamp as rsyslog and `journalctl -o short-iso` write it.
 * A file has no priority; the level is what the message itself opens with (`<Error>: …`, `error: …`), which stays in it.
 */
export function parseSyslog(text: string, start: number, context: ParseContext): ParsedLine | null {
  const stamp = readStamp(text, start, context);
  if (stamp === null) return null;
  host.lastIndex = stamp.end;
  const name = host.exec(text)?.[1];
  if (name === undefined || (name === name.toUpperCase() && levelOfWord(name) !== null)) return null;
  program.lastIndex = host.lastIndex;
  const found = program.exec(text) ?? readSpacedProgram(text, host.lastIndex);
  if (found === null) {
    // "--- last message repeated 1 time ---" and the like have no program; a stamp of syslog's own form is needed then.
    if (text.charCodeAt(start) < 65 || !/^--/.test(text.slice(host.lastIndex, host.lastIndex + 2))) return null;
    return parsed('syslog-3164', text.slice(host.lastIndex), { atMs: stamp.atMs });
  }
  const marked = /<(\w{3,10})>: ?$/.exec(found[0].slice(-14));
  const at = skipClockOnly(text, found.index + found[0].length);
  const stated = marked === null ? readLeadingLevel(text, at) : readLeadingLevel(`<${marked[1]}>`, 0);
  return parsed('syslog-3164', text.slice(at), {
    atMs: stamp.atMs,
    level: stated?.level ?? null,
    levelWord: stated?.word ?? null,
    logger: found[1] ?? null,
  });
}

function readSpacedProgram(text: string, start: number): RegExpExecArray | null {
  spacedProgram.lastIndex = start;
  return spacedProgram.exec(text);
}

/** `[    0.000000] …`: the kernel's ring buffer; seconds since start tell no time of day. */
export function parseKernel(text: string): ParsedLine | null {
  const at = skipClockOnly(text, 0);
  if (at === 0) return null;
  const stated = readLeadingLevel(text, at);
  return parsed('stamped', text.slice(at), { level: stated?.level ?? null, levelWord: stated?.word ?? null, logger: 'kernel' });
}

function skipKernelClock(text: string, start: number): string {
  return text.slice(skipClockOnly(text, start));
}

function skipClockOnly(text: string, start: number): number {
  if (text.charCodeAt(start) !== 91) return start;
  kernelClock.lastIndex = start;
  return kernelClock.test(text) ? kernelClock.lastIndex : start;
}
