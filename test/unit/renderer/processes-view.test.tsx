import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, expect, test, vi } from 'vitest';
import { sampleProcessExplanation } from '../../../src-renderer/client/sample-process-answers';
import { goTo } from '../../../src-renderer/state/ui-store';
import { loadRoleBase } from '../../../src-renderer/views/processes/role-base';
import type { AnyReading, Process, ProcessesSnapshot } from '../../../src-shared/snapshots';
import { nowMs, renderWindow } from './render-window';

// A part of its own, which a busy machine is slow to transform: not within the time of a test.
beforeAll(async () => void (await loadRoleBase()), 60_000);

type Options = NonNullable<Parameters<typeof renderWindow>[0]>;

/** The section of processes on the sample, with answers about each of them. */
async function openProcesses(options: Options = {}) {
  let processes: readonly Process[] = [];
  const window = await renderWindow({
    ...options,
    handlers: {
      'processes.explain': ({ id }) => {
        const process = processes.find((one) => one.id === id);
        if (process === undefined) throw new Error(id);
        return sampleProcessExplanation(process, processes);
      },
      ...options.handlers,
    },
  });
  processes = window.state.readings.getState().processes.lastOk?.data.processes ?? [];
  await act(async () => goTo(window.state.ui, { section: 'processes' }));
  // The texts of the role base come as a part of their own.
  await act(() => vi.waitFor(() => expect(screen.getByText(/^First process of the system/)).toBeTruthy()));
  return window;
}

const press = (element: HTMLElement) => act(async () => void fireEvent.click(element));
const table = () => within(screen.getByRole('table', { name: 'Processes' }));
const names = () =>
  [...document.querySelectorAll('[data-id] button[data-opens] > span:first-child')].map((element) => element.textContent ?? '');

async function write(filter: string): Promise<void> {
  await act(async () => void fireEvent.change(screen.getByRole('searchbox', { name: 'Filter processes' }), { target: { value: filter } }));
}

function withProcesses(reading: AnyReading | undefined, change: (processes: readonly Process[]) => readonly Process[]): AnyReading {
  if (reading?.source !== 'processes' || reading.reading.kind !== 'ok') throw new Error('no processes in the sample');
  const data: ProcessesSnapshot = { ...reading.reading.data, processes: change(reading.reading.data.processes) };
  return { source: 'processes', reading: { ...reading.reading, startedAtMs: reading.reading.startedAtMs + 1000, data } };
}

test('says what each is, how many are seen only in part and how to see them, and what is still looked at', async () => {
  await openProcesses();
  expect(table().getByText('Redis: keeps data in memory, as cache, store or queue.')).toBeTruthy();
  expect(screen.getByText(/12 processes are not fully visible to you\..*start LogScope as root/)).toBeTruthy();
  expect(screen.getByText('still looking at 3')).toBeTruthy();
});

test('the filter narrows by words, counts, and says which word it does not know', async () => {
  await openProcesses();
  await write('port:6379 user:redis');
  expect(names()).toEqual(['redis-server']);
  expect(screen.getByText('1 of 40')).toBeTruthy();
  await write('usr:redis');
  expect(screen.getByText('No word usr: – did you mean user:?')).toBeTruthy();
  expect(names().length).toBeGreaterThan(5);
  await write('name:no-such-thing');
  expect(screen.getByText('Nothing matches')).toBeTruthy();
});

test('columns and view are chosen and remembered', async () => {
  const { client } = await openProcesses();
  await press(screen.getByRole('button', { name: 'Columns' }));
  const choice = within(screen.getByRole('group', { name: 'Columns' }));
  expect((choice.getByRole('checkbox', { name: 'Name' }) as HTMLInputElement).disabled).toBe(true);
  await press(choice.getByRole('checkbox', { name: 'Terminal' }));
  const chosen = ['score', 'name', 'role', 'pid', 'user', 'cpu', 'memory', 'ports', 'terminal'];
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { processes: { columns: chosen } } });
  expect(table().getByRole('columnheader', { name: 'Terminal' })).toBeTruthy();
  fireEvent.keyDown(document.body, { key: 'Escape' });
  expect(screen.queryByRole('group', { name: 'Columns' })).toBeNull();
  await press(screen.getByRole('radio', { name: 'Tree' }));
  expect(client.asked.at(-1)).toEqual({ name: 'settings.change', input: { processes: { view: 'tree' } } });
  expect(screen.getByRole('treegrid', { name: 'Processes' })).toBeTruthy();
});

test('a read-only window keeps its own view and columns', async () => {
  const { client } = await openProcesses({ actionsAllowed: false });
  await press(screen.getByRole('radio', { name: 'Tree' }));
  expect(screen.getByRole('treegrid', { name: 'Processes' })).toBeTruthy();
  expect(client.asked.some(({ name }) => name === 'settings.change')).toBe(false);
  expect(screen.queryByRole('button', { name: /^Kill/ })).toBeNull();
});

