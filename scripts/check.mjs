/** Everything a change must pass: types, lint, import rules, tests. Goes on after a failure, so that one run tells all. */
import { join } from 'node:path';
import { runInForeground } from './parts/child.mjs';
import { installIfStale } from './parts/install-if-stale.mjs';
import { root } from './parts/root.mjs';
import { runScript } from './parts/say.mjs';

const steps = [
  ['typecheck', ['scripts/typecheck.mjs']],
  ['lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
  [
    'layers',
    [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'src-shared',
      'src-main',
      'src-renderer',
    ],
  ],
  ['tests', ['scripts/test.mjs']],
];

await runScript(async () => {
  await installIfStale();
  const failed = [];
  for (const [name, [script, ...args]] of steps) {
    console.log(`\n== ${name}`);
    if ((await runInForeground(process.execPath, [join(root, script), ...args], { cwd: root })) !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? '\ncheck: all passed' : `\ncheck: FAILED in ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
});
