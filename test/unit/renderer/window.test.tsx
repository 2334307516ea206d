import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Alert } from '../../../src-shared/alerts';
import { unavailable } from '../../../src-shared/reading';
import { say } from '../../../src-shared/sentence';
import { applySettingsPatch, defaultSettings } from '../../../src-shared/settings';
import type { AnyReading } from '../../../src-shared/snapshots';
import { nowMs, renderWindow } from './render-window';

test('has the names that assistive technology and other programs look for', async () => {
  await renderWindow();
  expect(screen.getByRole('navigation', { name: 'Sections' })).toBeTruthy();
  for (const name of ['Host', 'Containers', 'Services', 'Process risk', 'Newest errors'])
    expect(screen.getByRole('region', { name })).toBeTruthy();
  expect(screen.getByRole('contentinfo', { name: 'Status' })).toBeTruthy();
  expect(screen.getByRole('table', { name: 'Process risk' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Kill kworker/u8:9' })).toBeTruthy();
  const states = within(screen.getByRole('list', { name: 'Service states' }));
  expect(states.getAllByRole('listitem')).toHaveLength(38);
  expect(states.getByRole('listitem', { name: 'backup.service, failed' })).toBeTruthy();
});

test('the banner says what, where and why, how often, and how much more', async () => {
  const { client } = await renderWindow();
  const banner = screen.getByRole('alert');
  expect(banner.textContent).toContain('Container postgres');
  expect(banner.textContent).toContain('Killed: out of memory (code 137) · 3rd time today');
  expect(within(banner).getByText('12 s ago').getAttribute('aria-live')).toBe('off');
  expect(within(banner).getByRole('button', { name: '+2 more' })).toBeTruthy();
  fireEvent.click(within(banner).getByRole('button', { name: 'Dismiss' }));
  expect(client.asked.at(-1)).toEqual({ name: 'alerts.dismiss', input: { ids: ['a1'] } });
});

test('the banner moves to the next alert when one is dismissed, and is quiet after the last', async () => {
  const { client, sampler } = await renderWindow();
  const put = (id: string) => {
    const alert = sampler.alerts(nowMs).find((one) => one.id === id);
    if (alert) act(() => client.emit({ event: 'alert', payload: { change: 'dismissed', alert: { ...alert, dismissed: true } } }));
  };
  put('a1');
  expect(screen.getByRole('alert').textContent).toContain('backup.service');
  put('a2');
  put('a3');
  expect(screen.getByRole('alert').textContent).toBe('');
  expect(screen.getByText(/Nothing critical since/)).toBeTruthy();
});

test('a new pattern of errors in a log is on the banner at once, with its lines and a way to mute it', async () => {
  const handlers = { 'logs.mark-pattern': () => ({ marked: true }) };
  const { client, state } = await renderWindow({ trouble: false, handlers });
  const news: Alert = {
    id: 'n1',
    key: 'logs/new-pattern/p7',
    source: 'logs',
    subject: 'api',
    level: 'warning',
    reason: { rule: 'log-new-pattern', text: 'new', values: { source: 'api', text: 'ERROR pool <b>exhausted</b>' } },
    place: { section: 'logs', item: 'pattern:p7' },
    raisedAtMs: nowMs - 1000,
    clearedAtMs: null,
    dismissed: false,
    foundAtStart: false,
    countToday: 1,
  };
  act(() => client.emit({ event: 'alert', payload: { change: 'raised', alert: news } }));
  const banner = screen.getByRole('alert');
  expect(banner.textContent).toContain('ERROR pool <b>exhausted</b>');
  expect(within(banner).getByText('1 s ago')).toBeTruthy();
  // News of a log is no alarm of the machine: the number beside Alerts counts what is critical.
  expect(screen.getByRole('button', { name: 'Alerts' })).toBeTruthy();
  fireEvent.click(within(banner).getByRole('button', { name: 'Mute' }));
  await waitFor(() => expect(client.asked.at(-1)).toEqual({ name: 'alerts.dismiss', input: { ids: ['n1'] } }));
  expect(client.asked.at(-2)).toEqual({ name: 'logs.mark-pattern', input: { pattern: 'p7', mark: 'muted' } });
  fireEvent.click(within(banner).getByRole('button', { name: 'Open' }));
  expect(state.ui.getState()).toMatchObject({ section: 'logs', logQuery: 'pattern:p7' });
});

test('opening the banner goes to the place and shows its detail', async () => {
  await renderWindow();
  fireEvent.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Open' }));
  expect(screen.getByRole('button', { name: /Containers/, current: 'page' })).toBeTruthy();
  expect(within(screen.getByRole('complementary', { name: 'Detail' })).getByText('shop-postgres-1')).toBeTruthy();
  fireEvent.keyDown(window, { key: 'Escape' });
  expect(screen.queryByRole('complementary')).toBeNull();
});

test('a healthy machine is all clear', async () => {
  await renderWindow({ trouble: false });
  expect(screen.getByRole('alert').textContent).toBe('');
  expect(screen.getByText('All clear since 12:04')).toBeTruthy();
  expect(screen.getByText('No errors. 8 sources are followed.')).toBeTruthy();
});

test('somebody new is offered sample traffic in the calm line, once', async () => {
  const handlers = { 'settings.change': () => applySettingsPatch(defaultSettings, { welcomed: true }) };
  const { client, state } = await renderWindow({ trouble: false, handlers });
  fireEvent.click(screen.getByRole('button', { name: 'See traffic on sample logs' }));
  expect(state.ui.getState()).toMatchObject({ section: 'traffic', trafficTarget: { input: { kind: 'demo' } } });
  await waitFor(() => expect(client.asked).toContainEqual({ name: 'settings.change', input: { welcomed: true } }));
  expect(screen.queryByText('New here?')).toBeNull();
});

test('speaks Korean', async () => {
  await renderWindow({ language: 'ko' });
  expect(screen.getByRole('region', { name: '프로세스 위험' })).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('오늘 3번째');
  expect(document.documentElement.lang).toBe('ko');
});

test('the five states of a panel', async () => {
  const base = { startedAtMs: nowMs - 400, tookMs: 3, lastOkAtMs: null };
  const readings: AnyReading[] = [
    {
      source: 'containers',
      reading: { ...base, kind: 'unavailable', reason: 'permission-denied', detail: 'connect EACCES', hint: 'Join the docker group.' },
    },
    { source: 'services', reading: { ...base, kind: 'failed', code: 'timeout', message: 'no answer in 5 s', lastOkAtMs: nowMs - 42_000 } },
  ];
  const { state, client, sampler } = await renderWindow({
    readings,
    handlers: { 'readings.refresh': ({ source }) => readings.find((one) => one.source === source) as AnyReading },
  });
  const region = (name: string) => within(screen.getByRole('region', { name }));
  expect(region('Host').getByText('Reading for the first time…')).toBeTruthy();
  expect(region('Containers').getByText('Your account may not read it')).toBeTruthy();
  expect(region('Containers').getByText('Join the docker group.')).toBeTruthy();
  expect(region('Services').getByText(/It did not answer in time/).textContent).toContain('Last data 42 s ago');
  await act(async () => fireEvent.click(region('Containers').getByRole('button', { name: 'Try again' })));
  expect(client.asked.at(-1)).toEqual({ name: 'readings.refresh', input: { source: 'containers' } });

  const host = sampler.readings(nowMs)[0];
  act(() => {
    if (host) client.emit({ event: 'reading', payload: host });
  });
  expect(await region('Host').findByText('8 cores · load 2.41')).toBeTruthy();
  act(() => state.clock.setState({ nowMs: nowMs + 9000 }));
  expect(region('Host').getByText(/No new data/).textContent).toContain('Last data 9 s ago');
  expect(region('Host').getByText('8 cores · load 2.41')).toBeTruthy();
});

test('arrow keys walk the service dots, failed first, and Enter opens one', async () => {
  await renderWindow();
  const dots = within(screen.getByRole('list', { name: 'Service states' })).getAllByRole('button');
  expect(dots.filter((dot) => dot.tabIndex === 0)).toHaveLength(1);
  expect(dots[0]?.getAttribute('aria-label')).toBe('backup.service, failed');
  act(() => dots[0]?.focus());
  fireEvent.keyDown(dots[0] as HTMLElement, { key: 'ArrowRight' });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('mail-relay.service, auto-restart');
  expect(dots.map((dot) => dot.tabIndex).indexOf(0)).toBe(1);
  fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'End' });
  expect(document.activeElement).toBe(dots.at(-1));
  fireEvent.click(dots[1] as HTMLElement);
  expect(within(screen.getByRole('complementary')).getByText('Waiting to be restarted, 4 restarts so far')).toBeTruthy();
});

test('the risk table sorts by its headings and narrows by its filter', async () => {
  await renderWindow();
  const table = within(screen.getByRole('table', { name: 'Process risk' }));
  const names = () =>
    table
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.querySelector('button[data-opens] > span')?.textContent);
  expect(names().slice(0, 3)).toEqual(['kworker/u8:9', 'updater', 'redis-server']);
  fireEvent.click(table.getByRole('button', { name: 'Memory' }));
  expect(names()[0]).toBe('java');
  expect(table.getByRole('columnheader', { name: 'Memory' }).getAttribute('aria-sort')).toBe('descending');
  fireEvent.change(screen.getByRole('searchbox', { name: 'Filter processes' }), { target: { value: '/dev/shm' } });
  expect(names()).toEqual(['kworker/u8:9']);
});

