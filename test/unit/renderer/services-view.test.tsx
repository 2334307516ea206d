import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { sampleExplanation } from '../../../src-renderer/client/sample-services';
import { goTo } from '../../../src-renderer/state/ui-store';
import type { ActionResult } from '../../../src-shared/contract';
import { actionResult } from '../../../src-shared/contract/request';
import { say } from '../../../src-shared/sentence';
import type { AnyReading } from '../../../src-shared/snapshots';
import { nowMs, renderWindow } from './render-window';

const handlers = {
  'services.explain': ({ unit }: { readonly unit: string }) => sampleExplanation(unit, nowMs),
  'services.act': (): ActionResult => ({ outcome: 'done', text: '' }),
  'readings.refresh': () => ({}) as AnyReading,
  'logs.open': () => ({ stream: 's1' }),
  'logs.next': () => new Promise<never>(() => undefined),
  'logs.close': () => ({ closed: true }),
};

async function renderServices(options: Parameters<typeof renderWindow>[0] = {}) {
  const rendered = await renderWindow({ ...options, handlers: { ...handlers, ...options.handlers } });
  act(() => goTo(rendered.state.ui, { section: 'services' }));
  return rendered;
}

async function openUnit(options: Parameters<typeof renderWindow>[0], unit: string) {
  const rendered = await renderServices(options);
  await act(async () => goTo(rendered.state.ui, { section: 'services', item: `system/${unit}` }));
  return { ...rendered, panel: within(screen.getByRole('complementary', { name: 'Detail' })) };
}

const region = () => within(screen.getByRole('region', { name: 'Services' }));

test('dots stand in groups by state, the failed first, each one listed once with unit and state', async () => {
  await renderServices();
  const dots = within(screen.getByRole('list', { name: 'Service states' })).getAllByRole('listitem');
  expect(dots).toHaveLength(42);
  expect(dots.slice(0, 2).map((dot) => dot.getAttribute('aria-label'))).toEqual([
    'backup.service, failed',
    'mail-relay.service, auto-restart',
  ]);
  expect(screen.getByRole('listitem', { name: 'pipewire.service (user), active' })).toBeTruthy();
  fireEvent.change(screen.getByRole('searchbox', { name: 'Filter services' }), { target: { value: 'backup' } });
  expect(within(screen.getByRole('list', { name: 'Service states' })).getAllByRole('listitem')).toHaveLength(1);
});

test('timers tell what they start, when next and when last, and how that ended', async () => {
  await renderServices();
  fireEvent.click(region().getByRole('radio', { name: 'Timers 5' }));
  const [, first] = within(screen.getByRole('table', { name: 'Timers' })).getAllByRole('row');
  const cells = within(first as HTMLElement)
    .getAllByRole('cell')
    .slice(2)
    .map((cell) => cell.textContent);
  expect(cells[0]).toBe('backup.timer');
  expect(cells[1]).toBe('backup.service');
  expect(cells[2]).toMatch(/^in 57 min .*21 Nov/);
  expect(cells[3]).toMatch(/^3 min ago .*21 Nov/);
  expect(cells[4]).toBe('exit code 1');
  expect(screen.getByText('none planned')).toBeTruthy();
});

test('sockets tell where they listen and how many connections there are', async () => {
  await renderServices();
  fireEvent.click(region().getByRole('radio', { name: 'Sockets 4' }));
  const row = within(screen.getByRole('table', { name: 'Sockets' }))
    .getByText('0.0.0.0:22, [::]:22')
    .closest('[role=row]');
  expect(row?.textContent).toContain('1 open, 17 accepted so far');
});

test('a scope narrows everything', async () => {
  await renderServices();
  fireEvent.click(region().getByRole('radio', { name: 'User' }));
  expect(region().getByRole('radio', { name: 'Services 4' })).toBeTruthy();
  expect(region().getByRole('radio', { name: 'Timers 0' })).toBeTruthy();
});

test('is my stack up: each port with who answers', async () => {
  const { state } = await renderServices();
  const strip = within(screen.getByRole('region', { name: 'Is my stack up?' }));
  const ports = strip.getAllByRole('listitem').map((one) => one.textContent);
  expect(ports[0]).toBe('PostgreSQL5432closed');
  expect(ports[3]).toBe('MongoDB27017no answer');
  fireEvent.click(strip.getByRole('button', { name: 'shop-redis-1' }));
  expect(state.ui.getState()).toMatchObject({ section: 'containers', selected: { kind: 'container' } });
});

