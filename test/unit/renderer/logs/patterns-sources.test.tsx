import { act, fireEvent, screen, within } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import type { LogTabId } from '../../../../src-renderer/state/ui-store';
import type { LogPatternSummary, LogStorage } from '../../../../src-shared/contract';
import { nowMs, renderWindow } from '../render-window';

// Both are loaded when they are first opened: here before any test has to wait for them.
beforeAll(async () => {
  await import('../../../../src-renderer/views/logs/patterns/patterns-view');
  await import('../../../../src-renderer/views/logs/sources/sources-view');
}, 30_000);

const evil: LogPatternSummary = {
  id: 'p1',
  template: '<script>alert(<num>)</script> from <ip>',
  example: '<script>alert(1)</script> from 10.0.0.1',
  level: 'error',
  count: 41,
  perMinute: Array.from({ length: 60 }, (_, minute) => (minute === 59 ? 3 : 0)),
  firstSeenAtMs: nowMs - 720_000,
  lastSeenAtMs: nowMs - 3_000,
  origins: [{ key: 'container/1', sourceKind: 'container', name: 'api', kind: 'event' }],
  otherSourceCount: 2,
  newSince: { kind: 'restart', atMs: nowMs - 720_000, name: 'api' },
  mark: null,
};

const storage: LogStorage = {
  kind: 'read-only',
  detail: 'The disk is full.',
  recordCount: 1234,
  textBytes: 2048,
  diskBytes: 1024,
  archivedBytes: 0,
  oldestAtMs: nowMs - 86_400_000,
  newestAtMs: nowMs,
  droppedCount: 7,
  expiredCount: 0,
};

async function showTab(logTab: LogTabId, actionsAllowed = true) {
  const shown = await renderWindow({
    actionsAllowed,
    handlers: {
      'logs.patterns': () => ({ patterns: [evil], totalCount: 5, forgottenCount: 4 }),
      'logs.mark-pattern': () => ({ marked: true }),
      'logs.storage': () => storage,
    },
  });
  act(() => shown.state.ui.setState({ section: 'logs', logTab }));
  // Outside of act: what is loaded when it is first opened shows itself only then.
  await screen.findByRole('region', { name: logTab === 'patterns' ? 'Patterns' : 'Sources' }, { timeout: 4_000 });
  return { ...shown, logs: () => shown.state.app.getState().settings.logs };
}

test('a pattern says what, how often, since when, and its text stays text', async () => {
  await showTab('patterns');
  const table = await screen.findByRole('table', { name: 'Patterns' });
  expect(table.querySelector('script')).toBeNull();
  expect(table.textContent).toContain('<script>alert(num)</script> from ip');
  expect(table.textContent).toContain('new since restart of api, 12 min ago');
  expect(table.textContent).toContain('41');
  expect(within(table).getByRole('img', { name: '3 in the last hour' })).toBeTruthy();
  expect(table.textContent).toContain('+2');
  expect(screen.getByText('1 of 5 patterns')).toBeTruthy();
  expect(screen.getByText(/^4 forgotten/)).toBeTruthy();
});

test('a pattern is muted by its button and opened in the console by its name', async () => {
  const { client, state } = await showTab('patterns');
  const table = await screen.findByRole('table', { name: 'Patterns' });
  await act(async () => fireEvent.click(within(table).getByRole('button', { name: /^Mute: / })));
  expect(client.asked.find(({ name }) => name === 'logs.mark-pattern')?.input).toEqual({ pattern: 'p1', mark: 'muted' });
  await act(async () => fireEvent.click(within(table).getByRole('button', { name: /^<script>alert/ })));
  expect(state.ui.getState()).toMatchObject({ logTab: 'console', logQuery: 'pattern:p1' });
});

test('sources: why one cannot be read, what is kept and what is wrong with it', async () => {
  await showTab('sources');
  const why = await screen.findByRole('list', { name: 'Cannot be read' });
  expect(why.textContent).toContain('The group adm may. Add your user to it (usermod -aG adm <user>)');
  // Those of one cause are one line, and say what can be done.
  const leftOut = within(why)
    .getByText(/^21 pods are not followed: the limit is 50 at once\./)
    .closest('li');
  expect(leftOut?.textContent).toContain('shop/index-7c8d9, shop/mailer-55fd4, kube-system/coredns-1, kube-system/coredns-2 …');
  expect(within(why).getByText(/Ask for the right to "get" on "pods\/log" in the namespace payments/)).toBeTruthy();
  expect(within(why).getAllByRole('listitem')).toHaveLength(3);
  // The kept lines are asked for by themselves.
  expect(await screen.findByText(/The disk is full/)).toBeTruthy();
  expect(screen.getByText('1,234')).toBeTruthy();
  expect(screen.getByText('Could not be kept')).toBeTruthy();
});

test('files, noise rules and limits are settings', async () => {
  const { logs } = await showTab('sources');
  fireEvent.change(await screen.findByRole('textbox', { name: /^Path of a file/ }), { target: { value: '/srv/*.log' } });
  fireEvent.change(screen.getByRole('combobox', { name: 'Kind of the new file' }), { target: { value: 'access' } });
  await act(async () => fireEvent.click(screen.getAllByRole('button', { name: 'Add' })[0] as HTMLElement));
  expect(logs().files).toEqual([{ pattern: '/srv/*.log', kind: 'access' }]);

  const match = screen.getByRole('textbox', { name: 'Word or /expression/' });
  fireEvent.change(match, { target: { value: '/(/' } });
  expect(screen.getByText('Not a valid expression: /(/')).toBeTruthy();
  fireEvent.change(match, { target: { value: 'healthz' } });
  await act(async () => fireEvent.click(screen.getAllByRole('button', { name: 'Add' })[1] as HTMLElement));
  expect(logs().noiseRules).toEqual([{ source: '', match: 'healthz', action: 'drop' }]);

  const days = screen.getByRole('spinbutton', { name: 'Keep at most' });
  fireEvent.change(days, { target: { value: '30' } });
  await act(async () => fireEvent.blur(days));
  expect(logs().keepDays).toBe(30);
});

test('a read-only window changes none of it', async () => {
  await showTab('sources', false);
  expect((await screen.findByRole('textbox', { name: /^Path of a file/ })).closest('fieldset')?.disabled).toBe(true);
  expect(screen.getByRole('spinbutton', { name: 'Keep at most' }).closest('fieldset')?.disabled).toBe(true);
});
