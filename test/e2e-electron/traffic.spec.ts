import { hostilePaths, writeSampleAccessLog } from '../helpers/access-log-samples';
import { expect, shareApp, test } from '../helpers/electron-app';
import { watchComplaints } from '../helpers/hostile-lines';

const shared = shareApp();

test('an access log by its path: figures, narrowed, live; its texts do nothing, and it is there the next time', async () => {
  const log = writeSampleAccessLog();
  try {
    const { page } = await shared.open();
    const complaints = await watchComplaints(page);
    await page.reload();
    await page.getByRole('navigation', { name: 'Sections' }).getByText('Traffic', { exact: true }).click();
    await page.getByLabel('Another file').fill(log.path);
    await page.getByLabel('Another file').press('Enter');
    const requests = page.getByRole('group', { name: 'Requests' });
    await expect(requests).toContainText(log.lineCount.toLocaleString('en'));
    await page.getByRole('button', { name: 'Narrow to GET /api/orders' }).click();
    await expect(requests).toContainText('300');
    await page.getByRole('button', { name: /^Remove Endpoint/ }).click();
    log.write('/just/now', 500, 25);
    await expect(requests).toContainText((log.lineCount + 25).toLocaleString('en'), { timeout: 12_000 });
    await page.getByLabel('Filter endpoints').fill('hacked');
    await expect(page.getByRole('table', { name: 'Endpoints' })).toContainText(hostilePaths[0] ?? '');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);

    await page.getByRole('button', { name: 'Choose another log' }).click();
    await expect(page.getByRole('list', { name: 'Opened before' })).toContainText('access.log');
    await page.getByRole('button', { name: 'Open access.log' }).first().click();
    await expect(requests).toContainText((log.lineCount + 25).toLocaleString('en'));
    expect(await complaints()).toEqual([]);
  } finally {
    log.remove();
  }
});

test('a report is saved by the desktop as the kind that was asked for', async () => {
  const log = writeSampleAccessLog();
  try {
    const { app, page } = await shared.open();
    await page.getByRole('navigation', { name: 'Sections' }).getByText('Traffic', { exact: true }).click();
    await page.getByLabel('Another file').fill(log.path);
    await page.getByLabel('Another file').press('Enter');
    await expect(page.getByRole('table', { name: 'Endpoints' })).toBeVisible();
    const offered = app.electron.evaluate(
      ({ session }) =>
        new Promise<string>((resolve) =>
          session.defaultSession.once('will-download', (event, item) => {
            const name = item.getFilename();
            resolve(event.defaultPrevented ? `refused: ${name}` : name);
            item.cancel();
          }),
        ),
    );
    await page.getByRole('button', { name: 'Report' }).click();
    await page.getByRole('button', { name: 'Markdown', exact: true }).click();
    expect(await offered).toMatch(/^[^:]+\.md$/);
  } finally {
    log.remove();
  }
});
