import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { samplePortAnswer, samplePorts } from '../../../src-renderer/client/sample-ports';
import { goTo } from '../../../src-renderer/state/ui-store';
import { type LocalPort, type PortAnswer, RequestError } from '../../../src-shared/contract';
import { nowMs, renderWindow } from './render-window';

type Options = Parameters<typeof renderWindow>[0];

afterEach(() => {
  vi.useRealTimers();
  setHidden(false);
});

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

const lookAwayAndBack = () =>
  act(async () => {
    setHidden(true);
    setHidden(false);
  });

async function openPorts(options: Options = {}) {
  const window = await renderWindow({
    ...options,
    handlers: {
      'ports.list': () => samplePorts(nowMs),
      'ports.who': ({ port }) => samplePortAnswer(port, nowMs),
      ...options.handlers,
    },
  });
  await act(async () => window.state.ui.setState({ section: 'processes', processTab: 'ports' }));
  return window;
}

const table = () => screen.findByRole('table', { name: 'Ports' });
const shownPorts = async () =>
  within(await table())
    .getAllByRole('button', { name: /^Who has port/ })
    .map((one) => Number(/\d+/.exec(one.getAttribute('aria-label') ?? '')?.[0]));
const press = (button: HTMLElement) => act(async () => void fireEvent.click(button));
const asks = (client: { readonly asked: readonly { readonly name: string }[] }, name: string) =>
  client.asked.filter((one) => one.name === name).length;

test('every port is a row: who holds it, who reaches it, what answers, of which project', async () => {
  await openPorts();
  expect(await shownPorts()).toEqual(samplePorts(nowMs).map(({ port }) => port));
  const rows = within(await table()).getAllByRole('row');
  const row = (port: number) => within(rows.find((one) => one.textContent?.startsWith(String(port))) as HTMLElement);
  expect(row(3000).getByRole('button', { name: 'node 40118' })).toBeTruthy();
  expect(row(3000).getByText('this machine')).toBeTruthy();
  expect(row(3000).getByText('shop · feature/cart-badge')).toBeTruthy();
  const link = row(3000).getByRole('link', { name: 'Open http://localhost:3000 in the browser' });
  expect(link.getAttribute('href')).toBe('http://localhost:3000');
  expect(link.getAttribute('rel')).toBe('noreferrer');
  expect(row(22).getByText('every network')).toBeTruthy();
  expect(row(53).getByText('not visible to you')).toBeTruthy();
  expect(row(53).getByText('DNS?')).toBeTruthy();
  expect(row(8080).getByText('503')).toBeTruthy();
  expect(screen.getByText(/Of 4 ports the holder cannot be seen\./)).toBeTruthy();
});

test('the switch and the filter narrow the list', async () => {
  await openPorts();
  await press(await screen.findByRole('radio', { name: 'Web pages 6' }));
  expect(await shownPorts()).toEqual([3000, 3001, 5173, 5174, 8080, 9000]);
  await act(
    async () =>
      void fireEvent.change(screen.getByRole('searchbox', { name: 'Filter ports' }), { target: { value: 'project:shop -name:java' } }),
  );
  expect(await shownPorts()).toEqual([3000, 5173, 5174]);
  await act(async () => void fireEvent.change(screen.getByRole('searchbox', { name: 'Filter ports' }), { target: { value: 'nobody' } }));
  expect(await screen.findByText('Nothing matches')).toBeTruthy();
});

test('asked for every 3 s while somebody looks, and not at all otherwise; the same answer draws nothing', async () => {
  const window = await openPorts();
  await table();
  const before = (await table()).querySelector('[aria-rowindex="2"]');
  vi.useFakeTimers();
  const first = asks(window.client, 'ports.list');
  await lookAwayAndBack();
  expect(asks(window.client, 'ports.list')).toBe(first + 1);
  await act(async () => void (await vi.advanceTimersByTimeAsync(3_000)));
  expect(asks(window.client, 'ports.list')).toBe(first + 2);
  expect(document.querySelector('[role="table"] [aria-rowindex="2"]')).toBe(before);
  setHidden(true);
  await act(async () => void (await vi.advanceTimersByTimeAsync(20_000)));
  expect(asks(window.client, 'ports.list')).toBe(first + 2);
  await act(async () => setHidden(false));
  expect(asks(window.client, 'ports.list')).toBe(first + 3);
  await act(async () => window.state.ui.setState({ processTab: 'list' }));
  await act(async () => void (await vi.advanceTimersByTimeAsync(20_000)));
  expect(asks(window.client, 'ports.list')).toBe(first + 3);
  expect(window.client.asked.find((one) => one.name === 'ports.list')?.input).toEqual({ pages: true });
});

test('nothing listens, and an answer that did not come, are both said', async () => {
  let fails = false;
  const window = await openPorts({
    handlers: {
      'ports.list': () => {
        if (fails) throw new RequestError('unexpected', 'the core is busy');
        return [];
      },
    },
  });
  expect(await screen.findByText('Nothing listens on this machine.')).toBeTruthy();
  fails = true;
  await lookAwayAndBack();
  expect((await screen.findByText(/The ports could not be read/)).textContent).toContain('the core is busy');
  fails = false;
  await press(
    within(screen.getByText(/The ports could not be read/).closest('[role="alert"]') as HTMLElement).getByRole('button', {
      name: 'Try again',
    }),
  );
  expect(screen.queryByText(/The ports could not be read/)).toBeNull();
  window.unmount();
});

