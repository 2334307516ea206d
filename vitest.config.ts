import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { assemblyScript } from './scripts/parts/assembly-script.mjs';

/** Three homes by what a test needs: nothing, a DOM, or real parts (engine, systemd, processes). */
export default defineConfig({
  plugins: [assemblyScript(), react()],
  test: {
    // The machine's own cluster is none of a test's business.
    env: { KUBECONFIG: '/nonexistent/logscope-test-kubeconfig' },
    projects: [
      {
        extends: true,
        // Pure code keeps nothing between files: without a fresh process for each they take a third of the time.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'],
          environment: 'node',
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          setupFiles: ['test/unit/renderer/between-tests.ts'],
          include: ['test/unit/**/*.test.tsx'],
          environment: 'jsdom',
          // As above: with a document and a window loaded for each file they take twice the time.
          isolate: false,
          // Most of a test's time goes into elements that live for moments.
          execArgv: ['--max-semi-space-size=64'],
          testTimeout: 20_000,
          // After the others: a process is kept for the next file only while that is of the same kind.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          setupFiles: ['test/helpers/quiet-docker-modem.ts'],
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // One process for all files of a run, one after another: a new one for each costs half a second and loads all anew.
          isolate: false,
        },
      },
    ],
  },
});
