import { expectNoAxeFindings } from './axe';
import { expect, test } from './web-page';

/** Every rule of axe, best practices too, on every view with what this machine has to show. */
test('axe finds nothing on any view, light or dark', async ({ page, engine, openWindow }) => {
  test.slow();
  await engine?.run(['--name', 'e2e-axe', '--label', 'com.docker.compose.project=e2e-shop'], 'sleep', '600');
  await openWindow();
  await expect(page.getByRole('region', { name: 'Host' })).toContainText(/\d+\s*%/);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const sections = page.getByRole('navigation', { name: 'Sections' }).getByRole('button');
    for (const section of await sections.all()) {
      await section.click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expectNoAxeFindings(page, `${await section.textContent()}, ${colorScheme}`);
    }
  }
});
