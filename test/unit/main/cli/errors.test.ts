import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { addErrorsCommand } from '../../../../src-main/cli/commands/errors';
import { CliError } from '../../../../src-main/cli/deps';
import { runByteCommand } from '../../../helpers/cli-deps';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

async function run(args: readonly string[], input: readonly (string | Buffer)[] = []) {
  const stdin = Readable.from(input.map((chunk) => Buffer.from(chunk)));
  const { out, notes } = await runByteCommand(addErrorsCommand, ['errors', ...args], stdin);
  return { out: out.toString('utf8'), notes };
}

describe('errors', () => {
  it('prints the lines that are an error or worse, whatever the pieces they come in', async () => {
    const { out, notes } = await run([], ['INFO: fine\nERR', 'OR it broke\n0 errors\n', 'the last one failed']);
    expect({ out, notes }).toEqual({ out: 'ERROR it broke\nthe last one failed\n', notes: '' });
  });

  it('prints no secret of a line', async () => {
    const { out } = await run([], ['ERROR login with password=hunter2hunter failed\n']);
    expect(out).toMatch(/^ERROR login with password=\[masked:password:[0-9a-f]{6}\] failed\n$/);
  });

  it('masks e-mail addresses where the settings say so', async () => {
    const directory = temporaryDirectory();
    const ask = () =>
      runByteCommand(addErrorsCommand, ['errors'], Readable.from([Buffer.from('login of ann@example.org failed\n')]), {
        environment: { LOGSCOPE_DATA_DIRECTORY: directory },
      });
    expect((await ask()).out.toString()).toBe('login of ann@example.org failed\n');
    await writeFile(join(directory, 'settings.json'), JSON.stringify({ logs: { maskEmail: true } }));
    expect((await ask()).out.toString()).toMatch(/^login of \[masked:email:[0-9a-f]{6}\] failed\n$/);
    await writeFile(join(directory, 'settings.json'), '{');
    expect((await ask()).out.toString()).toBe('login of ann@example.org failed\n');
  });

  it('tells line, level and reason as JSON', async () => {
    const { out } = await run(['--json', '-'], ['ok\r\n2024-01-02 10:00:00 FATAL bye\r\n\nupload failed\n']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { line: 2, level: 'critical', reason: 'The line states its level: FATAL' },
      { line: 4, level: 'error', reason: 'The text says "failed"' },
    ]);
  });

  it('shows hostile bytes instead of obeying them', async () => {
    const { out } = await run([], ['ERROR \u001b[2J\u202e\tgone\n']);
    expect(out).toBe('ERROR \\x1b[2J\\u202e\tgone\n');
    const json = await run(['--json'], ['failed: \u001b[2J\n']);
    expect(json.out).not.toContain('\u001b');
  });

  it('looks at 64 KiB of a line and says so', async () => {
    const { out, notes } = await run([], [`ERROR ${'x'.repeat(64 * 1024)}\nERROR short\n`]);
    const [long, short] = out.split('\n');
    expect(long).toMatch(/x … \(6 bytes more\)$/);
    expect(short).toBe('ERROR short');
    expect(notes).toBe('1 line longer than 64 KiB: looked at up to there.\n');
  });

  it('reads a file, and says clearly why it cannot', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'app.log');
    await writeFile(file, 'fine\nit crashed\n');
    expect((await run([file])).out).toBe('it crashed\n');
    await expect(run([join(directory, 'absent.log')])).rejects.toThrow(
      new CliError(`error: ${join(directory, 'absent.log')} cannot be read: there is no such file`),
    );
    await expect(run([directory])).rejects.toThrow('it is a folder');
  });
});
