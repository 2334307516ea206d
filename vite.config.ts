import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assemblyScript } from './scripts/parts/assembly-script.mjs';
import { leanKubernetesClient } from './scripts/parts/lean-kubernetes-client.mjs';
import { oneByteSources } from './scripts/parts/one-byte-sources.mjs';
import { quietDockerModem } from './scripts/parts/quiet-docker-modem.mjs';

/**
 * The whole build: the renderer, and in one Node environment every entry that runs outside it.
 * Only what cannot be bundled is external: Electron itself and native addons (`dependencies` in package.json).
 */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const external = ['electron', 'libsql', 'cpu-features', /\.node$/, ...builtinModules, /^node:/];

// A test runner that builds first has NODE_ENV=test, and Vite would build React's development version: half as fast, twice the memory.
process.env.NODE_ENV = 'production';

export default defineConfig({
  root: 'src-renderer',
  base: './',
  plugins: [assemblyScript(), react(), quietDockerModem(), leanKubernetesClient(), oneByteSources()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: at('out/renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        chunkSizeWarningLimit: 1500,
        rolldownOptions: {
          output: {
            // What a lazy view shares with the window becomes a chunk that runs before the entry: schemas in it would be made before
            // zod was told not to compile them. One chunk for both: whoever loads zod has told it.
            codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod|zod-without-eval/ }] },
          },
        },
      },
    },
    main: {
      consumer: 'server',
      // ssh2 (dockerode's ssh:// transport) is CommonJS and asks for __dirname; the bundle is ESM.
      define: { __dirname: 'import.meta.dirname' },
      resolve: { noExternal: true, conditions: ['node', 'module'], builtins: external },
      build: {
        outDir: at('out/main'),
        emptyOutDir: true,
        target: 'node20',
        // Layout and comments go (output.minify), for they cost memory; names stay, for the stacks of errors.
        minify: false,
        copyPublicDir: false,
        rollupOptions: {
          input: {
            main: at('src-main/electron/main.ts'),
            'core-thread': at('src-main/app/core-thread.ts'),
            'store-thread': at('src-main/app/store-thread.ts'),
            'traffic-thread': at('src-main/app/traffic-thread.ts'),
            'log-search-thread': at('src-main/store/logs/log-search-thread.ts'),
            cli: at('src-main/cli/main.ts'),
          },
          external,
          output: {
            format: 'es',
            entryFileNames: '[name].js',
            chunkFileNames: 'chunks/[name]-[hash].js',
            minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
          },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, builtins: external },
      build: {
        outDir: at('out/preload'),
        emptyOutDir: true,
        target: 'chrome130',
        minify: false,
        copyPublicDir: false,
        rollupOptions: {
          input: at('src-main/electron/preload.ts'),
          external,
          output: { format: 'cjs', entryFileNames: 'preload.cjs' },
        },
      },
    },
  },
});