test('a hostile title and a page that is not of this machine: text, and no link', async () => {
  const [port] = samplePorts(nowMs).filter((one) => one.port === 3000);
  const hostile = {
    ...port,
    url: 'https://evil.example/',
    page: { status: 200, title: '\u202e<img src=x onerror=alert(1)>', askedAtMs: 0 },
  } as LocalPort;
  await openPorts({ handlers: { 'ports.list': () => [hostile] } });
  expect(await screen.findByText('\ufffd<img src=x onerror=alert(1)>')).toBeTruthy();
  expect(within(await table()).queryByRole('link')).toBeNull();
  expect(document.querySelector('img[src="x"]')).toBeNull();
});

async function openCard(port: number, options: Options = {}) {
  const window = await openPorts(options);
  await act(async () => goTo(window.state.ui, { section: 'processes', item: `port:${port}` }));
  const dialog = within(await screen.findByRole('dialog', { name: `Who has port ${port}?` }));
  await dialog.findByText(/^Port \d+ is free\.|has port \d+\.$/);
  return { ...window, dialog };
}

test('the card of a process: who, what it is, who complained; ending it goes through the preview', async () => {
  const { dialog, state } = await openCard(3000);
  expect(dialog.getByText('node (PID 40118) has port 3000.')).toBeTruthy();
  expect(await dialog.findByText(/vite, run by node/)).toBeTruthy();
  expect(dialog.getAllByText(/EADDRINUSE/)).toHaveLength(2);
  expect(dialog.getByRole('link', { name: 'Open http://localhost:3000 in the browser' })).toBeTruthy();
  expect(dialog.getByRole('link', { name: 'Open in the browser' }).getAttribute('href')).toBe('http://localhost:3000');
  expect(dialog.getByText('Next free port: 3002')).toBeTruthy();
  expect(dialog.getByRole('button', { name: 'Copy port 3002' })).toBeTruthy();
  await press(dialog.getByRole('button', { name: 'End node…' }));
  expect(state.ui.getState().stopTarget).toEqual({ id: 'p40118', name: 'node' });
});

test('a unit is stopped as one, after its question, and then the port is free', async () => {
  let stopped = false;
  const { dialog, client } = await openCard(6379, {
    handlers: {
      'ports.who': ({ port }) => (stopped ? free(port) : samplePortAnswer(port, nowMs)),
      'services.act': () => {
        stopped = true;
        return { outcome: 'done', text: '' };
      },
    },
  });
  await press(dialog.getByRole('button', { name: 'Stop unit redis-server.service' }));
  expect(asks(client, 'services.act')).toBe(0);
  await press(within(screen.getByRole('dialog', { name: 'Confirm' })).getByRole('button', { name: 'Stop' }));
  expect(client.asked.find((one) => one.name === 'services.act')?.input).toEqual({
    unit: 'redis-server.service',
    scope: 'system',
    action: 'stop',
  });
  expect(await dialog.findByText('Port 6379 is free.', {}, { timeout: 4_000 })).toBeTruthy();
  expect(dialog.queryByRole('button', { name: /Stop unit/ })).toBeNull();
});

test('a container is stopped as one', async () => {
  const { dialog, client } = await openCard(9000, { handlers: { 'containers.act': () => ({ outcome: 'done', text: '' }) } });
  expect(dialog.getByText('The container shop-minio-1 has port 9000.')).toBeTruthy();
  await press(dialog.getByRole('button', { name: 'Stop container shop-minio-1' }));
  await press(within(screen.getByRole('dialog', { name: 'Confirm' })).getByRole('button', { name: 'Stop' }));
  expect(client.asked.find((one) => one.name === 'containers.act')?.input).toMatchObject({ action: 'stop' });
});

test('a pod is only looked at', async () => {
  const pod = { kind: 'look-at-pod', id: 'uid-1', name: 'web-5c9' } as const;
  const { dialog, state } = await openCard(8080, {
    handlers: { 'ports.who': ({ port }) => ({ ...samplePortAnswer(port, nowMs), betterAction: pod }) },
  });
  await press(dialog.getByRole('button', { name: 'Look at pod web-5c9' }));
  expect(state.ui.getState()).toMatchObject({ section: 'pods', selected: { kind: 'pod', id: 'uid-1' }, askedPort: null });
});

test('through a read-only door nothing can be ended, and the reason is there', async () => {
  const { dialog } = await openCard(3000, { actionsAllowed: false });
  expect(dialog.queryByRole('button', { name: /End|Stop/ })).toBeNull();
  expect(dialog.getByText(/This door is read-only/)).toBeTruthy();
  expect(dialog.getByText('Next free port: 3002')).toBeTruthy();
});

test('free, and held by somebody these rights do not see', async () => {
  const { dialog, state } = await openCard(3999);
  expect(dialog.getByText('Port 3999 is free.')).toBeTruthy();
  await act(async () => goTo(state.ui, { section: 'processes', item: 'port:53' }));
  const unseen = within(await screen.findByRole('dialog', { name: 'Who has port 53?' }));
  expect(await unseen.findByText('A process of another user has port 53.')).toBeTruthy();
  expect(unseen.getByText('With these rights it cannot be ended from here.')).toBeTruthy();
});

test('a name in the card leads to its detail and closes the card', async () => {
  const { dialog, state } = await openCard(3000);
  await press(dialog.getByRole('button', { name: 'node PID 40118' }));
  expect(state.ui.getState()).toMatchObject({ askedPort: null, selected: { kind: 'process', id: 'p40118' } });
});

function free(port: number): PortAnswer {
  return { port, holders: [], betterAction: null, nextFreePort: port + 1, complaints: [] };
}
