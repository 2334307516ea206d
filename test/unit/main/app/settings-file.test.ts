import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSettingsFile } from '../../../../src-main/app/settings-file';
import { defaultSettings } from '../../../../src-shared/settings';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'logscope-settings-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('uses defaults without a file and writes the first change', async () => {
  const { file, notice } = await openSettingsFile(directory, 0);
  expect([file.current(), notice]).toEqual([defaultSettings, null]);
  await Promise.all([file.change({ theme: 'dark' }), file.change({ language: 'ko' })]);
  const again = await openSettingsFile(directory, 0);
  expect(again.file.current()).toEqual({ ...defaultSettings, theme: 'dark', language: 'ko' });
});

it.each(['{ not json', '{"theme": "pink"}', ''])('keeps a bad file aside and says so: %o', async (text) => {
  await writeFile(join(directory, 'settings.json'), text);
  const { file, notice } = await openSettingsFile(directory, Date.UTC(2026, 0, 2));
  expect(file.current()).toEqual(defaultSettings);
  expect(notice?.id).toBe('settings-set-aside');
  expect(await readdir(directory)).toEqual(['settings.json.bad-2026-01-02T00-00-00-000Z']);
  expect(await readFile(join(directory, 'settings.json.bad-2026-01-02T00-00-00-000Z'), 'utf8')).toBe(text);
});

it('does not take a change into force that it could not write', async () => {
  const { file } = await openSettingsFile(join(directory, 'settings.json', 'x'), 0);
  await writeFile(join(directory, 'settings.json'), '');
  await expect(file.change({ theme: 'dark' })).rejects.toThrow();
  expect(file.current()).toEqual(defaultSettings);
});
