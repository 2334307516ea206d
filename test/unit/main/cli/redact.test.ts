import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRedactCommand } from '../../../../src-main/cli/commands/redact';
import { type CliDeps, CliError } from '../../../../src-main/cli/deps';
import { createPaint } from '../../../../src-main/cli/paint';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logscope-redact-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(args: readonly string[], input: Buffer = Buffer.alloc(0)) {
  const stdout = new PassThrough();
  const chunks: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const stdin = new PassThrough();
  stdin.end(input);
  let notes = '';
  const deps: CliDeps = {
    createCore: () => Promise.reject(new Error('redact needs no core')),
    environment: {},
    paint: createPaint(false),
    print: () => undefined,
    note: (line) => {
      notes += `${line}\n`;
    },
    setExitCode: () => undefined,
    nowMs: () => 0,
    wait: () => Promise.resolve(),
    interrupted: new AbortController().signal,
  };
  const program = new Command('logscope').exitOverride();
  addRedactCommand(program, deps, { stdin, stdout });
  await program.parseAsync(['redact', ...args], { from: 'user' });
  return { out: Buffer.concat(chunks), notes };
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
