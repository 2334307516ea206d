import { plainText } from './command-words';
import { scriptName } from './script-name';
import { firstArgument, options } from './skip-options';
import { inlineCode, programOf, type Unwrapped } from './unwrapped';

const nodeOptions = options(
  '-r --require --import --loader --experimental-loader -C --conditions --title --env-file --env-file-if-exists --icu-data-dir --input-type --openssl-config --disable-warning --test-reporter --test-name-pattern --watch-path --diagnostic-dir --cpu-prof-dir --inspect-port',
  '-e --eval -p --print -pe',
);
const denoOptions = options('-c --config --import-map --lock --cert --location --seed --env-file --v8-flags --node-modules-dir');
const bunOptions = options('-r --preload --cwd --env-file -c --config --define --loader --port', '-e --eval -p --print');
/** Programs that start what stands in package.json: their own words say most. */
const runners = new Set(['npm', 'npx', 'yarn', 'yarnpkg', 'pnpm', 'pnpx', 'corepack']);
const subCommand = /^[a-z][a-z0-9]*(?:[:-][a-z0-9]+)*$/;

/** node, also where it wrote a title of its own ("npm run dev", "next-server (v15)"). */
export function unwrapNode(words: readonly string[]): Unwrapped | null {
  const [first = '', ...rest] = words;
  if (!isNodeWord(first)) return runnerOf(first, rest) ?? programOf(plainText(words.slice(0, 3).join(' '), 40));
  if (rest.includes('--test') && !rest.some((word) => word.endsWith('js'))) return programOf('--test');
  const found = firstArgument(rest, nodeOptions);
  if (found.kind === 'inline') return inlineCode;
  if (found.kind === 'none') return null;
  const name = scriptName(found.word);
  return (
    runnerOf(name.replace(/-cli$/, ''), found.rest) ?? programOf(found.word.includes('/.bin/') ? withSubCommand(name, found.rest) : name)
  );
}

/** A runner with what it was told to run: "npm run dev", "npx vite". Only plain words: an argument may be a secret. */
function runnerOf(name: string, rest: readonly string[]): Unwrapped | null {
  if (!runners.has(name)) return null;
  const said: string[] = [];
  for (const word of rest.filter((one) => !one.startsWith('-'))) {
    if (said.length === 2 || !/^[@\w][\w./:@-]*$/.test(word)) break;
    said.push(word);
  }
  return programOf(plainText([name, ...said].join(' ')));
}

export function withSubCommand(name: string, rest: readonly string[]): string {
  const [next = ''] = rest;
  return subCommand.test(next) && next.length <= 20 ? `${name} ${next}` : name;
}

function isNodeWord(word: string): boolean {
  return /(?:^|[/\\])(?:node|nodejs|iojs)(?:-?\d+)?(?:\.exe)?$/i.test(word) || word.endsWith('/exe');
}

/** deno run x.ts, deno task dev, deno test. */
export function unwrapDeno(words: readonly string[]): Unwrapped | null {
  return unwrapSubCommand(words.slice(1), denoOptions, 'deno');
}

/** bun x.ts, bun run dev, bunx vite. */
export function unwrapBun(words: readonly string[]): Unwrapped | null {
  const rest = words.slice(1);
  if (/(?:^|\/)bunx$/.test(words[0] ?? '')) {
    const [tool] = rest.filter((word) => !word.startsWith('-'));
    return tool === undefined ? null : programOf(scriptName(tool));
  }
  return unwrapSubCommand(rest, bunOptions, 'bun');
}

function unwrapSubCommand(rest: readonly string[], table: ReturnType<typeof options>, runtime: string): Unwrapped | null {
  const found = firstArgument(rest, table);
  if (found.kind === 'inline') return inlineCode;
  if (found.kind === 'none') return null;
  const { word } = found;
  if (word === 'eval') return inlineCode;
  if (word === 'run' || word === 'serve' || word === 'x') {
    const script = firstArgument(found.rest, table);
    return script.kind === 'word' ? programOf(scriptName(script.word)) : null;
  }
  if (
    word === 'task' ||
    word === 'test' ||
    word === 'install' ||
    word === 'build' ||
    word === 'bench' ||
    word === 'lsp' ||
    word === 'repl'
  ) {
    const what = word === 'task' ? firstArgument(found.rest, table) : null;
    return programOf(plainText(what?.kind === 'word' ? `${runtime} task ${what.word}` : `${runtime} ${word}`));
  }
  return programOf(scriptName(word));
}
