import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { addErrorsCommand } from '../../../../src-main/cli/commands/errors';
import { addRedactCommand } from '../../../../src-main/cli/commands/redact';
import { CliError } from '../../../../src-main/cli/deps';
import { runCommandLine } from '../../../../src-main/cli/run';
import { recordCli, runByteCommand } from '../../../helpers/cli-deps';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

const text = 'INFO fine\nERROR it broke with password=hunter2hunter\n';
const nothing = () => Readable.from([]);

function packed(name: string, content = gzipSync(text)): string {
  const file = join(temporaryDirectory(), name);
  writeFileSync(file, content);
  return file;
}

it('errors and redact read gzip by its content, whatever the name', async () => {
  const errors = await runByteCommand(addErrorsCommand, ['errors', packed('app.log.2.gz')], nothing());
  expect(errors.out.toString()).toMatch(/^ERROR it broke with password=\[masked:password:\w{6}\]\n$/);
  const redacted = await runByteCommand(addRedactCommand, ['redact', packed('app.log')], nothing());
  expect(redacted.out.toString()).toMatch(/^INFO fine\nERROR it broke with password=\[masked:password:\w{6}\]\n$/);
});

it('and on standard input, in pieces of one byte', async () => {
  const bytes = [...gzipSync(text)].map((byte) => Buffer.from([byte]));
  const { out } = await runByteCommand(addRedactCommand, ['redact'], Readable.from(bytes));
  expect(out.toString()).toContain('INFO fine\n');
});

it('patterns too', async () => {
  const cli = recordCli();
  await runCommandLine(['patterns', packed('app.log.gz')], cli.deps, { directory: '/nowhere', version: '1.2.3' });
  expect(cli.printed()).toContain('INFO fine\n');
  expect(cli.code()).toBe(0);
});

it('gives what comes before a break, and says that there is one', async () => {
  const lines = Array.from({ length: 5_000 }, (_, at) => `ERROR ${at * 7919}\n`).join('');
  const file = packed('app.log.gz', gzipSync(lines).subarray(0, 8_000));
  const reading = runByteCommand(addErrorsCommand, ['errors', file], nothing());
  await expect(reading).rejects.toBeInstanceOf(CliError);
  await expect(reading).rejects.toThrow(`error: ${file} was read up to where it is broken: its compressed text is damaged or ends early`);
});

it('text that only begins like gzip is text', async () => {
  for (const begin of [[0x1f], [0x1f, 0x8b], [0x1f, 0x8b, 9, 10]]) {
    const { out } = await runByteCommand(addRedactCommand, ['redact'], Readable.from([Buffer.from(begin)]));
    expect([...out]).toEqual(begin);
  }
});
