import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { type SampleAccessLog, writeSampleAccessLog } from '../helpers/access-log-samples';
import { watchComplaints } from '../helpers/hostile-lines';
import { expectNoAxeFindings } from './axe';
import { test as base, expect } from './web-page';

interface Parts {
  /** The figures of a real access log, opened by its path. */
  readonly traffic: { readonly page: Page; readonly log: SampleAccessLog; complaints(): Promise<readonly string[]> };
}

const test = base.extend<Parts>({
  traffic: async ({ page, openWindow }, use) => {
    const log = writeSampleAccessLog();
    const complaints = await watchComplaints(page);
    await openWindow('--allow-actions');
    await page.getByRole('navigation', { name: 'Sections' }).getByText('Traffic', { exact: true }).click();
    await page.getByLabel('Another file').fill(log.path);
    await page.getByLabel('Another file').press('Enter');
    await expect(page.getByRole('table', { name: 'Endpoints' })).toBeVisible();
    await use({ page, log, complaints });
    log.remove();
  },
});

const requests = (page: Page) => page.getByRole('group', { name: 'Requests' });

test('figures of a real log: they narrow, go on, and are right to the request', async ({ traffic: { page, log, complaints } }) => {
  await expect(requests(page)).toContainText(log.lineCount.toLocaleString('en'));
  await expect(page.getByRole('group', { name: 'Lines not read' })).toContainText('2');
  const orders = page.getByRole('row').filter({ hasText: '/api/orders' }).first();
  await expect(orders).toContainText('300');
  await expect(orders).toContainText('100 %');
  await expect(page.getByRole('list', { name: 'What stands out' })).toContainText('GET /api/orders');

  await page.getByRole('button', { name: 'Narrow to 5xx' }).click();
  await expect(requests(page)).toContainText('300');
  await expect(page.getByRole('list', { name: 'Narrowed to' }).getByRole('listitem')).toHaveText(['Status5xx']);
  await page.getByRole('button', { name: 'Remove Status 5xx' }).click();
  await expect(requests(page)).toContainText(log.lineCount.toLocaleString('en'));

  log.write('/just/now', 200, 40);
  await expect(requests(page)).toContainText((log.lineCount + 40).toLocaleString('en'), { timeout: 12_000 });
  await expect(page.getByRole('table', { name: 'Newest requests' })).toContainText('/just/now');
  // Paths of the log are text.
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expect(page.locator('main script, main img')).toHaveCount(0);
  expect(await complaints()).toEqual([]);
});

test('a time is chosen by dragging in the chart', async ({ traffic: { page, log } }) => {
  await expect(requests(page)).toContainText(log.lineCount.toLocaleString('en'));
  const chart = page.getByRole('application', { name: /^Requests over time/ });
  const box = await chart.boundingBox();
  if (box === null) throw new Error('no chart');
  await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 40);
  await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
  await page.mouse.up();
  await expect(page.getByRole('list', { name: 'Narrowed to' })).toContainText('Time');
  await expect(async () => {
    const figure = Number((await requests(page).innerText()).replace(/\D*([\d,]+)[\s\S]*/, '$1').replaceAll(',', ''));
    expect(figure).toBeGreaterThan(log.lineCount * 0.2);
    expect(figure).toBeLessThan(log.lineCount * 0.3);
  }).toPass();
  await page.getByRole('button', { name: 'Whole time' }).click();
  await expect(requests(page)).toContainText(log.lineCount.toLocaleString('en'));
});

test('reports are handed over as files, and the printed one has its look without breaking the policy', async ({ traffic }) => {
  const { page, complaints } = traffic;
  await page.getByRole('button', { name: 'Report' }).click();
  for (const [name, ending, word] of [
    ['Markdown', '.md', '# Traffic'],
    ['HTML', '.html', '<!doctype html>'],
    ['JSON', '.json', '"requests"'],
    ['CSV', '.csv', '/api/orders'],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
    expect(download.suggestedFilename().endsWith(ending)).toBe(true);
    expect(readFileSync(await download.path(), 'utf8')).toContain(word);
  }
  await page.getByRole('button', { name: 'PDF', exact: true }).click();
  const frame = page.locator('iframe[sandbox="allow-same-origin allow-modals"]');
  await expect(frame).toHaveCount(1);
  await expect(frame.contentFrame().getByRole('heading', { level: 1 })).toContainText('Traffic');
  const borders = await frame
    .contentFrame()
    .locator('td')
    .first()
    .evaluate((cell) => getComputedStyle(cell).borderTopWidth);
  expect(borders).toBe('1px');
  // The frame runs no scripts: not those by which this test looks into it either.
  expect((await complaints()).filter((text) => !text.startsWith("Blocked script execution in 'about:srcdoc'"))).toEqual([]);
});

test('prompts show what would leave the machine; without a model there is nothing to send', async ({ traffic: { page } }) => {
  await page.getByRole('button', { name: 'Prompts' }).click();
  const text = page.getByRole('textbox', { name: 'Text of the prompt, whole' });
  await expect(text).toHaveValue(/\/api\/orders/);
  await page.getByRole('radio', { name: 'Anomalies' }).check();
  await expect(text).toHaveValue(/502/);
  await expect(page.getByText(/No model is set up/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Send/ })).toHaveCount(0);
});

test('axe finds nothing in the choice, the format and the figures', async ({ traffic: { page, log } }) => {
  await expect(requests(page)).toContainText(log.lineCount.toLocaleString('en'));
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoAxeFindings(page, `figures, ${colorScheme}`);
  }
  await page.getByRole('button', { name: 'Prompts' }).click();
  await expect(page.getByRole('textbox', { name: 'Text of the prompt, whole' })).toHaveValue(/\/api\/orders/);
  await expectNoAxeFindings(page, 'prompts');
  await page.keyboard.press('Escape');
  await page.getByTitle('Format and first lines').click();
  await expect(page.getByRole('list', { name: 'First lines' })).toBeVisible();
  await expectNoAxeFindings(page, 'format');
  await page.getByRole('button', { name: 'Choose another log' }).click();
  await expect(page.getByLabel('Another file')).toBeVisible();
  await expectNoAxeFindings(page, 'choice');
});

test('a read-only door opens no file by its path, and says so', async ({ page, openWindow }) => {
  await openWindow();
  await page.getByRole('navigation', { name: 'Sections' }).getByText('Traffic', { exact: true }).click();
  await expect(page.getByLabel('Another file')).toBeDisabled();
  await expect(page.getByText(/Read-only here: only logs that are listed/)).toBeVisible();
});
