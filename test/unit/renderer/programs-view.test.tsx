import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { sampleHistory, sampleOpenRoles, samplePolicies } from '../../../src-renderer/client/sample-programs';
import { openProgram } from '../../../src-renderer/state/ui-store';
import { type Policy, RequestError } from '../../../src-shared/contract';
import { nowMs, renderWindow } from './render-window';

async function openPrograms(options: Parameters<typeof renderWindow>[0] = {}) {
  const window = await renderWindow({
    ...options,
    handlers: {
      'policies.list': () => samplePolicies(nowMs),
      'policies.history': ({ exe }) => sampleHistory(exe, nowMs),
      'policies.save': (draft) => ({ ...draft, author: 'dev', updatedAtMs: nowMs }) as Policy,
      'roles.open': () => sampleOpenRoles(nowMs),
      ...options.handlers,
    },
  });
  await act(async () => window.state.ui.setState({ section: 'processes', processTab: 'programs' }));
  await screen.findByRole('region', { name: 'Known programs' });
  return window;
}

const press = (element: HTMLElement) => act(async () => void fireEvent.click(element));
const type = (element: HTMLElement, value: string) => act(async () => void fireEvent.change(element, { target: { value } }));
const asked = (
  window: { readonly client: { readonly asked: readonly { readonly name: string; readonly input: unknown }[] } },
  name: string,
) => window.client.asked.filter((one) => one.name === name).map(({ input }) => input);
const openForm = async (name: RegExp) => {
  await press(await screen.findByRole('button', { name }));
  return within(await screen.findByRole('dialog', { name: 'Known program' }));
};

test('what people said: verdict in words, explanation, path, author', async () => {
  await openPrograms();
  const rows = within(await screen.findByRole('table', { name: 'Known programs' })).getAllByRole('row');
  expect(rows).toHaveLength(4);
  const first = within(rows[0] as HTMLElement);
  for (const text of ['backupd', 'Never end', 'Nightly backup of /home to the NAS', 'dev, 9 d ago'])
    expect(first.getByText(text)).toBeTruthy();
  expect((rows[1] as HTMLElement).textContent).toContain('1 expected sign');
  await type(screen.getByRole('searchbox', { name: 'Filter programs' }), 'watch');
  await waitFor(() => expect(within(screen.getByRole('table', { name: 'Known programs' })).getAllByRole('row')).toHaveLength(2));
});

test('an entry is changed in its form: what is sent is the whole entry', async () => {
  const window = await openPrograms();
  const form = await openForm(/^backupd/);
  expect(form.getByLabelText<HTMLInputElement>('Path of the program').readOnly).toBe(true);
  await type(form.getByLabelText('Verdict'), 'watch');
  await type(form.getByLabelText('What it is for'), '  ');
  await type(form.getByLabelText('Note'), 'look at it');
  await press(form.getByRole('button', { name: 'Save' }));
  expect(asked(window, 'policies.save')).toEqual([
    {
      exe: '/opt/backup/bin/backupd',
      name: 'backupd',
      role: null,
      category: 'storage',
      verdict: 'watch',
      note: 'look at it',
      sha256: null,
      expectedRules: [],
    },
  ]);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(asked(window, 'policies.list').length).toBeGreaterThan(1);
});