test('the pin edits the watch list', async () => {
  const { client } = await renderServices();
  await act(async () => fireEvent.click(region().getByRole('button', { name: 'Watch cron.service', pressed: true })));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { services: { ignore: ['cron.service'] } } });
  await act(async () => fireEvent.click(region().getByRole('button', { name: 'Watch pipewire.service', pressed: false })));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { services: { watch: ['pipewire.service'] } } });
});

test('a failed unit says why before anything else, with its evidence', async () => {
  const { client, panel } = await openUnit({}, 'backup.service');
  const why = within(panel.getByRole('region', { name: 'Why' }));
  expect(why.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
    'Failed with exit code 1',
    'systemd tried 4 times within 10 s and gave up.',
    'backup.timer starts it again in 57 min.',
  ]);
  expect(why.getByRole('group', { name: 'Last journal lines' }).textContent).toContain('port 5432 failed: Connection refused');
  expect(panel.getByRole('region', { name: 'Live log' })).toBeTruthy();
  expect(client.asked.find(({ name }) => name === 'logs.open')?.input).toMatchObject({
    target: { kind: 'unit', unit: 'backup.service', scope: 'system' },
  });
  fireEvent.click(panel.getByRole('button', { name: 'backup.timer' }));
  const timer = screen.getByRole('complementary').textContent;
  for (const part of ['Timer', 'Startsbackup.service', 'Next run21 Nov', 'Last run21 Nov', 'Last resultexit code 1'])
    expect(timer).toContain(part);
});

test('of what a unit file says only a web address is a link; a script address is text', async () => {
  const { panel } = await openUnit({}, 'backup.service');
  const links = panel
    .getAllByRole('link')
    .map((link) => [link.getAttribute('href'), link.getAttribute('target'), link.getAttribute('rel')]);
  expect(links).toEqual([['https://wiki.example.com/backup', '_blank', 'noreferrer noopener']]);
  expect(panel.getByText('javascript:alert(1)').closest('a')).toBeNull();
});

test('start goes at once, stop asks first and tells what depends on it', async () => {
  const { client, panel } = await openUnit({}, 'ssh.service');
  fireEvent.click(panel.getByRole('button', { name: 'Stop ssh.service' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Confirm' }));
  expect(dialog.getByText('These need it and may stop with it: multi-user.target')).toBeTruthy();
  expect(client.asked.some(({ name }) => name === 'services.act')).toBe(false);
  await act(async () => fireEvent.click(dialog.getByRole('button', { name: 'Stop' })));
  expect(client.asked.find(({ name }) => name === 'services.act')?.input).toEqual({ unit: 'ssh.service', scope: 'system', action: 'stop' });
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a denial is explained, with the words of the system', async () => {
  const denied = (): ActionResult => ({ outcome: 'permission-denied', text: 'Interactive authentication required.' });
  const { panel } = await openUnit({ handlers: { ...handlers, 'services.act': denied } }, 'backup.service');
  await act(async () => fireEvent.click(panel.getByRole('button', { name: 'Start backup.service' })));
  expect(panel.getByText(/Your account may not do this. Interactive authentication required./)).toBeTruthy();
  expect(panel.getByText(/polkit/)).toBeTruthy();
});

test('what came of it is said in the language of the person, the words of the system as they are', async () => {
  const failed = () =>
    actionResult(
      'failed',
      { text: 'Job for backup.service failed' },
      say('unit.result.state', { unit: 'backup.service', active: 'failed', sub: 'failed' }),
    );
  const { state } = await renderServices({ language: 'ko', handlers: { 'services.act': failed } });
  await act(async () => goTo(state.ui, { section: 'services', item: 'system/backup.service' }));
  await act(async () => fireEvent.click(screen.getByRole('button', { name: /^backup\.service.*시작$|^시작.*backup\.service/ })));
  expect(screen.getByText(/Job for backup.service failed. backup.service: failed \(failed\)/)).toBeTruthy();
});

test('a read-only window has no actions and says so', async () => {
  const { panel } = await openUnit({ actionsAllowed: false }, 'backup.service');
  expect(panel.queryByRole('button', { name: 'Start backup.service' })).toBeNull();
  expect(panel.getByText(/read-only/)).toBeTruthy();
});

test('the settings take ports as lines and tell what is none', async () => {
  const { client, state } = await renderServices();
  act(() => goTo(state.ui, { section: 'settings' }));
  const field = screen.getByRole('textbox', { name: 'Ports of your stack' });
  fireEvent.change(field, { target: { value: 'API 3000\nnonsense' } });
  fireEvent.blur(field);
  expect(screen.getByText('Not a port: nonsense')).toBeTruthy();
  fireEvent.change(field, { target: { value: 'API 3000' } });
  await act(async () => fireEvent.blur(field));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { portChecks: [{ name: 'API', port: 3000 }] } });
});
