import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import { secretKinds } from '../../../src-shared/redact/secret-kinds';
import { RedactingStream } from '../../../src-shared/redact/text-stream';
import { createSecretHash } from '../../platform/secret-hash';
import type { CliDeps } from '../deps';
import { readInput } from '../read-input';

/** Bytes in and out: `print` of the other commands takes text only. */
export interface ByteStreams {
  readonly stdin: Readable;
  readonly stdout: Writable;
}

/** `redact`: a text without its secrets, to hand to others. */
export function addRedactCommand(program: Command, deps: CliDeps, streams: ByteStreams = process): void {
  program
    .command('redact')
    .summary('masks secrets in a text: keys, tokens, passwords, cookies, card numbers')
    .description(
      'Writes the text with every secret as [masked:kind:hash] and tells on stderr how many there were. The same secret gets the same ' +
        'hash within a run; no run can be compared with another, and nothing can be turned back. Bytes that are no secret stay as they are.',
    )
    .argument('[file]', 'the text, gzip or not; "-" or nothing reads standard input', '-')
    .option('--email', 'mask e-mail addresses too')
    .action(async (file: string, flags: { readonly email?: true }) => {
      const stream = new RedactingStream({ hash: createSecretHash(), email: flags.email === true });
      // Latin-1 gives each byte one character and back, so whatever the text is written in passes unharmed.
      for await (const chunk of readInput(file, streams.stdin, deps.interrupted)) await write(stream.write(chunk.toString('latin1')));
      await write(stream.end());
      deps.note(summary(stream.byKind));
    });

  async function write(text: string): Promise<void> {
    if (text !== '' && !streams.stdout.write(text, 'latin1')) await once(streams.stdout, 'drain');
  }
}

/** "3 masked: 2 jwt, 1 password". */
function summary(byKind: RedactingStream['byKind']): string {
  const kinds = secretKinds.filter((kind) => (byKind[kind] ?? 0) > 0);
  const count = kinds.reduce((sum, kind) => sum + (byKind[kind] ?? 0), 0);
  return `${count} masked${count === 0 ? '' : `: ${kinds.map((kind) => `${byKind[kind]} ${kind}`).join(', ')}`}`;
}