test('what could not be kept stays in the form, with the reason', async () => {
  await openPrograms({
    handlers: {
      'policies.save': () => {
        throw new RequestError('refused', '"x" is not the whole path of a program. Nothing was taken.');
      },
    },
  });
  await press(await screen.findByRole('button', { name: 'New…' }));
  const form = within(await screen.findByRole('dialog', { name: 'Known program' }));
  expect(form.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  await type(form.getByLabelText('Name'), 'x');
  await type(form.getByLabelText('Path of the program'), 'x');
  await press(form.getByRole('button', { name: 'Save' }));
  expect(form.getByText(/Not saved: "x" is not the whole path of a program/)).toBeTruthy();
  expect(form.getByLabelText<HTMLInputElement>('Name').value).toBe('x');
});

test('content: an entry can be held to the file that runs now; a sign can be counted again', async () => {
  const sha256 = 'a'.repeat(64);
  const window = await openPrograms({ handlers: { 'processes.explain': () => ({ sha256 }) as never } });
  await act(async () => openProgram(window.state.ui, { exe: '/usr/bin/redis-server', name: 'redis-server' }));
  const form = within(await screen.findByRole('dialog', { name: 'Known program' }));
  expect(await form.findByText(sha256)).toBeTruthy();
  await press(form.getByRole('checkbox'));
  await press(form.getByRole('button', { name: 'Save' }));
  expect(asked(window, 'policies.save')).toMatchObject([{ exe: '/usr/bin/redis-server', name: 'redis-server', sha256 }]);

  const other = await openForm(/^cargo-watch/);
  await press(other.getByRole('button', { name: 'Count it again: risk-exe-home' }));
  await press(other.getByRole('checkbox'));
  await press(other.getByRole('button', { name: 'Save' }));
  expect(asked(window, 'policies.save')[1]).toMatchObject({ expectedRules: [], sha256: null });
});

test('what does not run has no known content: the box says why', async () => {
  await openPrograms();
  const form = await openForm(/^backupd/);
  expect(form.getByRole<HTMLInputElement>('checkbox').disabled).toBe(true);
  expect(form.getByText(/Its content is not known/)).toBeTruthy();
});

test('removing is asked about; the history tells what changed, who and when', async () => {
  const window = await openPrograms({ handlers: { 'policies.remove': () => ({ removed: true }) } });
  const form = await openForm(/^scannerd/);
  await press(form.getByRole('button', { name: 'History' }));
  expect(await form.findByText('note: Asked IT what it is, no answer yet.')).toBeTruthy();
  expect(form.getByText('written down')).toBeTruthy();
  await press(form.getByRole('button', { name: 'Remove…' }));
  expect(asked(window, 'policies.remove')).toEqual([]);
  await press(within(screen.getByRole('dialog', { name: 'Confirm' })).getByRole('button', { name: 'Remove' }));
  expect(asked(window, 'policies.remove')).toEqual([{ exe: '/usr/local/bin/scannerd' }]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

async function chooseFile(text: string): Promise<void> {
  const file = new File([text], 'mine.json', { type: 'application/json' });
  // jsdom's Blob has no text().
  Object.defineProperty(file, 'text', { value: async () => text });
  const input = screen.getByLabelText('Import…', { selector: 'input' });
  await act(async () => void fireEvent.change(input, { target: { files: [file] } }));
}

test('an import is asked about with what it replaces; a bad entry is named and nothing is sent', async () => {
  const window = await openPrograms({ handlers: { 'policies.import': ({ policies }) => ({ taken: policies.length }) } });
  await screen.findByRole('table', { name: 'Known programs' });
  const good = { exe: '/usr/bin/new', name: 'new' };
  await chooseFile(JSON.stringify([good, { exe: '/usr/bin/b', name: '' }]));
  expect(await screen.findByText(/Entry 2 \(\/usr\/bin\/b\) is not valid: name: .+ Nothing was taken\./)).toBeTruthy();
  expect(asked(window, 'policies.import')).toEqual([]);

  await chooseFile(JSON.stringify({ programs: [good, { exe: '/usr/local/bin/scannerd', name: 'scannerd', verdict: 'expected' }] }));
  const question = within(await screen.findByRole('dialog', { name: 'Confirm' }));
  expect(question.getByText('Take 2 programs from mine.json?')).toBeTruthy();
  expect(question.getByText('1 of them replaces what stands there now.')).toBeTruthy();
  await press(question.getByRole('button', { name: 'Import' }));
  expect(asked(window, 'policies.import')).toMatchObject([{ policies: [{ exe: '/usr/bin/new' }, { verdict: 'expected' }] }]);
  expect(await screen.findByText('2 programs were taken.')).toBeTruthy();
});

test('asking for a name tells what the role base, running processes and notes say, and how often it was asked', async () => {
  const window = await openPrograms({
    handlers: {
      'roles.ask': ({ name }) => ({
        name,
        entries: name === 'redis-server' ? ['redis'] : [],
        processIds: name === 'redis-server' ? ['p2210'] : [],
        policies: [],
        askedCount: name === 'redis-server' ? 3 : 1,
      }),
    },
  });
  const ask = within(screen.getByRole('region', { name: 'Explain a program' }));
  const button = ask.getByRole('button', { name: 'Explain' });
  await type(ask.getByLabelText('Name of a program'), ' redis-server ');
  await press(button);
  expect(asked(window, 'roles.ask')).toEqual([{ name: 'redis-server' }]);
  expect(await ask.findByText('asked 3 times')).toBeTruthy();
  expect(await ask.findByRole('heading', { name: 'The role base' })).toBeTruthy();
  await press(ask.getByRole('button', { name: 'redis-server 2210' }));
  expect(window.state.ui.getState().selected).toEqual({ kind: 'process', id: 'p2210' });

  await type(ask.getByLabelText('Name of a program'), 'gvfsd');
  await press(button);
  expect(await ask.findByText(/Nothing is known of it/)).toBeTruthy();
  await press(ask.getByRole('button', { name: 'Register…' }));
  expect(window.state.ui.getState().programTarget).toEqual({ exe: null, name: 'gvfsd' });
});

test('what nothing explains is listed most asked first, and is registered with its path filled in', async () => {
  await openPrograms();
  const open = within(await screen.findByRole('region', { name: 'Not explained yet' }));
  expect(open.getAllByRole('listitem')[0]?.textContent).toContain('gvfsd-fuseasked 3×');
  await press(open.getByRole('button', { name: 'Register corp-agent' }));
  const form = within(await screen.findByRole('dialog', { name: 'Known program' }));
  expect(form.getByLabelText<HTMLInputElement>('Path of the program').value).toBe('/opt/corp/agent/current/bin/corp-agent');
  expect(form.getByLabelText<HTMLInputElement>('Path of the program').readOnly).toBe(false);
});

test('through a read-only door everything can be read and nothing written, with the reasons', async () => {
  await openPrograms({ actionsAllowed: false });
  const region = within(screen.getByRole('region', { name: 'Known programs' }));
  expect(region.getByText(/Read-only here: start with --allow-actions to write notes/)).toBeTruthy();
  expect(region.queryByRole('button', { name: /New|Import/ })).toBeNull();
  expect(region.getByRole('button', { name: 'Export' })).toBeTruthy();
  const ask = within(screen.getByRole('region', { name: 'Explain a program' }));
  expect(ask.getByLabelText<HTMLInputElement>('Name of a program').disabled).toBe(true);
  expect(ask.getByText(/asking is counted/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Register/ })).toBeNull();
  const form = await openForm(/^backupd/);
  expect(form.getByLabelText('Name').closest('fieldset')?.disabled).toBe(true);
  expect(form.queryByRole('button', { name: /Save|Remove/ })).toBeNull();
});
