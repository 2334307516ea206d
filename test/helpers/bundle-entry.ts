import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { assemblyScript } from '../../scripts/parts/assembly-script.mjs';

/**
 * Bundles one TypeScript entry for plain Node, as the product's own build does, and gives the path of the script. For
 * tests that need a thread or a child process: Node 20 runs no TypeScript. Below node_modules' parent, so that what
 * is not bundled (the database driver) is found.
 */
export async function bundleEntry(source: string, name: string, external: readonly string[] = []): Promise<string> {
  const outside = ['libsql', ...external];
  const outDir = resolve('.test-parts', 'bundles', name);
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [assemblyScript()],
    ssr: { noExternal: true, external: outside },
    build: {
      ssr: resolve(source),
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: {
        external: [...outside, ...builtinModules, /^node:/],
        output: { format: 'es', entryFileNames: `${name}.mjs` },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}
