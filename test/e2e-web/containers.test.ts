import { engineMissing, expect, test } from './web-page';

test('a container that starts appears, and its figure moves under load', async ({ engine, openWindow }) => {
  test.skip(engine === null, engineMissing);
  const { page } = await openWindow();
  const region = page.getByRole('region', { name: 'Containers' });
  await expect(page.getByRole('region', { name: 'Host' })).toContainText('CPU');
  // Several at once, together a part of a core: they get it on a busy machine too, and leave the rest to others.
  const work = 'while [ ! -e /tmp/go ]; do sleep 0.1; done; for i in 1 2 3 4; do while :; do :; done & done; wait';
  await engine?.run(['--name', 'e2e-web-load', '--cpus', '0.6'], 'sh', '-c', work);
  const row = region.getByRole('row').filter({ hasText: 'e2e-web-load' });
  await expect(row).toBeVisible({ timeout: 5_000 });
  const percent = async () => Number.parseFloat(((await row.getByRole('cell').nth(1).textContent()) ?? '').replace(/[^\d.]/g, ''));
  await expect.poll(percent, { timeout: 10_000 }).toBeLessThan(30);
  await engine?.docker('exec', 'e2e-web-load', 'touch', '/tmp/go');
  await expect.poll(percent, { timeout: 15_000 }).toBeGreaterThan(30);
});

test('a container that fails gives a banner within 3 s', async ({ engine, openWindow }) => {
  test.skip(engine === null, engineMissing);
  const { page } = await openWindow();
  await engine?.run(['--name', 'e2e-web-fails'], 'sh', '-c', 'while [ ! -e /tmp/go ]; do sleep 0.1; done; exit 1');
  await expect(page.getByRole('region', { name: 'Containers' })).toContainText('e2e-web-fails');
  await expect(page.getByRole('alert').filter({ hasText: 'e2e-web-fails' })).toHaveCount(0);
  await engine?.docker('exec', 'e2e-web-fails', 'touch', '/tmp/go');
  await engine?.docker('wait', 'e2e-web-fails');
  await expect(page.getByRole('alert').filter({ hasText: 'e2e-web-fails' })).toBeVisible({ timeout: 3_000 });
});
