import type { ProcessFacts } from '../../../src-shared/snapshots';
import { wordsOf } from './command-words';
import { scriptName } from './script-name';
import { firstArgument, type OptionTable, options } from './skip-options';
import { baseName } from './stands-in';
import { unwrapDotnet, unwrapJava } from './unwrap-java';
import { unwrapBun, unwrapDeno, unwrapNode } from './unwrap-node';
import { unwrapPython } from './unwrap-python';
import { unwrapShell } from './unwrap-shell';
import { heldContainerId, unwrapBrowserPart, unwrapTitle } from './unwrap-titles';
import { unwrapWrapper } from './unwrap-wrapper';
import { inlineCode, programOf, type Unwrapped } from './unwrapped';

export type UnwrapSubject = Pick<ProcessFacts, 'name' | 'exe' | 'command' | 'evidence' | 'kernelThread'>;

type Unwrap = (words: readonly string[]) => Unwrapped | null;

const shells = ['sh', 'bash', 'rbash', 'dash', 'ash', 'zsh', 'zsh5', 'ksh', 'ksh93', 'mksh', 'fish', 'tcsh', 'csh'];
const runtimes: ReadonlyMap<string, Unwrap> = new Map<string, Unwrap>([
  ['node', unwrapNode],
  ['nodejs', unwrapNode],
  ['deno', unwrapDeno],
  ['bun', unwrapBun],
  ['bunx', unwrapBun],
  ['python', unwrapPython],
  ['pypy', unwrapPython],
  ['java', unwrapJava],
  ['javaw', unwrapJava],
  ['dotnet', unwrapDotnet],
  ['ruby', interpreter({ ...options('-C'), letters: { e: 'inline', r: 'value', I: 'value', E: 'value' } })],
  ['perl', interpreter({ ...options(''), letters: { e: 'inline', E: 'inline', I: 'value', M: 'value', m: 'value' } })],
  ['php', interpreter({ ...options('-d -c -S -t -z -B -R -F -E --define --php-ini --server --docroot', '-r --run'), letters: {} })],
  ['lua', interpreter({ ...options('-l', '-e') })],
  ['luajit', interpreter({ ...options('-l', '-e') })],
  ['Rscript', interpreter(options('', '-e'))],
  ['julia', interpreter(options('-t --threads -J -C -p -L --project', '-e -E --eval'))],
  ['tclsh', interpreter(options(''))],
  ['wish', interpreter(options(''))],
  ['mono', interpreter(options('--config'))],
  ['pwsh', interpreter(options('-ExecutionPolicy -WorkingDirectory -File -NonInteractive', '-Command -c -EncodedCommand'))],
  ['electron', unwrapElectron],
  ...shells.map((shell): [string, Unwrap] => [shell, unwrapShell]),
]);

/** Names of versions: python3.11, ruby3.1, php8.2, lua5.4, perl5.36.0, pypy3, zsh-5.9. */
const versionSuffix = /-?\d+(?:\.\d+)*[a-z]?$/;

/**
 * What the process runs inside its executable: the script, module or jar of an interpreter, the command of a wrapper, its part
 * in a program of many processes. Judged by the file it runs where that is visible; command lines are what the process
 * says of itself, so this describes, and never protects. Null: nothing to unwrap.
 */
export function unwrap(process: UnwrapSubject): Unwrapped | null {
  if (process.kernelThread || process.command === '') return null;
  const exeName = process.exe === null ? process.name : baseName(process.exe);
  const container = heldContainerId(process);
  if (container !== null) return { form: 'shim', program: container.slice(0, 12) };
  const words = wordsOf(process);
  const browserPart = unwrapBrowserPart(exeName, process.command);
  if (browserPart !== null) return browserPart;
  const run = runtimes.get(exeName) ?? runtimes.get(exeName.replace(versionSuffix, ''));
  if (run !== undefined) return run(words);
  if (exeName.startsWith('busybox')) return unwrapBusybox(words);
  return unwrapTitle(exeName, process.command) ?? unwrapWrapper(exeName, words);
}

function interpreter(table: OptionTable): Unwrap {
  return (words) => {
    const [first = '', ...rest] = words;
    const title = unwrapTitle(first.replace(/:$/, ''), words.join(' '));
    if (title !== null && first.endsWith(':')) return title;
    const found = firstArgument(rest, table);
    if (found.kind === 'inline') return inlineCode;
    return found.kind === 'word' ? programOf(scriptName(found.word)) : null;
  };
}

/** The applet it is called by: argument 0, or the first word when it is called by its own name. */
function unwrapBusybox(words: readonly string[]): Unwrapped | null {
  const [first = '', ...rest] = words;
  const called = baseName(first.replace(/^-/, ''));
  if (called.startsWith('busybox')) return rest.length === 0 ? null : unwrapBusybox(rest);
  if (called === 'sh' || called === 'ash' || called === 'hush') return unwrapShell(words);
  return /^[\w[.-]{1,32}$/.test(called) ? programOf(called) : null;
}

/** `electron .` and `electron path/to/app`: the app's folder. */
function unwrapElectron(words: readonly string[]): Unwrapped | null {
  const found = firstArgument(words.slice(1), options('-r --require'));
  return found.kind !== 'word' || found.word === '.' ? null : programOf(scriptName(found.word));
}
