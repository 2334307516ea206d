import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { absoluteRow, type BenchRow, type BenchRun, median } from './bench-row';
import { treeCpuSeconds, treePssBytes } from './process-tree';

const launches = 5;
/** Idle is what it costs all day: for the first half minute V8 still gives back what loading the window took. */
const settleMs = 45_000;
const measureMs = 20_000;

/** What test/bench/desktop-probe.cjs tells from within the app. */
type ProbeMessage =
  | { readonly kind: 'shown'; readonly atMs: number }
  | { readonly kind: 'painted'; readonly snapshotAtMs: number; readonly firstPaintAtMs: number | null }
  | { readonly kind: 'hidden' };

/**
 * P13: the built desktop app on a virtual display of its own. Launch to the host's figures on screen (median of five after
 * a warm-up), how long a shown window has no content, processor time with the window open and hidden, memory of all its processes.
 */
export const run: BenchRun = async (say) => {
  if (process.platform !== 'linux' || spawnSync('Xvfb', ['-help']).error !== undefined) {
    say('P13 needs Linux and a virtual display (apt-get install xvfb)');
    return [];
  }
  // By path at run time: it finds the package folder by its own place, so it must not be bundled.
  const { resolveElectron } = (await import(/* @vite-ignore */ resolve('scripts/electron-env.mjs'))) as {
    resolveElectron(): Promise<{ readonly path: string; readonly version: string }>;
  };
  const electron = await resolveElectron();
  const display = await startDisplay();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-bench-'));
  const start = () => launch(electron.path, display.name, dataDirectory);
  const note = `Electron ${electron.version}, no GPU, no container engine`;
  const rows: BenchRow[] = [];
  const add = (what: string, ours: number, unit: string, must: number) =>
    rows.push(absoluteRow({ id: 'P13', what, ours, unit, must, note }));
  try {
    await (await start()).end();
    const snapshotMs: number[] = [];
    const blankMs: number[] = [];
    for (let round = 0; round < launches; round++) {
      const app = await start();
      snapshotMs.push(app.snapshotMs);
      blankMs.push(app.blankMs);
      await app.end();
    }
    add('desktop: launch to first painted snapshot', median(snapshotMs), 'ms', 1_000);
    add('desktop: window shown without content (worst)', Math.max(...blankMs), 'ms', 300);
    const app = await start();
    await delay(settleMs);
    add('desktop: idle CPU of one core, window open', await cpuPercent(app.pid), '%', 3);
    add('desktop: memory of all processes (PSS)', treePssBytes(app.pid) / 1024 / 1024, 'MB', 350);
    await app.hide();
    await delay(settleMs);
    add('desktop: idle CPU of one core, hidden', await cpuPercent(app.pid), '%', 0.5);
    await app.end();
    return rows;
  } finally {
    await display.end();
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
};

async function cpuPercent(pid: number): Promise<number> {
  const before = treeCpuSeconds(pid);
  const startedAtMs = performance.now();
  await delay(measureMs);
  return ((treeCpuSeconds(pid) - before) / ((performance.now() - startedAtMs) / 1000)) * 100;
}

async function launch(electronPath: string, display: string, dataDirectory: string) {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const startedAtMs = Date.now();
  const child = spawn(electronPath, ['-r', resolve('test/bench/desktop-probe.cjs'), ...asRoot, '--disable-gpu', resolve('.')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      DISPLAY: display,
      LOGSCOPE_DATA_DIRECTORY: dataDirectory,
      LOGSCOPE_ENGINE: 'unix:///nonexistent/logscope-bench.sock',
      LANG: 'en_US.UTF-8',
    },
  });
  const hear = listenTo(child);
  const painted = await hear('painted');
  const shown = await hear('shown');
  return {
    pid: child.pid ?? -1,
    snapshotMs: painted.snapshotAtMs - startedAtMs,
    blankMs: Math.max(0, (painted.firstPaintAtMs ?? painted.snapshotAtMs) - shown.atMs),
    async hide(): Promise<void> {
      const hidden = hear('hidden');
      child.kill('SIGUSR2');
      await hidden;
    },
    async end(): Promise<void> {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Gives a promise for each kind of message, also for one that came already; rejects when the app ends first. */
function listenTo(child: ChildProcess) {
  const came = new Map<ProbeMessage['kind'], ProbeMessage>();
  const waiting = new Map<ProbeMessage['kind'], (message: ProbeMessage) => void>();
  const lines = createInterface({ input: child.stdout as Readable });
  lines.on('line', (line) => {
    if (!line.startsWith('bench ')) return;
    const message = JSON.parse(line.slice(6)) as ProbeMessage;
    came.set(message.kind, message);
    waiting.get(message.kind)?.(message);
  });
  return <K extends ProbeMessage['kind']>(kind: K): Promise<Extract<ProbeMessage, { readonly kind: K }>> =>
    new Promise((settle, reject) => {
      const take = (message: ProbeMessage) => settle(message as Extract<ProbeMessage, { readonly kind: K }>);
      const already = came.get(kind);
      if (already !== undefined) return take(already);
      waiting.set(kind, take);
      child.once('exit', (code) => reject(new Error(`the app ended with code ${code} before it was "${kind}"`)));
      return undefined;
    });
}

/** A display that nobody sees; it picks its own free number. */
async function startDisplay() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [line] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer];
  return {
    name: `:${line.toString().trim()}`,
    async end(): Promise<void> {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
