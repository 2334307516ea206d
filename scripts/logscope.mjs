#!/usr/bin/env node
/** The command line from a checkout or an installed copy: installs and builds first if that is due. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './parts/build-if-stale.mjs';
import { installIfStale } from './parts/install-if-stale.mjs';
import { root } from './parts/root.mjs';
import { runScript } from './parts/say.mjs';

await runScript(async () => {
  // LOGSCOPE_BUILT=1: the caller vouches for out/ (tests that start many of these, and an installed copy).
  if (!process.env.LOGSCOPE_BUILT && existsSync(join(root, 'src-main'))) {
    await installIfStale();
    await buildIfStale();
  }
  await import(pathToFileURL(join(root, 'out', 'main', 'cli.js')).href);
});
