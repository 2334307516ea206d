import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createTrafficAnswers } from '../../../../src-renderer/client/sample-traffic-answers';
import { applySettingsPatch, defaultSettings, type SettingsPatch } from '../../../../src-shared/settings';
// Loaded before the clock of a test runs: in the window it is loaded when it is first opened.
import '../../../../src-renderer/views/traffic/traffic-body';
import { nowMs, renderWindow } from '../render-window';

async function openWindow(traffic: NonNullable<SettingsPatch['traffic']> = {}) {
  let settings = applySettingsPatch(defaultSettings, { language: 'en', traffic });
  const window = await renderWindow({
    handlers: {
      ...createTrafficAnswers({ nowMs: () => nowMs }),
      'settings.get': () => settings,
      'settings.change': (patch) => {
        settings = applySettingsPatch(settings, patch as SettingsPatch);
        return settings;
      },
    },
  });
  const changes = () => window.client.asked.filter(({ name }) => name === 'settings.change').map(({ input }) => input);
  return { ...window, changes };
}

async function openSettings(traffic?: NonNullable<SettingsPatch['traffic']>) {
  const window = await openWindow(traffic);
  await act(async () => window.state.ui.setState({ section: 'settings' }));
  return { ...window, fields: within(await screen.findByRole('region', { name: 'Traffic' })) };
}

const write = (field: HTMLElement, value: string) => act(async () => void fireEvent.change(field, { target: { value } }));
const click = (element: HTMLElement) => act(async () => void fireEvent.click(element));

test('a model is saved as a whole, and only when it makes sense', async () => {
  const { fields, changes } = await openSettings();
  await click(fields.getByRole('radio', { name: 'Ollama' }));
  const save = () => fields.getByRole('button', { name: 'Save' }) as HTMLButtonElement;
  await write(fields.getByLabelText('Address'), 'localhost:11434');
  await write(fields.getByLabelText('Model'), 'llama3.1:8b');
  expect(save().disabled).toBe(true);
  expect(fields.getByText(/begins with http/)).toBeTruthy();
  await write(fields.getByLabelText('Address'), 'http://127.0.0.1:11434');
  await write(fields.getByLabelText('Variable with the key'), 'MY KEY');
  expect(save().disabled).toBe(true);
  await write(fields.getByLabelText('Variable with the key'), '');
  await click(save());
  const model = { kind: 'ollama', url: 'http://127.0.0.1:11434', model: 'llama3.1:8b', keyVariable: '' };
  expect(changes()).toEqual([{ traffic: { model } }]);
  await click(fields.getByRole('radio', { name: 'None' }));
  expect(changes().at(-1)).toEqual({ traffic: { model: null } });
});

test('timed reports are added with whole paths, listed and taken away', async () => {
  const { fields, changes } = await openSettings();
  await write(fields.getByLabelText('Log (path or glob)'), '/var/log/nginx/access.log');
  await write(fields.getByLabelText('Folder for the reports'), 'reports');
  expect((fields.getByRole('button', { name: 'Add' }) as HTMLButtonElement).disabled).toBe(true);
  expect(fields.getByText('Both begin with / or ~/.')).toBeTruthy();
  await write(fields.getByLabelText('Folder for the reports'), '~/reports');
  await write(fields.getByLabelText('How often'), 'week');
  await write(fields.getByLabelText('Kind of file'), 'csv');
  await click(fields.getByRole('button', { name: 'Add' }));
  const report = { paths: ['/var/log/nginx/access.log'], format: 'auto', every: 'week', as: 'csv', folder: '~/reports' };
  expect(changes()).toEqual([{ traffic: { reports: [report] } }]);
  expect(await fields.findByText('weekly as CSV into ~/reports')).toBeTruthy();
  await click(fields.getByRole('button', { name: /^Remove/ }));
  expect(changes().at(-1)).toEqual({ traffic: { reports: [] } });
});

test('the palette finds logs of late, sample traffic, and the parts of the logs', async () => {
  const { state, client } = await openWindow({ recent: [{ paths: ['/srv/shop/access.log'], format: 'combined' }] });
  const find = async (query: string) => {
    await act(async () => state.ui.setState({ paletteOpen: true }));
    await write(screen.getByRole('combobox'), query);
  };
  await find('patterns');
  await click(screen.getByText('Logs: Patterns'));
  expect(state.ui.getState()).toMatchObject({ section: 'logs', logTab: 'patterns', paletteOpen: false });
  await find('traffic:');
  expect(screen.getByText('Traffic: open Sample traffic')).toBeTruthy();
  expect(screen.getByText('Traffic: open a log…')).toBeTruthy();
  await click(screen.getByText('Traffic: open /srv/shop/access.log'));
  await waitFor(() =>
    expect(client.asked.find(({ name }) => name === 'traffic.preview')?.input).toEqual({
      input: { kind: 'files', paths: ['/srv/shop/access.log'] },
      format: 'combined',
    }),
  );
});
