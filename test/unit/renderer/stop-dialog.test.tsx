import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { RequestError, type StopPreview, type StopResult, type StopReturn } from '../../../src-shared/contract';
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
  killReason: { rule: 'ordinary', text: '', values: {} },
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

const plain = { withDescendants: false, typedName: null } as const;
const alone = { descendants: [], returnWatch: null } as const;

type Handlers = NonNullable<Parameters<typeof renderWindow>[0]>['handlers'];

async function openDialog(given: StopPreview | (() => StopPreview), results: readonly StopResult[] = [], handlers: Handlers = {}) {
  const waiting = [...results];
  const window = await renderWindow({
    handlers: {
      'processes.preview': () => (typeof given === 'function' ? given() : given),
      'processes.stop': () => {
        const next = waiting.shift();
        if (!next) throw new RequestError('expired', 'The ticket is too old');
        return next;
      },
      ...handlers,
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
  expect(client.asked.at(-1)).toEqual({ name: 'processes.stop', input: { ticket: 'ticket-1', signal: 'SIGTERM', ...plain } });
  expect(dialog.getByText('It is still running: it did not react to the request.')).toBeTruthy();
  await press(dialog.getByRole('button', { name: 'Force it (SIGKILL)' }));
  expect(client.asked.at(-1)).toEqual({ name: 'processes.stop', input: { ticket: 'ticket-2', signal: 'SIGKILL', ...plain } });
  expect(dialog.getByText('It has ended.')).toBeTruthy();
  expect(dialog.queryByRole('button', { name: /Force/ })).toBeNull();
  await press(dialog.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('those below it that outlived it are forced in a second step', async () => {
  const left = { pid: 31340, name: 'sh', outcome: 'still-there' } as const;
  const { dialog, client } = await openDialog(preview, [
    { outcome: 'gone', signal: 'SIGTERM', text: '', ticket: 'ticket-2', descendants: [left], returnWatch: null },
    { outcome: 'gone', signal: 'SIGKILL', text: '', ticket: null, ...alone },
  ]);
  await press(dialog.getByRole('button', { name: /^Stop/ }));
  expect(dialog.getByText(/^sh \(31340\): It is still running/)).toBeTruthy();
  expect(dialog.queryByRole('button', { name: /Pause/ })).toBeNull();
  await press(dialog.getByRole('button', { name: 'Force what is left (SIGKILL)' }));
  expect(client.asked.at(-1)).toMatchObject({ name: 'processes.stop', input: { ticket: 'ticket-2', signal: 'SIGKILL' } });
  expect(dialog.queryByRole('button', { name: /SIG/ })).toBeNull();
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

const unit = {
  ...preview,
  killClass: 'K2',
  unit: 'redis-server.service',
  betterAction: { kind: 'stop-unit', unit: 'redis-server.service', scope: 'system' },
  comesBack: {
    by: 'unit',
    name: 'redis-server.service',
    reason: { rule: 'comes-back-unit', text: '', values: { unit: 'redis-server.service', policy: 'always' } },
  },
} as const satisfies StopPreview;

test('what runs it comes first: the unit is stopped through its own request, a signal takes one step more', async () => {
  const { dialog, client } = await openDialog(unit, [], { 'services.act': () => ({ outcome: 'done', text: '' }) });
  expect(dialog.getByText('systemd starts redis-server.service again (Restart=always).')).toBeTruthy();
  expect(dialog.queryByRole('button', { name: /SIGTERM|SIGSTOP/ })).toBeNull();
  await press(dialog.getByRole('button', { name: 'Stop unit redis-server.service' }));
  const confirm = within(screen.getByRole('dialog', { name: 'Confirm' }));
  expect(client.asked.some(({ name }) => name === 'services.act')).toBe(false);
  await press(confirm.getByRole('button', { name: 'Stop' }));
  expect(client.asked.at(-1)).toEqual({
    name: 'services.act',
    input: { unit: 'redis-server.service', scope: 'system', action: 'stop' },
  });
  await press(dialog.getByRole('button', { name: 'End the process anyway' }));
  expect(dialog.getByRole('button', { name: /SIGTERM/ })).toBeTruthy();
  expect(client.asked.some(({ name }) => name === 'processes.stop')).toBe(false);
});

test('everything below it ends too only when the person says so', async () => {
  const { dialog, client } = await openDialog(preview, [
    {
      outcome: 'gone',
      signal: 'SIGTERM',
      text: '',
      ticket: null,
      descendants: [{ pid: 31340, name: 'sh', outcome: 'still-there' }],
      returnWatch: null,
    },
  ]);
  await press(dialog.getByRole('checkbox', { name: 'With its one descendant' }));
  await press(dialog.getByRole('button', { name: /SIGTERM/ }));
  expect(client.asked.at(-1)?.input).toEqual({ ticket: 'ticket-1', signal: 'SIGTERM', withDescendants: true, typedName: null });
  expect(dialog.getByText(/^sh \(31340\): It is still running/)).toBeTruthy();
  expect(dialog.queryByText(/again/)).toBeNull();
  expect(dialog.queryByRole('button', { name: /SIG/ })).toBeNull();
});

test.each<readonly [string, () => Promise<StopReturn>]>([
  ['It is there again as kworker/u8:9 (PID 31400).', async () => ({ cameBack: { pid: 31400, name: 'kworker/u8:9' } })],
  ['Nothing started it again within 3 s.', async () => ({ cameBack: null })],
  ['Whether something started it again could not be seen.', () => Promise.reject(new RequestError('expired', 'too old'))],
])('that it ended is said at once, and then: %s', async (said, answer) => {
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const { dialog, client } = await openDialog(
    preview,
    [{ outcome: 'gone', signal: 'SIGTERM', text: '', ticket: null, descendants: [], returnWatch: 'watch-1' }],
    { 'processes.came-back': () => told.then(answer) },
  );
  await press(dialog.getByRole('button', { name: /SIGTERM/ }));
  expect(dialog.getByText('It has ended.')).toBeTruthy();
  expect(dialog.getByText('Watching for 3 s whether something starts it again…')).toBeTruthy();
  expect(client.asked.at(-1)).toEqual({ name: 'processes.came-back', input: { watch: 'watch-1' } });
  await act(async () => tell());
  expect(dialog.getByText(said)).toBeTruthy();
  expect(dialog.getByText('It has ended.')).toBeTruthy();
});

test('what would cut the person off is blocked until the expert switch, and then wants its name', async () => {
  const blocked = await openDialog({ ...preview, killClass: 'K1', refusal: { key: 'session', text: '' } });
  expect(blocked.dialog.queryByRole('button', { name: /SIG/ })).toBeNull();
  await press(blocked.dialog.getByRole('button', { name: 'Expert actions in the settings' }));
  expect(blocked.state.ui.getState()).toMatchObject({ section: 'settings', stopTarget: null });
  blocked.unmount();
  const { dialog, client } = await openDialog({ ...preview, killClass: 'K1', nameMustBeTyped: true }, [
    { outcome: 'gone', signal: 'SIGTERM', text: '', ticket: null, ...alone },
  ]);
  const end = () => dialog.getByRole<HTMLButtonElement>('button', { name: /SIGTERM/ });
  expect(end().disabled).toBe(true);
  fireEvent.change(dialog.getByRole('textbox'), { target: { value: 'kworker' } });
  expect(end().disabled).toBe(true);
  fireEvent.change(dialog.getByRole('textbox'), { target: { value: 'kworker/u8:9' } });
  await press(end());
  expect(client.asked.at(-1)?.input).toEqual({
    ticket: 'ticket-1',
    signal: 'SIGTERM',
    withDescendants: false,
    typedName: 'kworker/u8:9',
  });
});

test('where the threat is high evidence is saved first, and its folder shown', async () => {
  const { dialog, client } = await openDialog({ ...preview, saveEvidenceFirst: true }, [], {
    'processes.save-evidence': () => ({ folder: '/data/evidence/1', files: ['exe'], missing: ['maps'] }),
  });
  await press(dialog.getByRole('button', { name: 'Save evidence' }));
  expect(client.asked.at(-1)).toEqual({ name: 'processes.save-evidence', input: { ticket: 'ticket-1' } });
  expect(dialog.getByText('/data/evidence/1')).toBeTruthy();
  expect(dialog.getByText('Not saved: maps')).toBeTruthy();
});

test('pausing is the alternative: it is looked at again and can run on', async () => {
  let paused = false;
  // The list behind the preview is older than what was just observed: it still says that the process runs.
  const { dialog, client } = await openDialog(() => ({ ...preview, ticket: paused ? 'ticket-2' : 'ticket-1' }), [], {
    'processes.stop': ({ signal }) => {
      paused = signal === 'SIGSTOP';
      return { outcome: paused ? 'paused' : 'continued', signal, text: '', ticket: null, ...alone };
    },
  });
  await press(dialog.getByRole('button', { name: 'Pause (SIGSTOP)' }));
  expect(dialog.getByText('It is paused.')).toBeTruthy();
  await press(dialog.getByRole('button', { name: 'Let it run on (SIGCONT)' }));
  expect(client.asked.filter(({ name }) => name === 'processes.stop').map(({ input }) => input)).toEqual([
    { ticket: 'ticket-1', signal: 'SIGSTOP', ...plain },
    { ticket: 'ticket-2', signal: 'SIGCONT', ...plain },
  ]);
  expect(dialog.getByText('It runs on.')).toBeTruthy();
});

test('a name from outside is shown as text', async () => {
  const { dialog } = await openDialog({ ...preview, name: '<img src=x>\u202e\u001b[31m', command: '<b>\n</b>' });
  expect(dialog.getByText(/^<img src=x>/).textContent).not.toMatch(/[\u202e\u001b]/);
  expect(document.querySelector('img')).toBeNull();
});

test('through a read-only door there is no kill button, and the panel says why', async () => {
  await renderWindow({ actionsAllowed: false });
  expect(screen.queryByRole('button', { name: /^Kill/ })).toBeNull();
  expect(screen.getByRole('region', { name: 'Process risk' }).textContent).toContain('read-only: start with --allow-actions');
});
