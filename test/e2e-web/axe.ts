import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * Every rule of axe, best practices too, on what stands in the page now. In the page itself (`legacyMode`): the other way gathers
 * frames of foreign origins, of which there are none here, in a second page opened for each look, and takes twice the time.
 */
export async function expectNoAxeFindings(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n')}`);
  expect(found, where).toEqual([]);
}
