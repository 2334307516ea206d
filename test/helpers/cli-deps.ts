import { type Readable, Writable } from 'node:stream';
import { Command } from 'commander';
import type { ByteStreams } from '../../src-main/cli/commands/redact';
import type { CliDeps } from '../../src-main/cli/deps';
import { createPaint } from '../../src-main/cli/paint';

/** The world of a command as a test sees it, and what the command said into it. */
export interface RecordedCli {
  readonly deps: CliDeps;
  readonly printed: () => string;
  readonly noted: () => string;
  readonly code: () => number;
}

/** Deps that record; by default there is no core, no environment, no colour and no time. */
export function recordCli(given: Partial<CliDeps> = {}): RecordedCli {
  let printed = '';
  let noted = '';
  let code = 0;
  return {
    deps: {
      createCore: () => Promise.reject(new Error('this command needs no core')),
      environment: {},
      paint: createPaint(false),
      print: (text) => {
        printed += text;
      },
      note: (line) => {
        noted += `${line}\n`;
      },
      setExitCode: (next) => {
        code = next;
      },
      nowMs: () => 1_700_000_000_000,
      wait: () => Promise.resolve(),
      takeSignals: () => undefined,
      interrupted: new AbortController().signal,
      ...given,
    },
    printed: () => printed,
    noted: () => noted,
    code: () => code,
  };
}

/** Runs a command that takes bytes from stdin and gives bytes to a stdout that is slow to take them. */
export async function runByteCommand(
  add: (program: Command, deps: CliDeps, streams: ByteStreams) => void,
  args: readonly string[],
  stdin: Readable,
  given: Partial<CliDeps> = {},
): Promise<{ readonly out: Buffer; readonly notes: string }> {
  const chunks: Buffer[] = [];
  const stdout = new Writable({
    highWaterMark: 64,
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  const cli = recordCli(given);
  const program = new Command('logscope').exitOverride();
  add(program, cli.deps, { stdin, stdout });
  await program.parseAsync([...args], { from: 'user' });
  await new Promise<void>((resolve) => stdout.end(resolve));
  return { out: Buffer.concat(chunks), notes: cli.noted() };
}
