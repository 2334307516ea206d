import { setTimeout } from 'node:timers/promises';
import { readAppRoot } from './app-root';
import { failureCodeOf } from './exit-codes';
import { createPaint, wantsColours } from './paint';
import { runCommandLine } from './run';

/** The process around the command line: streams, signals, the end. */
const interruption = new AbortController();
/** The signals that a program may be sent to end, look again or dump something. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** The core settles within 2 s; whatever still hangs then must not keep a supervisor waiting. */
const endPatienceMs = 2_700;

let taker: ((signal: NodeJS.Signals) => void) | null = null;

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (taker !== null) return;
      // The reader went away (`logscope … | head -1`): nobody to tell, nothing went wrong here.
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      if (stream === process.stdout) tellUnwritten(error, args);
      else process.exit(failureCodeOf(args));
    });
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (taker !== null) return;
      if (interruption.signal.aborted) process.exit(130);
      interruption.abort(signal);
      globalThis.setTimeout(() => process.exit(process.exitCode ?? 0), endPatienceMs).unref();
    });
  }
  process.exitCode = 0;
  await runCommandLine(
    args,
    {
      // Loaded when wanted: --help and --version need none of it.
      createCore: async (...given) => (await import('../app/create-app')).createApp(...given),
      environment: process.env,
      paint: createPaint(wantsColours(process.env, process.stdout.isTTY)),
      print: (text) => process.stdout.write(text),
      note: (line) => process.stderr.write(`${line}\n`),
      setExitCode: (code) => {
        process.exitCode = code;
      },
      takeSignals(listener) {
        taker = listener;
        for (const signal of passedOn) process.on(signal, listener);
      },
      nowMs: Date.now,
      wait: (milliseconds) => setTimeout(milliseconds, undefined, { signal: interruption.signal }),
      interrupted: interruption.signal,
    },
    readAppRoot(import.meta.dirname),
  );
  // A handle that somebody forgot must not keep the command alive; what was printed goes out first.
  process.stdout.write('', (error) => {
    // What could not be written is told by the stream's own error, which comes after this.
    if (!error || taker !== null) process.exit();
  });
}

/** Half an answer must not look like a whole one: a full disk is told, and is a failure. */
function tellUnwritten({ message }: Error, args: readonly string[]): void {
  process.stderr.write(`error: the output could not be written: ${message}\n`, () => process.exit(failureCodeOf(args)));
}

void main();
