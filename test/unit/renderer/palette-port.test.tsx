import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { samplePortAnswer } from '../../../src-renderer/client/sample-ports';
import { nowMs, renderWindow } from './render-window';

async function typed(query: string, language: 'en' | 'ko' = 'en') {
  const window = await renderWindow({
    language,
    handlers: { 'ports.who': ({ port }) => samplePortAnswer(port, nowMs), 'ports.list': () => [], 'ports.leftovers': () => [] },
  });
  await act(async () => window.state.ui.setState({ paletteOpen: true }));
  const dialog = screen.getByRole('dialog');
  const palette = within(dialog);
  await act(async () => void fireEvent.change(palette.getByRole('combobox'), { target: { value: query } }));
  return { ...window, palette, dialog };
}

const press = (element: HTMLElement) => act(async () => void fireEvent.click(element));

test.each(['3000', ':3000', 'port 3000', 'who has 3000'])('the palette offers the card for "%s"', async (query) => {
  const { palette, state } = await typed(query);
  // The container of the sample publishes it: it is named, not its forwarder.
  await press(palette.getByRole('option', { name: /^Who has port 3000\? shop-web-1/ }));
  expect(state.ui.getState()).toMatchObject({ askedPort: 3000, paletteOpen: false, section: 'processes', processTab: 'ports' });
  expect(await screen.findByText('node (PID 40118) has port 3000.')).toBeTruthy();
});

test('in Korean, and first of all: Enter takes it', async () => {
  const { palette, state } = await typed('3000 포트', 'ko');
  expect(palette.getAllByRole('option')[0]?.textContent).toContain('포트 3000: 누가 사용 중인가');
  await act(async () => void fireEvent.keyDown(palette.getByRole('combobox'), { key: 'Enter' }));
  expect(state.ui.getState().askedPort).toBe(3000);
});

test('other words find no port; the parts of the section are found by name', async () => {
  const { palette, state } = await typed('left run');
  expect(palette.queryByRole('option', { name: /Who has port/ })).toBeNull();
  await press(palette.getByRole('option', { name: 'Processes: Left running' }));
  expect(state.ui.getState()).toMatchObject({ section: 'processes', processTab: 'leftovers' });
  expect(await screen.findByText('Nothing left running')).toBeTruthy();
});
