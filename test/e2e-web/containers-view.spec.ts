import type { Page } from '@playwright/test';
import { engineMissing, expect, test } from './web-page';

/** The containers view on a real engine through the web door. */
async function openContainers(page: Page) {
  await page.getByRole('navigation', { name: 'Sections' }).getByText('Containers', { exact: true }).first().click();
  const table = page.getByRole('table', { name: 'Container states' });
  await expect(table).toBeVisible();
  return table;
}

const detailOf = (page: Page) => page.getByRole('complementary', { name: 'Detail' });

test('an ended container stays listed with why and since when, and its log can still be read', async ({ engine, openWindow }) => {
  test.skip(engine === null, engineMissing);
  const name = 'e2e-view-ended';
  const labels = ['--label', 'com.docker.compose.project=e2e-view', '--label', 'e2e.hostile=<img src=x onerror=alert(1)>'];
  await engine?.run(['--name', name, '-e', 'E2E_SECRET=do-not-show', ...labels], 'sh', '-c', 'echo "<b>last</b> words"; exit 3');
  await engine?.docker('wait', name);
  const { page } = await openWindow();
  const table = await openContainers(page);
  await expect(table.getByRole('row').filter({ hasText: 'e2e-view' }).first()).toContainText('compose');
  const row = table.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) });
  await expect(row).toContainText(/code 3.* · \d+ (s|min) ago/);
  await row.getByRole('button', { name, exact: true }).press('Enter');
  const detail = detailOf(page);
  await expect(detail.getByRole('log', { name: 'Live log' })).toContainText('<b>last</b> words');
  await detail.getByRole('button', { name: /^Environment/ }).click();
  await expect(detail.getByText('E2E_SECRET')).toBeVisible();
  await detail.getByRole('button', { name: /^Labels/ }).click();
  await expect(detail.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  expect(await page.content()).not.toContain('do-not-show');
  await expect(detail.getByText(/--allow-actions/)).toBeVisible();
  await expect(detail.getByRole('button', { name: `Remove ${name}` })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(detail).toHaveCount(0);
});

test('a log is followed live, and pauses where one reads', async ({ engine, openWindow }) => {
  test.skip(engine === null, engineMissing);
  const name = 'e2e-view-talks';
  await engine?.run(['--name', name], 'sh', '-c', 'n=0; while [ $n -lt 4000 ]; do n=$((n+1)); echo "line $n"; usleep 50000; done');
  const { page } = await openWindow();
  const table = await openContainers(page);
  await table.getByRole('button', { name, exact: true }).click();
  const log = detailOf(page).getByRole('log', { name: 'Live log' });
  const newest = async () => Number([...((await log.textContent()) ?? '').matchAll(/line (\d+)/g)].at(-1)?.[1] ?? 0);
  await expect.poll(newest).toBeGreaterThan(0);
  const first = await newest();
  await expect.poll(newest).toBeGreaterThan(first + 10);
  await page.keyboard.press(' ');
  await expect(detailOf(page).getByRole('button', { name: /\d+ new/ })).toBeVisible();
  const held = await newest();
  await expect
    .poll(async () =>
      Number.parseInt(
        (await detailOf(page)
          .getByRole('button', { name: /\d+ new/ })
          .textContent()) ?? '0',
        10,
      ),
    )
    .toBeGreaterThan(10);
  expect(await newest()).toBe(held);
  await page.keyboard.press(' ');
  await expect.poll(newest).toBeGreaterThan(held + 10);
});

test('with --allow-actions a container is stopped and removed after a question, and nothing is raised', async ({ engine, openWindow }) => {
  test.skip(engine === null, engineMissing);
  const name = 'e2e-view-acts';
  await engine?.run(['--name', name, '--stop-timeout', '1'], 'sleep', '600');
  const { page } = await openWindow('--allow-actions');
  const table = await openContainers(page);
  await table.getByRole('button', { name, exact: true }).click();
  const detail = detailOf(page);
  await detail.getByRole('button', { name: `Stop ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm' });
  await expect(dialog).toContainText(`Stop ${name}?`);
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(dialog).toHaveCount(0, { timeout: 15_000 });
  const row = table.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) });
  await expect(row).toContainText(/[Ss]topped/);
  await expect(page.getByRole('alert').filter({ hasText: name })).toHaveCount(0);
  await detail.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(dialog).toContainText('Everything it wrote outside of its volumes is lost');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(row).toHaveCount(0);
  await expect(detail).toContainText('It is no longer there.');
});
