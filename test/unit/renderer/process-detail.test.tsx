import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, expect, test, vi } from 'vitest';
import { sampleProcessExplanation } from '../../../src-renderer/client/sample-process-answers';
import { rowRevision } from '../../../src-renderer/views/detail/process-explanation';
import { loadRoleBase } from '../../../src-renderer/views/processes/role-base';
import { RequestError } from '../../../src-shared/contract';
import type { Process } from '../../../src-shared/snapshots';
import { nowMs, renderWindow } from './render-window';

// A part of its own, which a busy machine is slow to transform: not within the time of a test.
beforeAll(async () => void (await loadRoleBase()), 60_000);

type Options = NonNullable<Parameters<typeof renderWindow>[0]>;

async function openDetail(id: string, options: Options = {}) {
  let processes: readonly Process[] = [];
  const window = await renderWindow({
    ...options,
    handlers: {
      'processes.explain': (input) => {
        const process = processes.find((one) => one.id === input.id);
        if (process === undefined) throw new RequestError('not-found', 'gone');
        return sampleProcessExplanation(process, processes);
      },
      'processes.expect': ({ rule, expected }) => ({ expectedRules: expected ? [rule] : [] }),
      ...options.handlers,
    },
  });
  processes = window.state.readings.getState().processes.lastOk?.data.processes ?? [];
  await act(async () => window.state.ui.setState({ selected: { kind: 'process', id } }));
  await act(() => vi.waitFor(() => expect(window.client.asked.some(({ name }) => name === 'processes.explain')).toBe(true)));
  const panel = within(screen.getByRole('complementary', { name: 'Detail' }));
  const region = (name: string) => within(panel.getByRole('region', { name }));
  return { ...window, panel, region };
}

const press = (element: HTMLElement) => act(async () => void fireEvent.click(element));

test('what is it: the sentence, where it comes from, and what else is known', async () => {
  const { region } = await openDetail('p2210');
  const what = region('What is it');
  await act(() => vi.waitFor(() => expect(what.getByText('Redis: keeps data in memory, as cache, store or queue.')).toBeTruthy()));
  expect(what.getByText('Database · from: role base')).toBeTruthy();
  await press(what.getByRole('button', { name: /What else is known/ }));
  expect(what.getByText(/Service redis-server\.service: Advanced key-value store/)).toBeTruthy();
});

test('should I worry: level in words, three axes, the evidence, and each reason with what to make of it', async () => {
  const { region, client } = await openDetail('p31337');
  const worry = region('Should I worry');
  expect(worry.getByText('Looks very unusual')).toBeTruthy();
  for (const axis of ['Looks foreign', 'Can be reached or misused', 'Is not well']) expect(worry.getAllByText(axis)[0]).toBeTruthy();
  expect(worry.getByText('Not to be seen with these rights: memory map, open files.')).toBeTruthy();
  for (const title of ['Why it matters', 'Usual innocent cause', 'Look at next']) expect(worry.getByText(title)).toBeTruthy();
  expect(worry.queryByText(/malware/i)).toBeNull();
  await press(worry.getByRole('button', { name: 'This is expected' }));
  expect(client.asked.find(({ name }) => name === 'processes.expect')?.input).toEqual({
    id: 'p31337',
    rule: 'risk-kernel-name',
    expected: true,
  });
  expect(worry.getByText(/^You said that this is expected: Calls itself/).textContent).not.toContain('{{');
  await press(worry.getByRole('button', { name: 'Take back' }));
  expect(client.asked.filter(({ name }) => name === 'processes.expect').at(-1)?.input).toMatchObject({ expected: false });
  expect(worry.queryByText(/^You said/)).toBeNull();
});

test('an ordinary one says that nothing stands out', async () => {
  const { region } = await openDetail('p40118');
  expect(region('Should I worry').getByText('Nothing about it stands out.')).toBeTruthy();
});

test('what happens if I end it: why gently, what starts it again, and the better way', async () => {
  const { region, client } = await openDetail('p2210', { handlers: { 'services.act': () => ({ outcome: 'done', text: '' }) } });
  const end = region('What happens if I end it');
  expect(end.getByText('It is part of the service redis-server.service: stop that instead.')).toBeTruthy();
  expect(end.getByText(/^It comes back: systemd starts redis-server.service again/)).toBeTruthy();
  expect(end.getByText('Frees *:6379.')).toBeTruthy();
  await press(end.getByRole('button', { name: 'Stop unit redis-server.service' }));
  await press(within(screen.getByRole('dialog', { name: 'Confirm' })).getByRole('button', { name: 'Stop' }));
  expect(client.asked.at(-1)).toMatchObject({ name: 'services.act', input: { action: 'stop' } });
});

test('what must not be ended has the reason and no button', async () => {
  const { region } = await openDetail('p388');
  const end = region('What happens if I end it');
  expect(end.getByText(/holds the system together/)).toBeTruthy();
  expect(end.queryByRole('button', { name: /^Kill/ })).toBeNull();
});

test('who owns it: the chain of parents, its project and its terminal are ways there', async () => {
  const { region, state } = await openDetail('p40118');
  const owner = region('Who owns it');
  expect(owner.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'systemd 1',
    'sshd 912',
    'sshd 2390',
    'bash 2400',
    'npm run dev 40100',
    'esbuild 40131',
  ]);
  await press(owner.getByRole('button', { name: 'shop, branch main' }));
  expect(state.ui.getState()).toMatchObject({ section: 'processes', processFilter: 'project:shop' });
});

test('is explained once, and again only when its row says something else than figures', async () => {
  const { client, sampler, state } = await openDetail('p2210');
  const asked = () => client.asked.filter(({ name }) => name === 'processes.explain').length;
  const first = asked();
  const before = state.readings.getState().processes.lastOk;
  await act(async () => {
    for (const reading of sampler.readings(nowMs + 1000)) client.emit({ event: 'reading', payload: reading });
  });
  // Readings are gathered before they are drawn.
  await waitFor(() => expect(state.readings.getState().processes.lastOk).not.toBe(before));
  expect(asked()).toBe(first);
  const process = state.readings.getState().processes.lastOk?.data.processes.find(({ id }) => id === 'p2210');
  if (process === undefined) throw new Error('no redis');
  expect(rowRevision({ ...process, cpuCores: 3, rssBytes: 1 })).toBe(rowRevision(process));
  expect(rowRevision({ ...process, killClass: 'K3' })).not.toBe(rowRevision(process));
});

test('one that cannot be explained further still shows its row', async () => {
  const { panel } = await openDetail('p2210', {
    handlers: {
      'processes.explain': () => {
        throw new RequestError('not-found', 'It is no longer there.');
      },
    },
  });
  expect(panel.getByText('More could not be read: It is no longer there.')).toBeTruthy();
  expect(panel.getByText('PID 2210')).toBeTruthy();
});
