import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Lines that would do something if they were more than text; each begins with a word of its own. */
export const hostileLines: readonly string[] = [
  'numbat1 <script>window.hacked = 1</script>',
  'numbat2 <img src=x onerror="window.hacked = 2"> <a href="javascript:window.hacked=3">click</a>',
  'numbat3 \u001b[2J\u001b[H\u001b[3Jafter the clear screen',
  'numbat4 \u001b]0;owned\u0007\u001b]8;;https://example.org/\u001b\\link\u001b]8;;\u001b\\ \u001b]52;c;aGFja2Vk\u0007after',
  'numbat5 \u202egnp.exe\u202c \u2066hidden\u2069 \u200f after',
  'numbat6 \u001b[31mred\u001b[0m \u009b2J \u0000\u0001\u0008 "></div><iframe src="https://example.org/"></iframe>',
];

/** Counts what a line must not be able to make. */
const forbidden = '[data-console] script, [data-console] img, [data-console] iframe, [data-console] a[href], [data-console] style';

/** Keeps what the page complains of; to be called before it is loaded, or followed by a reload. */
export async function watchComplaints(page: Page): Promise<() => Promise<readonly string[]>> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    const policySeen: string[] = [];
    Object.assign(globalThis, { policySeen });
    document.addEventListener('securitypolicyviolation', (event) => policySeen.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  return async () => [...complaints, ...(await page.evaluate(() => (globalThis as unknown as { policySeen: string[] }).policySeen))];
}

export function linesOf(page: Page) {
  return page.getByRole('treegrid', { name: 'Log lines' });
}

export async function openLogs(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Sections' }).getByText('Logs', { exact: true }).first().click();
  await expect(page.getByLabel('Search lines')).toBeVisible();
}

/** That the hostile lines are there as text and did nothing. */
export async function expectOnlyText(page: Page): Promise<void> {
  const lines = linesOf(page);
  const title = await page.title();
  await expect(lines.getByRole('row').filter({ hasText: 'numbat1' })).toContainText('<script>window.hacked = 1</script>');
  await expect(lines.getByRole('row').filter({ hasText: 'numbat2' })).toContainText('<img src=x onerror="window.hacked = 2">');
  await expect(lines.getByRole('row').filter({ hasText: 'numbat3' })).toContainText('numbat3 after the clear screen');
  await expect(lines.getByRole('row').filter({ hasText: 'numbat4' })).toContainText('numbat4 link after');
  const turned = await lines.getByRole('row').filter({ hasText: 'numbat5' }).innerText();
  expect(turned).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200f]/);
  await expect(lines.getByRole('row').filter({ hasText: 'numbat6' })).toContainText('red');
  await expect(page.locator(forbidden)).toHaveCount(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await page.title()).toBe(title);
  expect(title).not.toContain('owned');
}

/** Everything a person or a tool could read of the page: text, titles, labels, values of fields. */
export function everythingOn(page: Page): Promise<string> {
  return page.evaluate(() => document.documentElement.outerHTML + document.title + JSON.stringify({ ...localStorage, ...sessionStorage }));
}
