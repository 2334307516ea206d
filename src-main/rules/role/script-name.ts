import { plainText } from './command-words';

/** Names that say nothing without the folder they stand in. */
const genericNames = new Set([
  ...['index', 'main', 'app', 'server', 'cli', 'start', 'run', 'serve', 'dev', 'worker', 'bin', 'bootstrap', 'entry'],
  ...['manage', '__main__', 'wsgi', 'asgi', 'setup', 'artisan', 'init', 'entrypoint', 'docker-entrypoint'],
]);
const extension = /\.(?:[cm]?[jt]sx?|pyw?|pyc|rb|pl|php|sh|bash|lua|jar|war|dll|exe|R|jl|exs?|groovy)$/;

/**
 * A script as people name it: the command of `node_modules/.bin` and of `bin` of a virtual environment, the package of a file in
 * node_modules, else the file name, with its folder where the name alone says nothing ("shop/server.js").
 */
export function scriptName(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const file = parts.at(-1) ?? path;
  const bare = file.replace(extension, '');
  const parent = parts.at(-2);
  if (parent === '.bin') return plainText(bare);
  const modules = parts.lastIndexOf('node_modules');
  if (modules !== -1 && modules < parts.length - 1) return plainText(packageName(parts.slice(modules + 1), bare));
  if (parent === undefined || !genericNames.has(bare)) return plainText(file);
  const holder =
    genericNames.has(parent) || parent === 'src' || parent === 'dist' || parent === 'build' ? (parts.at(-3) ?? parent) : parent;
  return plainText(holder === parent ? `${parent}/${file}` : `${holder}/${parent}/${file}`);
}

/** `vite/bin/vite.js` -> vite; `typescript/lib/tsserver.js` -> typescript tsserver. */
function packageName(parts: readonly string[], bare: string): string {
  const [first = '', second] = parts;
  const scoped = first.startsWith('@') && second !== undefined;
  const name = scoped ? `${first}/${second}` : first;
  const short = scoped ? second : first;
  if (bare === short || bare.startsWith(`${short}-`) || short.startsWith(bare) || genericNames.has(bare)) return name;
  return `${name} ${bare}`;
}
