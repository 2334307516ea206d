import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommandLine } from '../../../../src-main/cli/run';
import { recordCli } from '../../../helpers/cli-deps';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patterns-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function patterns(text: string, ...flags: readonly string[]) {
  const file = join(folder, 'app.log');
  await writeFile(file, text);
  return run('patterns', ...flags, file);
}

async function run(...args: readonly string[]) {
  const cli = recordCli();
  await runCommandLine(args, cli.deps, { directory: '/nowhere', version: '1.2.3' });
  return { out: cli.printed(), notes: cli.noted(), code: cli.code() };
}

it('prints the patterns by count, each with an example', async () => {
  const { out, code } = await patterns('2024-01-02 03:04:05 INFO took 3 ms\n2024-01-02 03:04:06 INFO took 4 ms\nstarted\n');
  expect(out).toBe('2  took <duration>\n   took 3 ms\n1  started\n3 lines, 2 patterns\n');
  expect(code).toBe(0);
});

it('--assign prints one id for each line: empty, long, and without a newline at the end', async () => {
  const { out, notes } = await patterns(`a 1\n\n${'x'.repeat(70_000)}\r\na 2`, '--assign');
  const ids = out.trimEnd().split('\n');
  expect(ids).toHaveLength(4);
  expect(ids.every((id) => /^p[0-9a-f]+$/.test(id))).toBe(true);
  expect(ids[0]).toBe(ids[3]);
  expect(new Set(ids).size).toBe(3);
  expect(notes).toBe('1 cut to 64 KiB\n');
});

it('--json prints one object for each pattern', async () => {
  const { out } = await patterns('a 1\na 2\n', '--json');
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      id: expect.any(String),
      template: 'a <num>',
      count: 2,
      firstSeenAtMs: null,
      lastSeenAtMs: null,
      sources: ['app.log'],
      unnamedSourceCount: 0,
      example: 'a 1',
    },
  ]);
});

it('neither secrets nor control characters come out', async () => {
  const key = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ', '-----END PRIVATE KEY-----'].join('\n');
  const { out } = await patterns(`login password=correcthorsebattery ok\n\u001b[2Jwiped\n${key}\n`);
  expect(out).not.toContain('correcthorse');
  expect(out).not.toContain('MIIEvQ');
  expect(out).not.toContain('\u001b');
});

it('a missing file is told in one line', async () => {
  const { out, notes, code } = await run('patterns', join(folder, 'none.log'));
  expect(out).toBe('');
  expect(notes).toMatch(/^error: .*none\.log cannot be read: there is no such file\n$/);
  expect(code).toBe(1);
});

it('--assign and --json exclude each other', async () => {
  expect((await patterns('a\n', '--assign', '--json')).code).toBe(64);
});
