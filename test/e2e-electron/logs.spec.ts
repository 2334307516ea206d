import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../helpers/electron-app';
import { everythingOn, expectOnlyText, hostileLines, linesOf, openLogs, watchComplaints } from '../helpers/hostile-lines';
import { writeLogSettings } from '../helpers/logs-app';
import { plantedIn, plantedLines } from '../helpers/planted-secrets';

test('lines of a followed file are there within a second, do nothing and hold no secret', async ({ launch, notifications }) => {
  const folder = mkdtempSync(join(tmpdir(), 'logscope-e2e-logs-'));
  const path = join(folder, 'shop.log');
  const write = (...lines: readonly string[]) => appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
  writeFileSync(path, '');
  const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-e2e-'));
  writeLogSettings(dataDirectory, { files: [{ pattern: path, kind: 'event' }] });
  const app = await launch({ dataDirectory });
  const page = await app.window();
  const complaints = await watchComplaints(page);
  await page.reload();
  await openLogs(page);
  const rows = linesOf(page).getByRole('row');
  // What is in a file when it is met for the first time is the past.
  await expect(async () => {
    write('INFO watched');
    await expect(rows.filter({ hasText: 'watched' }).first()).toBeVisible({ timeout: 500 });
  }).toPass();

  write('INFO a wombat came in');
  await expect(rows.filter({ hasText: 'wombat' })).toHaveCount(1, { timeout: 1_000 });
  write(...hostileLines, ...plantedLines, 'INFO the end of it');
  await expect(rows.filter({ hasText: 'the end of it' })).toHaveCount(1);
  await expectOnlyText(page);
  await expect(linesOf(page)).toContainText('[masked:');
  expect(plantedIn(await everythingOn(page))).toEqual([]);
  expect(await complaints()).toEqual([]);
  expect(app.electron.windows()).toHaveLength(1);
  expect(plantedIn([...app.ownLines, ...notifications.shown.map(({ summary, body }) => summary + body)].join('\n'))).toEqual([]);

  await page.getByLabel('Search lines').fill('wombat');
  await expect(rows).toHaveCount(1);
  rmSync(folder, { recursive: true, force: true });
});
