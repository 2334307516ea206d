import { plainText } from './command-words';
import { scriptName } from './script-name';
import { firstArgument, options } from './skip-options';
import { isStream } from './unwrap-python';
import { inlineCode, programOf, type Unwrapped } from './unwrapped';

const shellOptions = { ...options('--rcfile --init-file -o +o -O +O -C --init-command'), letters: { o: 'value' } } as const;
/** Begin something longer than one command. */
const keywords = new Set(['if', 'while', 'for', 'until', 'case', 'select', 'function', '{', '(', '((', '[', '[[', '!', 'coproc']);
/** Prepare what is to come: the command stands behind them. */
const preparations = new Set([
  ...['cd', 'set', 'export', 'source', '.', 'umask', 'ulimit', 'trap', 'unset', 'shopt', 'true', ':', 'declare', 'local', 'readonly'],
  ...['pushd', 'mkdir', 'sleep', 'wait', 'echo'],
]);
const wrappers = new Set(['exec', 'command', 'env', 'nohup', 'time', 'builtin', 'nice', 'setsid']);
/** Say little without their first word. */
const withSubCommands = new Set([
  'npm',
  'npx',
  'yarn',
  'pnpm',
  'bun',
  'make',
  'cargo',
  'go',
  'docker',
  'podman',
  'kubectl',
  'git',
  'python3',
]);
const mostCommands = 8;

/** A shell: the script it runs, or the first command of `-c`; null for one that reads from a terminal. */
export function unwrapShell(words: readonly string[]): Unwrapped | null {
  const [first = '', ...rest] = words;
  if (first.startsWith('-')) return null;
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (!/^[-+]./.test(word) || word === '--') break;
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(word) && !word.startsWith('--')) return unwrapCode(rest, at + 1);
    if (word === '-s') return null;
    if (shellOptions.valued.has(word)) at += 1;
  }
  const found = firstArgument(rest, shellOptions);
  if (found.kind !== 'word') return null;
  return isStream(found.word) ? inlineCode : programOf(scriptName(found.word));
}

/** The code of `-c` behind options that may follow it; parted words (a command line without its borders) are joined again. */
function unwrapCode(rest: readonly string[], from: number): Unwrapped {
  let at = from;
  while (/^[-+][a-zA-Z]/.test(rest[at] ?? '') && at < rest.length - 1) at += 1;
  const code = rest.slice(at === rest.length ? from : at).join(' ');
  return programOf(firstCommand(code)) ?? inlineCode;
}

/**
 * Name of the first command that code runs, with its sub-command for a few; empty when the code is more than commands in a
 * row. Arguments are left out: they may hold a secret.
 */
export function firstCommand(code: string): string {
  for (const part of code
    .slice(0, 2000)
    .split(/&&|\|\||[;\n|&]/)
    .slice(0, mostCommands)) {
    const words = part.trim().split(/\s+/);
    while (words.length > 0 && (/^[A-Za-z_]\w*=/.test(words[0] ?? '') || wrappers.has(words[0] ?? ''))) words.shift();
    const [command = '', next = ''] = words.map(unquote);
    if (command === '' || preparations.has(command)) continue;
    if (keywords.has(command) || !/^[\w./@%+:~-]+$/.test(command)) return '';
    const name = scriptName(command);
    const isSub = withSubCommands.has(name) && /^[a-z][\w:-]{0,30}$/.test(next);
    const script = isSub && next === 'run' ? unquote(words[2] ?? '') : '';
    return plainText(isSub ? [name, next, /^[a-z][\w:-]{0,30}$/.test(script) ? script : ''].join(' ') : name);
  }
  return '';
}

function unquote(word: string): string {
  return /^'[^']*'$|^"[^"]*"$/.test(word) ? word.slice(1, -1) : word;
}
