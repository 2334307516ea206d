import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { sampleLeftovers } from '../../../src-renderer/client/sample-ports';
import { nowMs, renderWindow } from './render-window';

async function openLeftovers(options: Parameters<typeof renderWindow>[0] = {}) {
  const window = await renderWindow({ ...options, handlers: { 'ports.leftovers': () => sampleLeftovers(nowMs), ...options.handlers } });
  await act(async () => window.state.ui.setState({ section: 'processes', processTab: 'leftovers' }));
  return window;
}

test('what was left behind: of which project, at which port, why it is listed, what it holds', async () => {
  const { state } = await openLeftovers();
  const rows = within(await screen.findByRole('list', { name: 'Left running' })).getAllByRole('listitem');
  expect(rows).toHaveLength(2);
  const first = within(rows[0] as HTMLElement);
  for (const text of ['old-shop · main', '388 MB', '9 h']) expect(first.getByText(text)).toBeTruthy();
  expect(first.getByText('its terminal is closed, what started it has ended, hours old, nobody is connected')).toBeTruthy();
  expect(within(rows[1] as HTMLElement).getByText('what started it has ended')).toBeTruthy();
  expect(screen.getByText('2 programs hold 600 MB')).toBeTruthy();
  expect(screen.getByText('Ending them would free 600 MB.')).toBeTruthy();
  await act(async () => void fireEvent.click(first.getByRole('button', { name: 'Who has port 5174?' })));
  expect(state.ui.getState().askedPort).toBe(5174);
});

test('each is ended by itself, through the stop dialog with its preview; nothing ends them all', async () => {
  const { state, client } = await openLeftovers();
  const end = await screen.findByRole('button', { name: 'End node (PID 30118)' });
  await act(async () => void fireEvent.click(end));
  expect(state.ui.getState().stopTarget).toEqual({ id: 'p30118', name: 'node' });
  expect(client.asked.some(({ name }) => name === 'processes.stop')).toBe(false);
  expect(screen.queryByRole('button', { name: /all/i, hidden: true })).toBeNull();
});

test('nothing left running is said calmly, with what would be listed', async () => {
  await openLeftovers({ handlers: { 'ports.leftovers': () => [] } });
  expect(await screen.findByText('Nothing left running')).toBeTruthy();
  expect(screen.getByText(/Services and containers are never listed/)).toBeTruthy();
});

test('in Korean', async () => {
  await openLeftovers({ language: 'ko' });
  expect(await screen.findByText('터미널이 닫힘, 시작한 것이 이미 종료됨, 몇 시간째 실행 중, 연결 없음')).toBeTruthy();
});

test('through a read-only door nothing can be ended, and the reason is there', async () => {
  await openLeftovers({ actionsAllowed: false });
  await screen.findByRole('list', { name: 'Left running' });
  expect(screen.queryByRole('button', { name: /^End/ })).toBeNull();
  expect(screen.getByText(/read-only: start with --allow-actions/)).toBeTruthy();
});
