import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './web-page';

/** A process whose name nothing else has, and risky enough to stand at the top: it runs from shared memory. */
function startVictim(): { readonly name: string; readonly child: ChildProcess; readonly remove: () => void } {
  const folder = mkdtempSync('/dev/shm/logscope-victim-');
  const name = `victim${process.pid}`;
  copyFileSync('/bin/sleep', join(folder, name));
  const child = spawn(join(folder, name), ['1000'], { stdio: 'ignore' });
  return {
    name,
    child,
    remove() {
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}

test('offers no way to stop a process unless it was started with --allow-actions', async ({ openWindow }) => {
  const victim = startVictim();
  try {
    const { page } = await openWindow();
    const table = page.getByRole('table', { name: 'Process risk' });
    await expect(table.getByRole('row').filter({ hasText: victim.name })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Kill/ })).toHaveCount(0);
  } finally {
    victim.remove();
  }
});

test('with --allow-actions it stops the process that was chosen', async ({ openWindow }) => {
  const victim = startVictim();
  const gone = once(victim.child, 'exit');
  try {
    const { page } = await openWindow('--allow-actions');
    await page.getByRole('button', { name: `Kill ${victim.name}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Stop process' });
    await expect(dialog).toContainText(victim.name);
    await expect(dialog).toContainText(String(victim.child.pid));
    await dialog.getByRole('button', { name: /SIGTERM/ }).click();
    expect(await gone).toEqual([null, 'SIGTERM']);
    await expect(dialog).toContainText('It has ended.');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('table', { name: 'Process risk' }).getByRole('row').filter({ hasText: victim.name })).toHaveCount(0);
  } finally {
    victim.remove();
  }
});
