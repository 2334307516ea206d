import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import type { Command } from 'commander';
import { runCommand } from '../../app/run/run-command';
import { endInWords } from '../../app/run/run-ending';
import { readMaskEmail } from '../../app/settings-file';
import { wrappedRunsDirectory } from '../../platform/wrapped-runs';
import { coreOptionsFor } from '../core-options';
import type { CliDeps, GlobalFlags } from '../deps';
import { cutToWidth, escapeUnprintable } from '../terminal-text';

/** Where the output of the command goes, byte for byte. */
export interface RunStreams {
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

const lineColumns = 300;

/** `run`: a command whose output, ports and end LogScope keeps as a source. */
export function addRunCommand(program: Command, deps: CliDeps, version: string, streams: RunStreams = process): void {
  program
    .command('run')
    .summary('runs a command and keeps its output, ports and exit as a source')
    .usage('-- <command...>')
    .description(
      'Runs the command with its input and output passed through unchanged, and ends as it does: with its exit code, or 128 + n after ' +
        'signal n. Its output is kept without secrets (50 runs, 7 days, 256 MB). A terminal is told at the end why the command failed.',
    )
    .argument('<command...>', 'program and arguments; "--" before them keeps their options theirs')
    .action(async (words: string[], _flags: unknown, command: Command) => {
      const options = coreOptionsFor({ door: 'cli', store: false, version }, command.optsWithGlobals<GlobalFlags>(), deps.environment);
      const outcome = await runCommand(words, {
        directory: wrappedRunsDirectory(options.dataDirectory),
        cwd: process.cwd(),
        environment: environmentOf(deps.environment, streams),
        procRoot: options.roots.proc,
        stdout: streams.stdout,
        stderr: streams.stderr,
        nowMs: deps.nowMs,
        maskEmail: await readMaskEmail(options.dataDirectory),
        takeSignals: deps.takeSignals,
        // process.stdin would make the end that the command inherits non-blocking.
        hasTerminal: isatty(0) || streams.stdout.isTTY === true || streams.stderr.isTTY === true,
      });
      deps.setExitCode(outcome.exitCode);
      if (outcome.kind === 'not-started') return deps.note(`error: ${escapeUnprintable(outcome.reason)}`);
      if (streams.stderr.isTTY !== true) return;
      if (outcome.problem !== null) deps.note(`logscope: not all of the output is kept: ${escapeUnprintable(outcome.problem)}`);
      if (outcome.exitCode === 0) return;
      const why = outcome.newestError === null ? '' : `; newest error: ${outcome.newestError}`;
      deps.note(cutToWidth(escapeUnprintable(`logscope: ${words[0] ?? ''} ${endInWords(outcome.end)}${why}`), lineColumns));
    });
}

/** Behind the pipe there is a terminal after all: programs that ask for it keep their colours. */
function environmentOf(environment: NodeJS.ProcessEnv, { stdout, stderr }: RunStreams): NodeJS.ProcessEnv {
  if (stdout.isTTY !== true || stderr.isTTY !== true || environment.NO_COLOR || environment.FORCE_COLOR !== undefined) return environment;
  return { ...environment, FORCE_COLOR: '1', CLICOLOR_FORCE: '1' };
}
