import { once } from 'node:events';
import type { Command } from 'commander';
import { maxLineBytes } from '../../../src-shared/logs/line-limit';
import { createTextMask } from '../../../src-shared/redact/mask-values';
import { LineRedactor } from '../../../src-shared/redact/redactor';
import { findLogError } from '../../app/find-log-error';
import { readMaskEmail } from '../../app/settings-file';
import { LineSplitter } from '../../platform/line-splitter';
import { createSecretHash } from '../../platform/secret-hash';
import { dataDirectoryOf } from '../core-options';
import type { CliDeps, GlobalFlags } from '../deps';
import { readInput } from '../read-input';
import { countOf, escapeUnprintable, jsonLine } from '../terminal-text';
import type { ByteStreams } from './redact';

/** `errors`: the lines of a log that are an error or worse. The JSON is an outside contract: names stay. */
export function addErrorsCommand(program: Command, deps: CliDeps, streams: ByteStreams = process): void {
  program
    .command('errors')
    .summary('the lines of a log that are an error or worse')
    .description(
      'Prints the lines that state the level error or worse, and of those that state none the ones that speak of a failure. ' +
        'Mentions such as "0 errors" or "error.log" are no errors. Lines are looked at up to 64 KiB.',
    )
    .argument('[file]', 'the log, gzip or not; "-" or nothing reads standard input', '-')
    .option('--json', 'one JSON object a line: {"line": number from 1, "level": "error" or "critical", "reason": why}')
    .action(async (file: string, flags: { readonly json?: true }, command: Command) => {
      const email = await readMaskEmail(dataDirectoryOf(command.optsWithGlobals<GlobalFlags>(), deps.environment));
      const redaction = { hash: createSecretHash(), email };
      const mask = createTextMask(redaction);
      let lineNumber = 0;
      let cutLines = 0;
      let found = '';
      const splitter = new LineSplitter(maxLineBytes, (bytes, cutBytes) => {
        lineNumber += 1;
        if (cutBytes > 0) cutLines += 1;
        const line = bytes.toString('utf8');
        const error = findLogError(line);
        if (error === null) return;
        found += flags.json
          ? jsonLine({ line: lineNumber, level: error.level, reason: mask(error.reason.text) })
          : `${shown(new LineRedactor(redaction).redact(line, cutBytes > 0).text)}${cutMark(cutBytes)}\n`;
      });
      for await (const chunk of readInput(file, streams.stdin, deps.interrupted)) {
        splitter.write(chunk);
        await writeFound();
      }
      splitter.flush();
      await writeFound();
      if (cutLines > 0) deps.note(`${countOf(cutLines, 'line')} longer than 64 KiB: looked at up to there.`);

      async function writeFound(): Promise<void> {
        const text = found;
        found = '';
        if (text !== '' && !streams.stdout.write(text)) await once(streams.stdout, 'drain');
      }
    });
}

/** Tabs stay: they move nothing but the next column. */
function shown(line: string): string {
  return line.split('\t').map(escapeUnprintable).join('\t');
}

function cutMark(cutBytes: number): string {
  return cutBytes === 0 ? '' : ` … (${countOf(cutBytes, 'byte')} more)`;
}
