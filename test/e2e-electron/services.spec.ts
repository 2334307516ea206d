import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { SystemdContainer } from '../../scripts/parts/systemd-container.mjs';
import { expect, test } from '../helpers/electron-app';
import { openSystemdMachines, type SystemdMachines } from '../helpers/systemd-machine';
import { type SystemdPrograms, writeSystemdPrograms } from '../helpers/systemd-programs';
import { installUnits, serviceFile, unitProperty } from '../helpers/systemd-units';
import { waitFor } from '../helpers/wait-for';

/** Units of a real systemd in the real window. Every systemctl is a `docker exec`: limits are wider than the product's own. */
let machines: SystemdMachines | null = null;
let machine: SystemdContainer | null = null;
let programs: SystemdPrograms | null = null;
let directory = '';
let whyNone = '';

const units = {
  'lg-backup.service': serviceFile(
    [`ExecStart=/bin/sh -c 'cat /run/lg-says; exit 3'`],
    ['Documentation=https://example.org/backup', 'Wants=lg-vault.service', 'After=lg-vault.service'],
  ),
  'lg-vault.service': serviceFile(['ExecStart=/nonexistent/vault']),
  'lg-web.service': serviceFile([`ExecStart=/bin/sh -c 'exec sleep 100000'`]),
};

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const opened = await openSystemdMachines();
  if ('unavailable' in opened) {
    whyNone = opened.unavailable;
    return;
  }
  machines = opened;
  machine = await opened.boot({ mode: 'memory' });
  await installUnits(machine, units);
  await machine.write('/run/lg-says', 'the disk is full\n');
  await machine.exec(['systemctl', 'start', '--no-block', 'lg-backup.service', 'lg-web.service']);
  const inside = machine;
  await waitFor(async () => (await unitProperty(inside, 'lg-backup.service', 'ActiveState')) === 'failed', {
    timeoutMs: 10_000,
    what: 'the failed unit',
  });
  directory = mkdtempSync(join(tmpdir(), 'logscope-systemd-'));
  programs = writeSystemdPrograms(directory, opened.socketPath, machine.id);
});

test.afterAll(async () => {
  await machines?.stop();
  if (directory !== '') rmSync(directory, { recursive: true, force: true });
});

test.beforeEach(() => {
  test.skip(machine === null, `no systemd: ${whyNone}`);
});

function environment(): Record<string, string> {
  if (programs === null) throw new Error('the test was not skipped without systemd');
  return { PATH: `${programs.path}:${process.env.PATH ?? ''}`, LOGSCOPE_TEST_RUN: programs.runRoot };
}

async function openUnit(page: Page, unit: string) {
  await page
    .getByRole('link', { name: 'Services' })
    .or(page.getByRole('button', { name: 'Services' }))
    .first()
    .click();
  const dots = page.getByRole('list', { name: 'Service states' });
  await dots.getByRole('button', { name: new RegExp(`^${unit},`) }).click({ timeout: 30_000 });
}

test('a failed unit: explained on its card, with its journal, live', async ({ launch }) => {
  const app = await launch({ environment: environment() });
  const page = await app.window();
  await openUnit(page, 'lg-backup.service');
  const why = page.getByRole('region', { name: 'Why' });
  await expect(why).toContainText('Its main process ended with exit code 3', { timeout: 15_000 });
  await expect(why).toContainText('It needs lg-vault.service, which failed');
  await expect(why).toContainText('Nothing restarts it by itself (Restart=no)');
  await expect(why.getByRole('group', { name: 'Last journal lines' })).toContainText('the disk is full');
  const log = page.getByRole('region', { name: 'Live log' });
  await expect(log).toContainText('the disk is full', { timeout: 15_000 });
  await expect(log).toContainText('following');

  await machine?.write('/run/lg-says', 'still full after all\n');
  await machine?.exec(['systemctl', 'restart', 'lg-backup.service']);
  await expect(log).toContainText('still full after all', { timeout: 10_000 });
  await expect(why.getByRole('group', { name: 'Last journal lines' })).toContainText('still full after all', { timeout: 15_000 });
});

test('a unit that is killed is told once, started from its card, and its notification withdrawn', async ({ launch, notifications }) => {
  const app = await launch({ environment: environment() });
  const page = await app.window();
  await openUnit(page, 'lg-web.service');
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('It runs, with process', { timeout: 15_000 });
  const before = notifications.shown.length;
  await machine?.exec(['systemctl', 'kill', '-s', 'KILL', 'lg-web.service']);
  const told = () => notifications.shown.slice(before).filter(({ summary }) => summary.includes('lg-web.service'));
  await waitFor(() => told().length > 0, { timeoutMs: 10_000, what: 'the notification' });
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('Its main process was ended by SIGKILL', { timeout: 10_000 });
  await page.getByRole('button', { name: 'Start lg-web.service', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('It runs, with process', { timeout: 15_000 });
  if (machine !== null) expect(await unitProperty(machine, 'lg-web.service', 'ActiveState')).toBe('active');
  await waitFor(() => notifications.withdrawn.includes(told()[0]?.id ?? -1), {
    timeoutMs: 10_000,
    what: 'the notification to be withdrawn',
  });
  expect(told()).toHaveLength(1);
});
