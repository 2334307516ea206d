import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { root } from './root.mjs';

const query = '?assembly';
/** A decorator before a function, which linters of TypeScript do not read: a comment line in the source. */
const inlineMark = /^\/\/ @inline$/gm;
const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];

/**
 * `import code from './scan.ts?assembly'`: the file is AssemblyScript, and `code` the WebAssembly made of it, in base64. Compiled once
 * for each run of Vite.
 * @returns {import('vite').Plugin}
 */
export function assemblyScript() {
  const made = new Map();
  return {
    name: 'logscope:assembly-script',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source.endsWith(query) && importer !== undefined) return resolve(dirname(importer.replace(/\?.*$/, '')), source);
    },
    async load(id) {
      if (!id.endsWith(query)) return;
      const file = id.slice(0, -query.length);
      const { code, sources } = await (made.get(file) ?? made.set(file, compileAssemblyScript(file)).get(file));
      for (const source of sources) this.addWatchFile(source);
      return { code: `export default ${JSON.stringify(code.toString('base64'))};`, map: null };
    },
  };
}

/** The WebAssembly of a file and the files it was made of. Throws what the compiler says. */
async function compileAssemblyScript(file) {
  // Half a second to load: only for those who come here.
  const { default: compiler } = await import('assemblyscript/asc');
  const sources = [];
  let code = null;
  const said = compiler.createMemoryStream();
  const { error } = await compiler.main([file, ...flags, '--outFile', 'module.wasm'], {
    stdout: said,
    stderr: said,
    async readFile(name, folder) {
      const path = resolve(folder ?? root, name);
      const text = await readFile(path, 'utf8').catch((problem) => (problem.code === 'ENOENT' ? null : Promise.reject(problem)));
      if (text === null) return null;
      sources.push(path);
      return text.replace(inlineMark, '@inline');
    },
    writeFile(name, content) {
      if (name.endsWith('.wasm')) code = Buffer.from(content);
    },
    listFiles: () => [],
  });
  if (error !== null || code === null) throw new Error(`${file} is no AssemblyScript: ${error?.message ?? 'nothing was made'}\n${said}`);
  return { code, sources };
}
