import { plainText } from './command-words';
import { scriptName } from './script-name';
import { firstArgument, options } from './skip-options';
import { inlineCode, programOf, type Unwrapped } from './unwrapped';

const pythonOptions = { ...options('--check-hash-based-pycs'), letters: { c: 'inline', W: 'value', X: 'value' } } as const;
/** Servers whose first plain word is the application they serve. */
const servers = new Set(['uvicorn', 'gunicorn', 'hypercorn', 'daphne', 'celery', 'flask', 'streamlit', 'django', 'waitress-serve']);

/** python: a module (-m), a script, inline code, or a title it wrote itself (setproctitle). */
export function unwrapPython(words: readonly string[]): Unwrapped | null {
  const [first = '', ...rest] = words;
  if (!/python|pypy|(?:^|\/)exe$/i.test(first)) return programOf(plainText(words.slice(0, 4).join(' '), 40));
  const module = moduleOf(rest);
  if (module !== null) return programOf(plainText(withApplication(module.name, module.rest)));
  const found = firstArgument(rest, pythonOptions);
  if (found.kind === 'inline') return inlineCode;
  if (found.kind === 'none') return null;
  if (isStream(found.word)) return inlineCode;
  return programOf(plainText(withApplication(scriptName(found.word), found.rest)));
}

/** `-m http.server`, `-um pytest`, `-mvenv`. */
function moduleOf(words: readonly string[]): { readonly name: string; readonly rest: readonly string[] } | null {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-' || word === '--') return null;
    if (word.startsWith('--')) continue;
    const cluster = /^-([a-zA-Z]*?)([mcWX])(.*)$/.exec(word);
    if (cluster?.[2] === undefined) continue;
    const joined = cluster[3] ?? '';
    if (cluster[2] === 'c') return null;
    if (cluster[2] === 'm') {
      const name = joined === '' ? words[at + 1] : joined;
      return name === undefined ? null : { name, rest: words.slice(at + (joined === '' ? 2 : 1)) };
    }
    if (joined === '') at += 1;
  }
  return null;
}

function withApplication(name: string, rest: readonly string[]): string {
  if (!servers.has(name)) return name;
  const application = rest.find((word) => /^[A-Za-z_][\w.]*:\w+$/.test(word)) ?? rest.find((word) => /^[a-z]{2,20}$/.test(word));
  return application === undefined ? name : `${name} ${application}`;
}

export function isStream(path: string): boolean {
  return path === '/dev/stdin' || /^\/(?:dev|proc\/self)\/fd\/\d+$/.test(path);
}