test('hostile names are shown as text', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const { sampler, client } = await renderWindow();
  const reading = sampler.readings(nowMs + 1000).find((one) => one.source === 'containers');
  if (reading?.source !== 'containers' || reading.reading.kind !== 'ok') throw new Error('no containers in the sample');
  const [first, ...others] = reading.reading.data.containers;
  if (!first) throw new Error('no container');
  const data = { ...reading.reading.data, containers: [{ ...first, name: evil, composeProject: null }, ...others] };
  act(() => client.emit({ event: 'reading', payload: { source: 'containers', reading: { ...reading.reading, kind: 'ok', data } } }));
  await waitFor(() => expect(screen.getByRole('region', { name: 'Containers' }).textContent).toContain(evil));
  expect(document.querySelector('img')).toBeNull();
});

test('keys: sections by number, the filter by a slash, the palette by K, the keys by a question mark', async () => {
  const { client } = await renderWindow();
  fireEvent.keyDown(window, { key: '5', ctrlKey: true });
  expect(screen.getByRole('button', { name: /Processes/, current: 'page' })).toBeTruthy();
  fireEvent.keyDown(window, { key: '/' });
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
  const palette = screen.getByRole('dialog', { name: 'Find anything' });
  fireEvent.change(within(palette).getByRole('combobox'), { target: { value: 'retro' } });
  await act(async () => fireEvent.click(within(palette).getByText('Theme: Retro')));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { theme: 'retro' } });
  expect(document.documentElement.dataset.theme).toBe('retro');
  fireEvent.keyDown(window, { key: '?' });
  expect(screen.getByRole('dialog', { name: 'Keys' })).toBeTruthy();
});

test('why a source is absent, and what helps, is said in the person’s language', async () => {
  const cause = unavailable('not-running', say('engine.why.silent', { place: '/run/docker.sock' }), say('engine.remedy.start'));
  const reading = { startedAtMs: nowMs - 400, tookMs: 3, lastOkAtMs: null, ...cause };
  await renderWindow({ language: 'ko', readings: [{ source: 'containers', reading }] });
  const region = within(screen.getByRole('region', { name: '컨테이너' }));
  expect(region.getByText('/run/docker.sock에서 응답이 없습니다.')).toBeTruthy();
  expect(region.getByText(/^시작: "systemctl start docker"/)).toBeTruthy();
  expect(screen.getByRole('button', { name: /^컨테이너 실행 안 됨|^컨테이너.*/, description: /응답이 없습니다/ })).toBeTruthy();
});
