import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { sampleAttempts } from '../../../src-renderer/client/sample-process-answers';
import type { StopAudit } from '../../../src-shared/contract';
import { nowMs, renderWindow } from './render-window';

async function openAttempts(answer: () => readonly StopAudit[]) {
  const window = await renderWindow({ handlers: { 'processes.audit': answer } });
  await act(async () => window.state.ui.setState({ section: 'processes', processTab: 'attempts' }));
  return window;
}

test('every attempt with what came of it, the refused ones too; names are text', async () => {
  const [first, ...others] = sampleAttempts(nowMs);
  if (first === undefined) throw new Error('there is a sample');
  await openAttempts(() => [{ ...first, name: '<img src=x>\u202e' }, ...others]);
  const rows = within(await screen.findByRole('table', { name: 'What was asked to end, pause or run on' })).getAllByRole('row');
  expect(rows).toHaveLength(4);
  expect(rows[1]?.textContent).toMatch(/<img src=x>.*PID 30118.*SIGTERM K4.*It has ended\..*the window/);
  expect(rows[2]?.textContent).toContain('It is still running');
  expect(rows[3]?.textContent).toContain('sudo kill 612');
  expect(document.querySelector('img')).toBeNull();
});

test('none yet is said with what will stand here', async () => {
  await openAttempts(() => []);
  expect(await screen.findByText(/Nothing was asked to end through LogScope yet/)).toBeTruthy();
});
