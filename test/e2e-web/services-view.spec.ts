import { createServer, type Server } from 'node:net';
import { expect, test } from './web-page';

/** Listens on a free port of 127.0.0.1 until it is closed. */
async function listen(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
}

test('services are there as dots and rows, found with the slash, opened with Enter, closed with Escape', async ({ openWindow }) => {
  const { page } = await openWindow();
  await page.getByRole('navigation').getByRole('button', { name: 'Services' }).click();
  const dots = page.getByRole('list', { name: 'Service states' });
  await expect(dots.getByRole('listitem').first()).toBeVisible();
  const name = (await dots.getByRole('listitem').first().getAttribute('aria-label')) ?? '';
  expect(name).toMatch(/^\S+.*, \S+/);
  const unit = name.slice(0, name.lastIndexOf(',')).replace(' (user)', '');
  await page.keyboard.press('/');
  await page.keyboard.type(unit);
  await expect(page.getByRole('table', { name: 'Services' }).getByRole('row').nth(1)).toContainText(unit);
  await dots.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Detail' });
  await expect(panel).toContainText(unit);
  await expect(panel.getByRole('region', { name: 'Why' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
});

test('a port of the stack is open while something listens, with the process that answers, and closed after', async ({ openWindow }) => {
  const { server, port } = await listen();
  try {
    const { page } = await openWindow('--allow-actions');
    await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
    const field = page.getByRole('textbox', { name: 'Ports of your stack' });
    await field.fill(`Test server ${port}`);
    await field.blur();
    await expect(page.getByText('Saved.')).toBeVisible();
    await page.getByRole('navigation').getByRole('button', { name: 'Services' }).click();
    const strip = page.getByRole('region', { name: 'Is my stack up?' });
    await expect(strip.getByRole('listitem')).toHaveCount(1, { timeout: 20_000 });
    await expect(strip.getByRole('listitem')).toContainText(`Test server${port}open`);
    await expect(strip.getByRole('listitem').getByRole('button')).toHaveText(/node/);
    await new Promise((resolve) => server.close(resolve));
    await expect(strip.getByRole('listitem')).toContainText('closed', { timeout: 20_000 });
  } finally {
    server.close();
  }
});

test('what is watched cannot be changed through a read-only door', async ({ openWindow }) => {
  const { page } = await openWindow();
  await page.getByRole('navigation').getByRole('button', { name: 'Services' }).click();
  const pin = page.getByRole('table', { name: 'Services' }).getByRole('button', { name: /atch/ }).first();
  await expect(pin).toBeDisabled();
  await expect(pin).toHaveAttribute('title', /--allow-actions/);
});
