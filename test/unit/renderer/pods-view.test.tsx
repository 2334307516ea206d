import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { samplePodEvents, samplePods } from '../../../src-renderer/client/sample-pods';
import { goTo } from '../../../src-renderer/state/ui-store';
import type { Unavailable } from '../../../src-shared/reading';
import type { AnyReading, PodsSnapshot } from '../../../src-shared/snapshots';
import { nowMs, renderWindow } from './render-window';

const base = { startedAtMs: nowMs - 400, tookMs: 3, lastOkAtMs: nowMs - 400 };
const logs = {
  'logs.open': () => ({ stream: 's1' }),
  'logs.next': () => new Promise<never>(() => undefined),
  'logs.close': () => ({ closed: true }),
};
const podHandlers = { 'pods.events': ({ name }: { readonly name: string }) => samplePodEvents(name, nowMs), ...logs };

function podsReading(data: PodsSnapshot): AnyReading {
  return { source: 'pods', reading: { ...base, kind: 'ok', data } };
}

async function renderPods(data: PodsSnapshot, options: Parameters<typeof renderWindow>[0] = {}) {
  const rendered = await renderWindow({ readings: [podsReading(data)], handlers: podHandlers, ...options });
  act(() => goTo(rendered.state.ui, { section: 'pods' }));
  return rendered;
}

const sample = (options: Partial<Parameters<typeof samplePods>[0]> = {}) =>
  samplePods({ count: 14, trouble: true, ...options }, nowMs, () => 0.5);
const table = () => within(screen.getByRole('table', { name: 'Pods' }));
const names = () =>
  table()
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('button').textContent);

test('the table shows what kubectl shows, the worst first', async () => {
  await renderPods(sample());
  expect(screen.getByRole('region', { name: 'Pods' }).textContent).toContain('14 pods · 3 failing · 2 to watch');
  const first = table().getAllByRole('row')[1] as HTMLElement;
  expect(
    within(first)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual([
    'checkout-6b9f4d7c8-tz4vn',
    'shop',
    'CriticalCrashLoopBackOff',
    '0/1',
    '9',
    '47 min',
    '–',
    '–',
    'Deployment/checkout',
    'worker-1',
    'Keeps crashing: checkout restarted 9 times, last with code 1',
  ]);
  fireEvent.click(table().getByRole('button', { name: 'Restarts' }));
  expect(names().slice(0, 2)).toEqual(['checkout-6b9f4d7c8-tz4vn', 'search-0']);
  fireEvent.change(screen.getByRole('searchbox', { name: 'Filter pods' }), { target: { value: 'statefulset' } });
  expect(names().sort()).toEqual(['postgres-0', 'search-0', 'trainer-0']);
});

test('a thousand pods draw only the rows on screen', async () => {
  await renderPods(sample({ count: 1000 }));
  expect(screen.getByRole('region', { name: 'Pods' }).textContent).toContain('1000 pods');
  expect(table().getAllByRole('row').length).toBeLessThan(60);
});

test('without metrics-server the columns are not there, and that is said once', async () => {
  await renderPods(sample({ metrics: false }));
  expect(table().queryByRole('columnheader', { name: 'CPU' })).toBeNull();
  expect(screen.getAllByText(/metrics-server/)).toHaveLength(1);
});

test('a broken watch is told, the pods stay', async () => {
  await renderPods(sample({ resuming: true }));
  expect(screen.getByText(/Connection lost 21 s ago/)).toBeTruthy();
  expect(names()).toHaveLength(14);
});

test('context and namespace are chosen through the settings', async () => {
  const { client } = await renderPods(sample());
  const context = screen.getByRole('combobox', { name: 'Context' }) as HTMLSelectElement;
  expect([...context.options].map((option) => option.value)).toEqual(['kind-dev', 'staging']);
  await act(async () => fireEvent.change(screen.getByRole('combobox', { name: 'Namespace' }), { target: { value: 'shop' } }));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { kubernetes: { namespace: 'shop' } } });
  expect(screen.getByText('Switching…')).toBeTruthy();
  await act(async () => fireEvent.change(context, { target: { value: 'staging' } }));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { kubernetes: { context: 'staging', namespace: '' } } });
});

test('the own namespace of a context is what "all" means where all may not be read', async () => {
  await renderPods({ ...sample(), namespace: 'shop', namespaces: null });
  expect(screen.queryByText('Switching…')).toBeNull();
});

