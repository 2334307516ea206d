import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  DemoProblem,
  type DemoWriter,
  demoAccessLog,
  demoApplicationLog,
  demoHistoryMs,
  startDemoWriter,
} from '../../app/demo/demo-writer';
import { systemTimers } from '../../platform/clock';
import type { AppRoot } from '../app-root';
import { coreOptionsFor } from '../core-options';
import { type CliDeps, CliError, type GlobalFlags } from '../deps';

interface Flags extends GlobalFlags {
  readonly directory?: string;
  readonly open: boolean;
}

/** Starts a program with our streams; a test passes its own. */
export type StartProgram = (file: string, args: readonly string[]) => ChildProcess;

const startHere: StartProgram = (file, args) => spawn(file, args, { stdio: 'inherit' });
const seed = 20_260_101;

/** `demo`: sample logs that go on by themselves, and the window on them. */
export function addDemoCommand(program: Command, deps: CliDeps, app: AppRoot, start: StartProgram = startHere): void {
  program
    .command('demo')
    .summary('sample access logs with an incident now and then, and the window on them')
    .description(
      `Writes believable logs of a small shop into a folder: ${demoHistoryMs / 3_600_000} hours at once, new lines every 3 s, now and then a slow endpoint, a burst of errors, a scanner or somebody who guesses passwords. ` +
        'Opens the window on its traffic (without a display: the web door). Ends with the window, or with Ctrl+C.',
    )
    .option('--directory <folder>', 'folder for the logs, instead of "demo" beside settings and history')
    .option('--open', 'open the window (as without)', true)
    .option('--no-open', 'only write')
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { dataDirectory } = coreOptionsFor({ door: 'cli', store: false, version: app.version }, flags, deps.environment);
      const directory = flags.directory === undefined ? join(dataDirectory, 'demo') : resolve(flags.directory);
      const trouble = new AbortController();
      const writer = startWriting(directory, deps, (message) => {
        deps.note(`logscope: no new lines: ${message}`);
        trouble.abort();
      });
      try {
        deps.print(`${demoAccessLog(directory)}\n${demoApplicationLog(directory)}\n`);
        if (flags.open) deps.setExitCode(await showWindow(directory, dataDirectory, flags, deps, app, start));
        else await untilAborted(AbortSignal.any([deps.interrupted, trouble.signal]));
      } finally {
        writer.stop();
      }
      if (trouble.signal.aborted) throw new CliError('error: the sample logs could not be written any more.');
    });
}

function startWriting(directory: string, deps: CliDeps, onProblem: (message: string) => void): DemoWriter {
  try {
    return startDemoWriter({
      directory,
      clock: { nowMs: deps.nowMs },
      timers: systemTimers,
      offsetMinutes: (atMs) => -new Date(atMs).getTimezoneOffset(),
      seed,
      onProblem,
    });
  } catch (error) {
    if (error instanceof DemoProblem) throw new CliError(`error: ${error.message}`);
    throw error;
  }
}

/** As `npm start` does it: the window, or the web door where there can be none. An installed copy has the web door only. */
function showWindow(
  directory: string,
  dataDirectory: string,
  flags: Flags,
  deps: CliDeps,
  app: AppRoot,
  start: StartProgram,
): Promise<number> {
  const script = join(app.directory, 'scripts', 'start.mjs');
  const program = existsSync(script) ? [script] : [join(app.directory, 'out', 'main', 'cli.js'), 'serve'];
  const args = ['--show=demo', `--demo-directory=${directory}`, `--data-directory=${dataDirectory}`];
  if (flags.engine !== undefined) args.push(`--engine=${flags.engine}`);
  return new Promise((settle, fail) => {
    const child = start(process.execPath, [...program, ...args]);
    const pass = () => {
      child.kill(deps.interrupted.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
    };
    deps.interrupted.addEventListener('abort', pass, { once: true });
    child.once('error', fail);
    child.once('close', (code, signal) => {
      deps.interrupted.removeEventListener('abort', pass);
      settle(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0));
    });
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((settle) => signal.addEventListener('abort', () => settle(), { once: true }));
}