test('the tree puts the worst branch first and folds by arrow keys', async () => {
  await openProcesses();
  await press(screen.getByRole('radio', { name: 'Tree' }));
  expect(names().slice(0, 5)).toEqual(['systemd', 'sshd', 'sshd', 'bash', 'kworker/u8:9']);
  const bash = within(screen.getByRole('treegrid', { name: 'Processes' })).getAllByRole('button', { name: 'bash' })[0] as HTMLElement;
  await act(async () => {
    bash.focus();
    fireEvent.keyDown(bash, { key: 'ArrowLeft' });
  });
  expect(names()).not.toContain('kworker/u8:9');
  expect(bash.closest('[role=row]')?.getAttribute('aria-expanded')).toBe('false');
  await act(async () => void fireEvent.keyDown(bash, { key: 'ArrowRight' }));
  expect(names()).toContain('kworker/u8:9');
});

test('arrow keys walk the rows from button to button, though rows differ in theirs', async () => {
  await openProcesses();
  const kill = table().getByRole('button', { name: 'Kill java' });
  kill.focus();
  const focused = () => document.activeElement as HTMLElement;
  fireEvent.keyDown(kill, { key: 'ArrowDown' });
  expect(focused().getAttribute('aria-label')).toBe('Kill node');
  // The first process of the system has no such button.
  fireEvent.keyDown(focused(), { key: 'ArrowDown' });
  expect(focused().textContent).toBe('systemd');
  fireEvent.keyDown(focused(), { key: 'ArrowDown' });
  expect(focused().textContent).toBe('systemd-journald');
});

test('Ctrl+C on a row copies it, Delete asks about ending it', async () => {
  const { state } = await openProcesses();
  const copied: string[] = [];
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (text: string) => void copied.push(text) },
  });
  const opener = table().getByRole('button', { name: 'redis-server' });
  opener.focus();
  fireEvent.keyDown(opener, { key: 'c', ctrlKey: true });
  expect(copied[0]?.split('\t').slice(0, 3)).toEqual(['32', 'ordinary', 'redis-server']);
  fireEvent.keyDown(opener, { key: 'C', ctrlKey: true, shiftKey: true });
  expect(JSON.parse(copied[1] ?? '')).toMatchObject({ name: 'redis-server', score: 32 });
  await act(async () => void fireEvent.keyDown(opener, { key: 'Delete' }));
  expect(state.ui.getState().stopTarget).toEqual({ id: 'p2210', name: 'redis-server' });
});

test('what is new and what ended is marked for a moment', async () => {
  const { sampler, client } = await openProcesses();
  const mark = (id: string) => document.querySelector(`[data-id=${id}]`)?.getAttribute('data-mark') ?? null;
  const latest = () => sampler.readings(nowMs).find(({ source }) => source === 'processes');
  expect(document.querySelector('[data-mark]')).toBeNull();
  await act(async () => {
    const next = withProcesses(latest(), (all) =>
      all.filter(({ id }) => id !== 'p8812').map((one) => (one.id === 'p912' ? { ...one, id: 'p913', pid: 913 } : one)),
    );
    client.emit({ event: 'reading', payload: next });
  });
  await waitFor(() => expect(mark('p8812')).toBe('gone'));
  expect(mark('p913')).toBe('new');
  expect(mark('p2210')).toBeNull();
  expect(document.querySelector('[data-id=p8812]')?.querySelector('[aria-label^=Kill]')).toBeNull();
});

test('those recommended to end stand above with their reasons, and are asked about one by one', async () => {
  const { state } = await openProcesses();
  const list = within(screen.getByRole('region', { name: 'Recommended to end' }));
  expect(list.getByText(/Calls itself kworker/)).toBeTruthy();
  expect(list.getByText('Left over: what started this development tool is gone')).toBeTruthy();
  await press(list.getByRole('button', { name: 'Kill node' }));
  expect(state.ui.getState().stopTarget).toEqual({ id: 'p30118', name: 'node' });
});

test('what must never be ended has no button for it', async () => {
  await openProcesses();
  await write('name:journald');
  expect(names()).toEqual(['systemd-journald']);
  expect(table().queryByRole('button', { name: /^Kill/ })).toBeNull();
});

test('an ordinary machine reads calm', async () => {
  const { state } = await openProcesses({ trouble: false });
  expect(screen.getByText('40 processes, none stands out')).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Recommended to end' })).toBeNull();
  await act(async () => goTo(state.ui, { section: 'overview' }));
  const levels = [...document.querySelectorAll('[data-id]')].map((row) => row.getAttribute('data-level'));
  expect(new Set(levels)).toEqual(new Set(['ok']));
});