test('where namespaces cannot be listed one is written', async () => {
  const { client } = await renderPods({ ...sample(), namespaces: null });
  const field = screen.getByRole('textbox', { name: 'Namespace' });
  fireEvent.change(field, { target: { value: ' shop ' } });
  await act(async () => fireEvent.keyDown(field, { key: 'Enter' }));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { kubernetes: { namespace: 'shop' } } });
});

test('a read-only window explains why it cannot switch', async () => {
  await renderPods(sample(), { actionsAllowed: false });
  const context = screen.getByRole('combobox', { name: 'Context' }) as HTMLSelectElement;
  expect(context.disabled).toBe(true);
  expect(context.title).toContain('--allow-actions');
  expect(screen.getByRole('region', { name: 'Pods' }).textContent).toContain('read-only here');
});

test('a pod opens beside the table: containers in words, events, its log', async () => {
  const { client, state } = await renderPods(sample());
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'checkout-6b9f4d7c8-tz4vn' })));
  const panel = within(screen.getByRole('complementary', { name: 'Detail' }));
  expect(panel.getByText('The log of the run before this one says why.')).toBeTruthy();
  const containers = within(panel.getByRole('region', { name: 'Containers' }));
  expect(containers.getByText('waiting · CrashLoopBackOff')).toBeTruthy();
  expect(containers.getByText(/9 restarts · Run before: error \(1\)/)).toBeTruthy();
  expect(containers.getByText('ended well (0)')).toBeTruthy();
  expect(within(panel.getByRole('region', { name: 'Events' })).getByText('BackOff')).toBeTruthy();
  const opened = () => client.asked.filter(({ name }) => name === 'logs.open').map(({ input }) => (input as { target: unknown }).target);
  const pod = { kind: 'pod', namespace: 'shop', name: 'checkout-6b9f4d7c8-tz4vn', container: 'checkout' };
  expect(opened()).toEqual([{ ...pod, previous: false }]);
  const log = within(panel.getByRole('region', { name: 'Live log' }));
  await act(async () => fireEvent.click(log.getByRole('radio', { name: 'Run before' })));
  expect(opened().at(-1)).toEqual({ ...pod, previous: true });
  await act(async () => fireEvent.click(log.getByRole('checkbox', { name: 'All pods of checkout' })));
  expect(opened().at(-1)).toEqual({ kind: 'pods-of', namespace: 'shop', ownerKind: 'Deployment', ownerName: 'checkout' });
  fireEvent.keyDown(window, { key: 'Escape' });
  expect(state.ui.getState().selected).toBeNull();
});

test('arrow keys walk from row to row', async () => {
  await renderPods(sample());
  const [first, second] = names();
  const button = (name: string | null | undefined) => table().getByRole('button', { name: name ?? '' });
  act(() => button(first).focus());
  fireEvent.keyDown(button(first), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(button(second));
  fireEvent.keyDown(button(second), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(button(first));
  fireEvent.keyDown(button(first), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(button(first));
});

test('a pod without a run before does not offer its log', async () => {
  await renderPods(sample());
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'postgres-0' })));
  expect((screen.getByRole('radio', { name: 'Run before' }) as HTMLInputElement).disabled).toBe(true);
});

test('events that cannot be read say why', async () => {
  const unreadable = () => ({ events: [], unreadable: 'events is forbidden' });
  await renderPods(sample(), { handlers: { ...podHandlers, 'pods.events': unreadable } });
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'postgres-0' })));
  expect(screen.getByRole('region', { name: 'Events' }).textContent).toContain('Events cannot be read: events is forbidden');
});

function unavailablePods(cause: Omit<Unavailable, 'kind'>): AnyReading[] {
  return [{ source: 'pods', reading: { ...base, lastOkAtMs: null, kind: 'unavailable', ...cause } }];
}

test.each([
  ['not-configured', 'Not set up'],
  ['unreachable', 'Cannot be reached'],
  ['not-installed', 'Not installed'],
  ['permission-denied', 'Your account may not read it'],
] as const)('%s has its own words, remedy and a way to another cluster', async (reason, words) => {
  const { state } = await renderWindow({ readings: unavailablePods({ reason, detail: 'what came back', hint: 'what helps' }) });
  await act(async () => goTo(state.ui, { section: 'pods' }));
  const region = within(screen.getByRole('region', { name: 'Pods' }));
  for (const text of [words, 'what came back', 'what helps']) expect(region.getByText(text)).toBeTruthy();
  fireEvent.click(region.getByRole('button', { name: 'Choose the context in the settings' }));
  expect(state.ui.getState().section).toBe('settings');
});

