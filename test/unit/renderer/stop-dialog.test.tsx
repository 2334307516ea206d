import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { RequestError, type StopPreview, type StopResult } from '../../../src-shared/contract';
import { renderWindow } from './render-window';

const preview: StopPreview = {
  ticket: 'ticket-1',
  expiresAtMs: 0,
  name: 'kworker/u8:9',
  pid: 31337,
  user: 'root',
  exe: '/dev/shm/.x/kworker',
  command: '/dev/shm/.x/kworker --serve',
  listening: [{ protocol: 'tcp', address: '0.0.0.0', port: 4444 }],
  descendants: [{ id: null, pid: 31340, name: 'sh', user: 'root', depth: 1, killClass: 'K3' }],
  killClass: 'K3',
  killReason: { rule: 'kill-ordinary', text: '', values: {} },
  nameMustBeTyped: false,
  comesBack: null,
  betterAction: null,
  clients: null,
  clientCount: null,
  saveEvidenceFirst: false,
  paused: false,
  container: null,
  unit: null,
  refusal: null,
};

const alone = { descendants: [], cameBack: null } as const;

async function openDialog(given: StopPreview, results: readonly StopResult[] = []) {
  const waiting = [...results];
  const window = await renderWindow({
    handlers: {
      'processes.preview': () => given,
      'processes.stop': () => {
        const next = waiting.shift();
        if (!next) throw new RequestError('expired', 'The ticket is too old');
        return next;
      },
    },
  });
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Kill kworker/u8:9' })));
  return { ...window, dialog: within(screen.getByRole('dialog', { name: 'Stop process' })) };
}

const press = (button: HTMLElement) => act(async () => void fireEvent.click(button));

test('shows what it is before anything is sent, and sends an opaque id', async () => {
  const { dialog, client } = await openDialog(preview);
  for (const text of ['PID 31337', 'root', '/dev/shm/.x/kworker', '0.0.0.0:4444/tcp', 'sh (31340)'])
    expect(dialog.getByText(text)).toBeTruthy();
  expect(client.asked.at(-1)).toEqual({ name: 'processes.preview', input: { id: 'p31337' } });
  expect(client.asked.some((one) => one.name === 'processes.stop')).toBe(false);
});

test('asks first, tells what came of it, and offers force only then', async () => {
  const { dialog, client } = await openDialog(preview, [
    { outcome: 'still-there', signal: 'SIGTERM', text: 'still', ticket: 'ticket-2', ...alone },
    { outcome: 'gone', signal: 'SIGKILL', text: 'gone', ticket: null, ...alone },
  ]);
  expect(dialog.queryByRole('button', { name: /Force/ })).toBeNull();
  await press(dialog.getByRole('button', { name: /^Stop/ }));
  expect(client.asked.at(-1)).toEqual({ name: 'processes.stop', input: { ticket: 'ticket-1', signal: 'SIGTERM' } });
  expect(dialog.getByText('It is still running: it did not react to the request.')).toBeTruthy();
  await press(dialog.getByRole('button', { name: 'Force it (SIGKILL)' }));
  expect(client.asked.at(-1)).toEqual({ name: 'processes.stop', input: { ticket: 'ticket-2', signal: 'SIGKILL' } });
  expect(dialog.getByText('It has ended.')).toBeTruthy();
  expect(dialog.queryByRole('button', { name: /Force/ })).toBeNull();
  await press(dialog.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a refusal is explained and there is nothing to press', async () => {
  const { dialog } = await openDialog({ ...preview, refusal: { key: 'ancestor', text: 'Ancestor' } });
  expect(dialog.getByText(/LogScope was started by this process/)).toBeTruthy();
  expect(dialog.queryByRole('button', { name: /^Stop/ })).toBeNull();
});

test('permission denied names the user and the way out', async () => {
  const { dialog } = await openDialog(preview, [{ outcome: 'permission-denied', signal: 'SIGTERM', text: '', ticket: null, ...alone }]);
  await press(dialog.getByRole('button', { name: /^Stop/ }));
  expect(dialog.getByText(/It belongs to root.*sudo kill 31337/)).toBeTruthy();
});

test('an expired ticket leads to a second look', async () => {
  const { dialog, client } = await openDialog(preview);
  await press(dialog.getByRole('button', { name: /^Stop/ }));
  expect(dialog.getByText('The question stood too long: look again.')).toBeTruthy();
  await press(dialog.getByRole('button', { name: 'Try again' }));
  expect(client.asked.at(-1)?.name).toBe('processes.preview');
});

test('through a read-only door there is no kill button, and the panel says why', async () => {
  await renderWindow({ actionsAllowed: false });
  expect(screen.queryByRole('button', { name: /^Kill/ })).toBeNull();
  expect(screen.getByRole('region', { name: 'Process risk' }).textContent).toContain('read-only: start with --allow-actions');
});
