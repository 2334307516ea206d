import { CommanderError } from 'commander';
import { createTextMask } from '../../src-shared/redact/mask-values';
import { createSecretHash } from '../platform/secret-hash';
import type { AppRoot } from './app-root';
import { type CliDeps, CliError } from './deps';
import { exitUsage, failureCodeOf } from './exit-codes';
import { createProgram } from './program';

/** Runs one command line. Never rejects: every problem becomes one line on stderr and an exit code. */
export async function runCommandLine(args: readonly string[], deps: CliDeps, app: AppRoot): Promise<void> {
  try {
    if (args.length === 0) {
      deps.note((await createProgram(deps, app, args)).helpInformation().trimEnd());
      deps.setExitCode(exitUsage);
      return;
    }
    await (await createProgram(deps, app, args)).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version come this way too, with exit code 0; commander has already said what there is to say.
      if (error.exitCode !== 0) deps.setExitCode(exitUsage);
    } else if (error instanceof CliError) {
      deps.note(error.message);
      deps.setExitCode(error.exitCode);
    } else if (deps.interrupted.aborted) {
      deps.setExitCode(deps.interrupted.reason === 'SIGINT' ? 130 : 143);
    } else {
      const mask = createTextMask({ hash: createSecretHash() });
      deps.note(mask(`error: ${error instanceof Error ? error.message : String(error)} (unexpected; LOGSCOPE_DEBUG=1 shows where)`));
      if (deps.environment.LOGSCOPE_DEBUG && error instanceof Error && error.stack) deps.note(mask(error.stack));
      deps.setExitCode(failureCodeOf(args));
    }
  }
}
