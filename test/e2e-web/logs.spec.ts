import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { everythingOn, expectOnlyText, hostileLines, linesOf, openLogs, watchComplaints } from '../helpers/hostile-lines';
import { writeLogSettings } from '../helpers/logs-app';
import { plantedIn, plantedLines } from '../helpers/planted-secrets';
import { expectNoAxeFindings } from './axe';
import { test as base, engineMissing, expect } from './web-page';

interface Parts {
  /** The window of an app that follows one file, and a way to write into it. */
  readonly logs: { readonly page: Page; write(...lines: readonly string[]): void; complaints(): Promise<readonly string[]> };
}

const test = base.extend<Parts>({
  logs: async ({ page, openWindow }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'logscope-e2e-logs-'));
    const path = join(folder, 'shop.log');
    const write = (...lines: readonly string[]) => appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
    writeFileSync(path, '');
    writeLogSettings(join(folder, 'data'), { files: [{ pattern: path, kind: 'event' }] });
    const complaints = await watchComplaints(page);
    await openWindow('--data-directory', join(folder, 'data'));
    await openLogs(page);
    // What is in a file when it is met for the first time is the past.
    await expect(async () => {
      write('INFO watched');
      await expect(linesOf(page).getByText('watched').first()).toBeVisible({ timeout: 500 });
    }).toPass();
    await use({ page, write, complaints });
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  },
});

const rows = (page: Page) => linesOf(page).getByRole('row');

test('shows a new line within a second, and finds it by its words, level and source', async ({ logs: { page, write } }) => {
  for (const word of ['wombat', 'quagga', 'okapi']) {
    write(`ERROR no ${word} in the shop`);
    await expect(rows(page).filter({ hasText: word })).toHaveCount(1, { timeout: 1_000 });
  }
  write('INFO the wombat is back');
  const search = page.getByLabel('Search lines');
  for (const [query, texts] of [
    ['wombat', [/no wombat/, /wombat is back/]],
    ['wombat level:error', [/no wombat/]],
    ['"no okapi" source:shop.log', [/no okapi/]],
    ['/q[u]agga/ -okapi', [/no quagga/]],
  ] as [string, RegExp[]][]) {
    await search.fill(query);
    await expect(rows(page)).toHaveText(texts);
  }
  await search.fill('source:nowhere wombat');
  await expect(page.getByText('No line fits this search.')).toBeVisible();
  // It stays a live search.
  await search.fill('wombat');
  await expect(rows(page)).toHaveText([/no wombat/, /wombat is back/]);
  write('WARN one more Wombat', 'WARN one more numbat');
  await expect(rows(page)).toHaveText([/no wombat/, /wombat is back/, /one more Wombat/], { timeout: 1_500 });
});

test('takes lines for text, whatever is in them, and shows no secret', async ({ logs: { page, write, complaints } }) => {
  write(...hostileLines, ...plantedLines, 'INFO the end of it');
  await expect(rows(page).filter({ hasText: 'the end of it' })).toHaveCount(1);
  await expectOnlyText(page);
  // Opened, too.
  await rows(page).filter({ hasText: 'numbat2' }).click();
  await expect(rows(page).filter({ hasText: 'numbat2' })).toHaveAttribute('aria-expanded', 'true');
  await expectOnlyText(page);
  await expect(linesOf(page)).toContainText('[masked:');
  expect(plantedIn(await everythingOn(page))).toEqual([]);
  for (const tab of ['Patterns', 'Sources']) {
    await page.getByRole('radio', { name: tab }).check();
    await expect(page.getByText('shop.log').first()).toBeVisible();
    expect(plantedIn(await everythingOn(page))).toEqual([]);
  }
  await page.getByRole('navigation', { name: 'Sections' }).getByText('Overview', { exact: true }).first().click();
  await expect(page.getByRole('region', { name: 'Newest errors' })).toContainText('[masked:');
  expect(plantedIn(await everythingOn(page))).toEqual([]);
  expect(await complaints()).toEqual([]);
});

test('stops following when a person scrolls up, says how many came, and goes back', async ({ logs: { page, write } }) => {
  write(...Array.from({ length: 300 }, (_, index) => `INFO order ${index + 1} of the shop`));
  await expect(rows(page).filter({ hasText: 'order 300 of' })).toBeVisible();
  await linesOf(page).hover();
  await page.mouse.wheel(0, -2_000);
  const footer = page.getByText('not following');
  await expect(footer).toBeVisible();
  const { top } = await linesOf(page).evaluate((element) => ({ top: element.scrollTop }));
  write('INFO first that is new', 'INFO second that is new');
  const pill = page.getByRole('button', { name: '2 new lines' });
  await expect(pill).toBeVisible();
  await expect(rows(page).filter({ hasText: 'second that is new' })).toHaveCount(0);
  expect(await linesOf(page).evaluate((element) => element.scrollTop)).toBe(top);
  await pill.click();
  await expect(rows(page).filter({ hasText: 'second that is new' })).toBeVisible();
  write('INFO followed again');
  await expect(rows(page).filter({ hasText: 'followed again' })).toBeVisible();
});

test('a trace of a container is one entry that stays when the container is gone', async ({ logs: { page }, engine }) => {
  test.skip(engine === null, engineMissing);
  if (engine === null) return;
  const script =
    'echo "TypeError: quokka is not a function"; echo "    at serve (/app/shop.js:12:7)"; echo "    at run (/app/run.js:1:1)"; sleep 1000';
  const id = await engine.run(['--name', 'quokka-shop'], 'sh', '-c', script);
  const search = page.getByLabel('Search lines');
  await search.fill('quokka');
  await expect(rows(page)).toHaveText([/TypeError: quokka is not a function/]);
  await expect(rows(page)).toContainText('+2 lines');
  await rows(page).click();
  await expect(rows(page)).toContainText('/app/run.js:1:1');
  await engine.docker('rm', '-f', id);
  await search.fill('source:quokka-shop -wombat');
  await expect(rows(page)).toHaveText([/TypeError: quokka is not a function/]);
});

test('axe finds nothing where there are lines, patterns and sources, light or dark', async ({ logs: { page, write } }) => {
  write(...['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG'].map((level) => `${level} wombat of order`), ...hostileLines);
  await rows(page).filter({ hasText: 'numbat6' }).click();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const tab of ['Console', 'Patterns', 'Sources']) {
      await page.getByRole('radio', { name: tab }).check();
      await expect(page.getByText('shop.log').first()).toBeVisible();
      await expectNoAxeFindings(page, `${tab}, ${colorScheme}`);
    }
  }
});