test('without any context there is none to choose', async () => {
  const { state } = await renderWindow({
    readings: unavailablePods({ reason: 'not-configured', detail: 'no kubeconfig' }),
    handlers: { 'pods.contexts': () => ({ contexts: [], current: null, programs: [] }) },
  });
  await act(async () => goTo(state.ui, { section: 'pods' }));
  expect(screen.getByText('no kubeconfig')).toBeTruthy();
  expect(screen.queryByText('Another cluster?')).toBeNull();
});

test('while a cluster cannot be reached another context can be chosen', async () => {
  const context = (name: string) => ({ name, cluster: name, server: null, user: name, namespace: null });
  const { state, client } = await renderWindow({
    readings: unavailablePods({ reason: 'unreachable', detail: 'ECONNREFUSED' }),
    handlers: { 'pods.contexts': () => ({ contexts: [context('minikube'), context('kind')], current: 'minikube', programs: [] }) },
  });
  await act(async () => goTo(state.ui, { section: 'pods' }));
  const choice = screen.getByRole('combobox', { name: 'Context' }) as HTMLSelectElement;
  expect(choice.value).toBe('minikube');
  await act(async () => fireEvent.change(choice, { target: { value: 'kind' } }));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { kubernetes: { context: 'kind', namespace: '' } } });
});

const consent = { command: ['AWS_PROFILE=dev', '/usr/bin/aws', 'eks', 'get-token', '--cluster-name', 'my shop'], key: 'k1' };
const asking = unavailablePods({ reason: 'needs-consent', detail: 'a program signs in', hint: 'look at it', consent });

test('the whole command is shown before it may run, and agreeing adds its key', async () => {
  const refreshed = asking[0] as AnyReading;
  const { state, client } = await renderWindow({ readings: asking, handlers: { 'readings.refresh': () => refreshed } });
  act(() => goTo(state.ui, { section: 'pods' }));
  expect(screen.getByRole('figure', { name: 'Command that will be run' }).textContent).toBe(
    "AWS_PROFILE=dev /usr/bin/aws eks get-token --cluster-name 'my shop'",
  );
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Run it' })));
  expect(client.asked.slice(-2)).toEqual([
    { name: 'settings.change', input: { kubernetes: { agreedCommands: ['k1'] } } },
    { name: 'readings.refresh', input: { source: 'pods' } },
  ]);
});

test('a read-only window shows the command and cannot agree', async () => {
  const { state } = await renderWindow({ readings: asking, actionsAllowed: false });
  act(() => goTo(state.ui, { section: 'pods' }));
  expect((screen.getByRole('button', { name: 'Run it' }) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByText(/--allow-actions/)).toBeTruthy();
});

test('an agreed program is shown as the command that it is; one that no kubeconfig names says so', async () => {
  const { state, client } = await renderWindow({
    handlers: {
      'pods.contexts': () => ({
        contexts: [],
        current: null,
        programs: [{ key: 'k1', command: ['/usr/bin/aws', 'eks', '--cluster-name', 'my shop'], contexts: ['shop', 'shop-test'] }],
      }),
    },
  });
  await act(async () => void client.request('settings.change', { kubernetes: { agreedCommands: ['k1', 'gone'] } }));
  act(() =>
    state.app.setState({
      settings: {
        ...state.app.getState().settings,
        kubernetes: { ...state.app.getState().settings.kubernetes, agreedCommands: ['k1', 'gone'] },
      },
    }),
  );
  await act(async () => goTo(state.ui, { section: 'settings' }));
  const programs = within(await screen.findByRole('list', { name: 'Programs that may sign in' })).getAllByRole('listitem');
  expect(programs.map((one) => one.textContent)).toEqual([
    "/usr/bin/aws eks --cluster-name 'my shop'For shop, shop-testTake back",
    'goneNo kubeconfig names exactly this program (any more)Take back',
  ]);
  await act(async () => fireEvent.click(screen.getByRole('button', { name: "Take back /usr/bin/aws eks --cluster-name 'my shop'" })));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { kubernetes: { agreedCommands: ['gone'] } } });
});
