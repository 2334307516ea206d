/**
 * `npm run bench`: builds test/bench/*.bench.ts and runs each in a process of its own, one after the other. `npm run bench --
 * monitor` runs the files whose name matches. Exit code 1 when a row misses its "must".
 */
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildIfStale } from './parts/build-if-stale.mjs';
import { runInForeground } from './parts/child.mjs';
import { installIfStale } from './parts/install-if-stale.mjs';
import { root } from './parts/root.mjs';
import { PlainError, runScript, say } from './parts/say.mjs';

const filters = process.argv.slice(2).map((one) => one.toLowerCase());

await runScript(async () => {
  await installIfStale();
  await buildIfStale();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const code = await runInForeground(process.execPath, [vite, 'build', '--config', 'vite.bench.config.ts', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) throw new PlainError(`bench: the build ended with code ${code}`);
  const folder = join(root, 'out', 'bench');
  const rows = [];
  const broken = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.bench.mjs') && isWanted(name))
    .sort()) {
    say(`bench: ${basename(file, '.bench.mjs')}`);
    const result = await runBench(join(folder, file));
    if (result === null) broken.push(file);
    else rows.push(...result);
  }
  printTable(rows);
  for (const file of broken) console.log(`BROKEN ${file}: it ended without a result`);
  process.exitCode = broken.length > 0 || rows.some((row) => !passes(row)) ? 1 : 0;
});

function isWanted(name) {
  return filters.length === 0 || filters.some((filter) => name.toLowerCase().includes(filter));
}

/** The rows, or null when the process ended without them. */
function runBench(file) {
  return new Promise((resolve) => {
    const child = fork(join(root, 'scripts/parts/run-one-bench.mjs'), [file], {
      cwd: root,
      execArgv: ['--expose-gc'],
      env: { ...process.env, NODE_ENV: 'production', LOGSCOPE_BUILT: '1' },
    });
    let rows = null;
    child.on('message', (message) => {
      rows = message;
    });
    child.on('close', () => resolve(rows));
  });
}

/** What is compared with `must`: the ratio beside a peer, else the figure itself. */
function compared(row) {
  return row.ratio ?? row.ours;
}

function passes(row) {
  return compared(row) <= row.must;
}

function printTable(rows) {
  const head = ['', 'row', 'what', 'ours', 'beside', 'theirs', 'ratio', 'must', 'note'];
  const lines = rows.map((row) => [
    passes(row) ? 'PASS' : 'MISS',
    row.id,
    row.what,
    `${figure(row.ours)} ${row.unit}`,
    row.peerName ?? '',
    row.peer === null ? '' : `${figure(row.peer)} ${row.unit}`,
    row.ratio === null ? '' : asRatio(row.ratio),
    row.ratio === null ? `<= ${figure(row.must)}` : `<= ${asRatio(row.must)}`,
    row.note ?? '',
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column].length)));
  for (const line of [head, ...lines])
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}

/** Small ratios read better as one in so many: 0.04 is 1/25. */
function asRatio(ratio) {
  return ratio > 0 && ratio < 0.5 ? `1/${(1 / ratio).toFixed(1).replace(/\.0$/, '')}` : `${figure(ratio)}x`;
}

function figure(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(3).replace(/\.?0+$/, '');
}
