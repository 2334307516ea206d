import { type Command, Option } from 'commander';
import { tellContainerErrors } from '../../app/errors/container-errors';
import { tellInputErrors } from '../../app/errors/input-errors';
import { NoSuchContainer, openContainer } from '../../app/errors/open-container';
import { readSettings } from '../../app/settings-file';
import { ContainerEngineError } from '../../platform/container-engine';
import { dataDirectoryOf } from '../core-options';
import { type CliDeps, CliError, type GlobalFlags } from '../deps';
import { createErrorPrinter, type ErrorPrinter } from '../error-printer';
import { exitUsage } from '../exit-codes';
import { readInput } from '../read-input';
import { countOf } from '../terminal-text';
import type { ByteStreams } from './redact';

interface ErrorsFlags {
  readonly json?: true;
  readonly container?: string;
  readonly follow?: true;
  readonly new?: true;
}

/** `errors`: the lines of a log that are an error or worse. The JSON is an outside contract: names stay. */
export function addErrorsCommand(program: Command, deps: CliDeps, streams: ByteStreams = process): void {
  program
    .command('errors')
    .summary('the lines of a log that are an error or worse')
    .description(
      'Prints the lines that state the level error or worse, and of those that state none the ones that speak of a failure. ' +
        'Mentions such as "0 errors" or "error.log" are no errors. Lines are looked at up to 64 KiB.',
    )
    .argument('[file]', 'the log, gzip or not; "-" or nothing reads standard input')
    .option('--container <name>', 'the log of a container, by its name or the beginning of its id')
    .addOption(new Option('-f, --follow', 'of a container: goes on until it stops'))
    .addOption(new Option('--new', 'with --follow: only what is written from now on').implies({ follow: true }))
    .option(
      '--json',
      'one JSON object a line: {"line": number from 1, "level": "error" or "critical", "reason": why}; of a container "atMs" and "text" instead of "line"',
    )
    .action(async (file: string | undefined, flags: ErrorsFlags, command: Command) => {
      const globals = command.optsWithGlobals<GlobalFlags>();
      const { logs, engineEndpoint } = await readSettings(dataDirectoryOf(globals, deps.environment));
      const printer = createErrorPrinter({ json: flags.json === true, email: logs.maskEmail }, streams.stdout);
      if (flags.container === undefined) {
        if (flags.follow) throw new CliError('error: --follow needs --container; for a file: tail -F file | logscope errors', exitUsage);
        await tellInputErrors(readInput(file ?? '-', streams.stdin, deps.interrupted), (line) => printer.take(line), printer.settle);
      } else {
        if (file !== undefined) throw new CliError(`error: either a file (${file}) or --container, not both`, exitUsage);
        const wanted = { name: flags.container, endpoint: endpointOf(globals, engineEndpoint), environment: deps.environment };
        await printContainerErrors(wanted, flags, printer, deps);
      }
      if (printer.cutLineCount > 0) deps.note(`${countOf(printer.cutLineCount, 'line')} longer than 64 KiB: looked at up to there.`);
    });
}

async function printContainerErrors(
  wanted: Parameters<typeof openContainer>[0],
  flags: ErrorsFlags,
  printer: ErrorPrinter,
  deps: CliDeps,
): Promise<void> {
  const { interrupted: signal } = deps;
  try {
    const fromMs = flags.new ? deps.nowMs() : 0;
    const opened = await openContainer(wanted, signal);
    try {
      await tellContainerErrors({
        ...opened,
        follow: flags.follow === true,
        fromMs,
        signal,
        onLine: (line) => printer.take(line),
        settle: printer.settle,
        note: (text) => deps.note(`note: ${text}`),
      });
    } finally {
      opened.client.close();
    }
  } catch (error) {
    if (!(error instanceof NoSuchContainer || error instanceof ContainerEngineError)) throw error;
    throw new CliError(`error: ${error.message}`);
  }
}

function endpointOf({ engine }: GlobalFlags, fromSettings: string) {
  if (engine !== undefined) return { address: engine, origin: 'command line' };
  return fromSettings === '' ? null : { address: fromSettings, origin: 'settings' };
}
