import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './web-page';

test('the address that logscope demo prints leads to the figures of sample logs, which go on', async ({ openWindow }) => {
  const folder = mkdtempSync(join(tmpdir(), 'logscope-demo-'));
  try {
    const { page, door } = await openWindow('--show=demo', `--demo-directory=${folder}`);
    expect(door.url).toMatch(/#token=[^&]+&show=demo$/);
    // What the shop is asked for most depends on the time of day.
    await expect(page.getByRole('region', { name: 'Figures' })).toContainText(/Requests\s*\d[\d,.]*/, { timeout: 20_000 });
    await expect(page.getByRole('region', { name: 'Endpoints' })).toContainText('/api/');
    // Neither token nor place stays in the address bar.
    expect(page.url()).not.toContain('#');
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['access.log', 'app.log']));
    // It writes into the folder, which could not be removed meanwhile.
    await door.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
