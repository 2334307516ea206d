import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { assemblyScript } from './scripts/parts/assembly-script.mjs';
import { leanKubernetesClient } from './scripts/parts/lean-kubernetes-client.mjs';
import { quietDockerModem } from './scripts/parts/quiet-docker-modem.mjs';

/** Bundles every test/bench/*.bench.ts for plain Node, as the product is: what is measured is what ships. */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const external = [
  'electron',
  'libsql',
  'cpu-features',
  'vite',
  'playwright',
  'playwright-core',
  '@playwright/test',
  /\.node$/,
  ...builtinModules,
  /^node:/,
];
const names = readdirSync(at('test/bench')).filter((name) => name.endsWith('.bench.ts'));

export default defineConfig({
  plugins: [assemblyScript(), quietDockerModem(), leanKubernetesClient()],
  define: { __dirname: 'import.meta.dirname' },
  ssr: { noExternal: true, external: external.filter((one) => typeof one === 'string') },
  resolve: { conditions: ['node', 'module'] },
  build: {
    ssr: true,
    outDir: at('out/bench'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: Object.fromEntries(names.map((name) => [name.replace(/\.ts$/, ''), at(`test/bench/${name}`)])),
      external,
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});
