import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRedactCommand } from '../../../../src-main/cli/commands/redact';
import { CliError } from '../../../../src-main/cli/deps';
import { runByteCommand } from '../../../helpers/cli-deps';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logscope-redact-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], input: Buffer = Buffer.alloc(0)) {
  return runByteCommand(addRedactCommand, ['redact', ...args], Readable.from([input]));
}

describe('logscope redact', () => {
  it('masks a file and tells by kind how many', async () => {
    const file = join(folder, 'some.log');
    writeFileSync(file, 'start\npassword=hunter-22 token=abc1def2ghi3\n비밀 password="암호문 둘"\nend');
    const { out, notes } = await run([file]);
    expect(out.toString()).toMatch(
      /^start\npassword=\[masked:password:[0-9a-f]{6}\] token=\[masked:secret:[0-9a-f]{6}\]\n비밀 password="\[masked:password:[0-9a-f]{6}\]"\nend$/,
    );
    expect(notes).toBe('3 masked: 2 password, 1 secret\n');
  });

  it('reads standard input, and bytes that are no secret pass unharmed', async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff));
    const { out, notes } = await run(['-'], bytes);
    expect(out.equals(bytes)).toBe(true);
    expect(notes).toBe('0 masked\n');
  });

  it('masks addresses only with --email', async () => {
    const input = Buffer.from('to bob@example.test\n');
    expect((await run([], input)).out).toEqual(input);
    expect(await run(['--email'], input)).toMatchObject({ notes: '1 masked: 1 email\n' });
  });

  it.each([
    ['missing.log', 'there is no such file'],
    ['.', 'it is a folder'],
  ])('%s: %s', async (name, reason) => {
    await expect(run([join(folder, name)])).rejects.toSatisfy(
      (error) => error instanceof CliError && error.message.includes(`cannot be read: ${reason}`),
    );
  });
});
