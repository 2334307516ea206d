import { act, fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { windowPrefs } from '../../../../src-renderer/views/logs/console/console-prefs';
import { type InputOf, type LogPage, type NewerRecords, RequestError } from '../../../../src-shared/contract';
import type { LogRecord } from '../../../../src-shared/logs/log-record';
import { nowMs, renderWindow } from '../render-window';

const origins = {
  'container/1': { key: 'container/1', sourceKind: 'container', name: 'api', kind: 'event' },
  'file//var/log/x': { key: 'file//var/log/x', sourceKind: 'file', name: '<b>evil</b>', kind: 'security' },
} as const;

function record(id: number, text: string, changes: Partial<LogRecord> = {}): LogRecord {
  return {
    id,
    atMs: nowMs - 60_000 + id * 100,
    origin: 'container/1',
    level: 'info',
    text,
    pattern: 'p1',
    maskedCount: 0,
    cutBytes: 0,
    ...changes,
  };
}

const trace = 'Error: it broke\n    at run (/app/src/x.ts:48:23)\n    at main (/app/src/y.ts:1:2)';

beforeEach(() => {
  windowPrefs().setState({ wrap: false, zone: 'utc', times: 'clock', density: 'compact', recent: [] });
});

/** The console on a core that holds these and tells more when `tell` is called. */
async function showConsole(records: readonly LogRecord[], { query = '' } = {}) {
  let answer: (newer: NewerRecords) => void = () => undefined;
  const searched: InputOf<'logs.search'>[] = [];
  const page = (found: readonly LogRecord[]): LogPage => ({
    records: [...found].reverse(),
    origins,
    nextBeforeId: null,
    cutShort: null,
    tookMs: 1,
  });
  const shown = await renderWindow({
    handlers: {
      'logs.search': (input) => {
        searched.push(input);
        return page(records);
      },
      'logs.newer': () =>
        new Promise<NewerRecords>((resolve) => {
          answer = resolve;
        }),
      'logs.around': () => page(records),
      'logs.timeline': ({ fromMs }) => ({ fromMs, bucketMs: 1000, buckets: [{ info: 3, error: 1 }, { none: 2 }], cutShort: null }),
      'logs.open-frame': ({ path }) => ({ outcome: 'opened', detail: null, path }),
    },
  });
  await act(async () => {
    shown.state.ui.setState({ section: 'logs', logQuery: query });
    await vi.waitFor(() => expect(shown.client.asked.some(({ name }) => name === 'logs.newer')).toBe(true));
  });
  async function tell(...fresh: LogRecord[]): Promise<void> {
    const before = shown.client.asked.filter(({ name }) => name === 'logs.newer').length;
    await act(async () => {
      answer({ records: fresh, origins, lastId: fresh.at(-1)?.id ?? 0, skippedCount: 0 });
      await vi.waitFor(() => expect(shown.client.asked.filter(({ name }) => name === 'logs.newer').length).toBe(before + 1));
    });
  }
  return { ...shown, searched, tell };
}

const list = () => screen.getByRole('treegrid', { name: 'Log lines' });
const search = () => screen.getByRole('searchbox', { name: 'Search lines' });
const key = (name: string) => fireEvent.keyDown(document.body, { key: name });

test('lines from outside are text: no element, link or attribute comes of them', async () => {
  await showConsole([
    record(1, '<script>alert(1)</script><img src=x onerror=alert(1)>'),
    record(2, '\u001b]8;;https://evil.example/\u0007click\u001b]8;;\u0007 \u001b[2J\u001b[31mred\u001b[0m \u202egnp.exe'),
    record(3, 'javascript:alert(1) https://evil.example/', { origin: 'file//var/log/x' }),
  ]);
  const grid = list();
  expect(grid.querySelector('script, img, a, b, iframe, [onerror], [href], [src]')).toBeNull();
  expect(grid.textContent).toContain('<script>alert(1)</script><img src=x onerror=alert(1)>');
  expect(grid.textContent).toContain('click red ⟨202E⟩gnp.exe');
  expect(within(grid).getByText('red').dataset.colour).toBe('red');
  expect(grid.textContent).toContain('<b>evil</b>');
  expect(new Set([...grid.querySelectorAll('[role="gridcell"] code *')].map(({ tagName }) => tagName))).toEqual(new Set(['SPAN']));
});

test('an entry of several lines is folded, opens with Enter and its frames open the editor', async () => {
  const { client } = await showConsole([record(1, 'before'), record(2, trace, { level: 'error', maskedCount: 1 })]);
  expect(list().textContent).toContain('+2 lines');
  expect(list().textContent).not.toContain('at main');
  key('k');
  key('Enter');
  expect(list().textContent).toContain('at main');
  fireEvent.click(within(list()).getByRole('link', { name: '/app/src/x.ts:48:23' }));
  expect(client.asked.at(-1)).toEqual({
    name: 'logs.open-frame',
    input: { path: '/app/src/x.ts', line: 48, column: 23, origin: 'container/1' },
  });
  key('Enter');
  expect(list().textContent).not.toContain('at main');
});

test('Space pauses: new lines are counted and come when it follows again', async () => {
  const { tell } = await showConsole([record(1, 'first')]);
  await tell(record(2, 'second'));
  expect(list().textContent).toContain('second');
  key(' ');
  await tell(record(3, 'third'), record(4, 'fourth'));
  expect(list().textContent).not.toContain('third');
  fireEvent.click(screen.getByRole('button', { name: '2 new lines' }));
  expect(list().textContent).toContain('fourth');
});

test('the chips tell how many there are and write into the search', async () => {
  const { state, searched } = await showConsole([record(1, 'first')], { query: 'timeout' });
  const chip = await screen.findByRole('button', { name: 'error 1: error or worse' });
  await act(async () => fireEvent.click(chip));
  expect(state.ui.getState().logQuery).toBe('timeout level:error+');
  expect(searched.at(-1)?.query).toBe('timeout level:error+');
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'security' })));
  expect(state.ui.getState().logQuery).toBe('timeout level:error+ kind:security');
  expect(screen.getByRole('button', { name: 'security' }).getAttribute('aria-pressed')).toBe('true');
});

test('what makes no sense is said at its place and not sent', async () => {
  const { searched } = await showConsole([record(1, 'first')]);
  fireEvent.change(search(), { target: { value: 'x level:eror' } });
  expect(screen.getByText(/No such level: eror/)).toBeTruthy();
  fireEvent.change(search(), { target: { value: 'x level:error' } });
  expect(screen.queryByText(/No such level/)).toBeNull();
  await act(async () => vi.waitFor(() => expect(searched.at(-1)?.query).toBe('x level:error')));
  expect(searched.map(({ query }) => query)).toEqual(['', 'x level:error']);
});

test('opened at a record it reads around it, marks it, and leads back to the newest', async () => {
  const { state, searched } = await showConsole([record(1, 'first'), record(2, 'second')]);
  await act(async () => state.ui.setState({ logStart: { kind: 'record', id: 2 } }));
  expect(searched.at(-1)).toMatchObject({ beforeId: 122 });
  expect(list().querySelector('[data-target="true"]')?.textContent).toContain('second');
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'To the newest lines' })));
  expect(searched.at(-1)).toMatchObject({ beforeId: null });
});

test('lines around one are shown beside the list, and Esc closes them', async () => {
  await showConsole([record(1, 'before'), record(2, 'here'), record(3, 'after')]);
  // As Chromium does: a promise that an effect would hand to React as its clean-up.
  HTMLElement.prototype.scrollIntoView = (() => Promise.resolve()) as never;
  key('k');
  key('k');
  key('Enter');
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Lines around' })));
  const pane = screen.getByRole('region', { name: 'Lines around' });
  expect(pane.querySelector('[aria-current="true"]')?.textContent).toContain('here');
  key('Escape');
  expect(screen.queryByRole('region', { name: 'Lines around' })).toBeNull();
});

test('without a line it says so', async () => {
  await showConsole([]);
  expect(screen.getByText('No lines are kept yet. As soon as a source says something it is here.')).toBeTruthy();
});

test('a refused search says why', async () => {
  const { state } = await renderWindow({
    handlers: {
      'logs.search': () => {
        throw new RequestError('bad-input', 'That expression makes no sense.');
      },
    },
  });
  await act(async () => state.ui.setState({ section: 'logs' }));
  expect(within(screen.getByRole('region', { name: 'Log lines' })).getAllByText('That expression makes no sense.')).not.toEqual([]);
});

test('a newest error of the overview leads to its line', async () => {
  const { state } = await renderWindow({
    handlers: { 'logs.search': () => ({ records: [], origins: {}, nextBeforeId: null, cutShort: null, tookMs: 1 }) },
  });
  const panel = screen.getByRole('region', { name: 'Newest errors' });
  await act(async () => fireEvent.click(within(panel).getAllByRole('button', { name: /^api/ })[0] as HTMLElement));
  expect(state.ui.getState()).toMatchObject({ section: 'logs', logTab: 'console', logStart: { kind: 'record' } });
});

test('a saved search that makes no sense says so', async () => {
  const { state } = await showConsole([record(1, 'first')], {});
  const before = state.app.getState();
  const filters = [
    { name: 'good', query: 'level:error+' },
    { name: 'broken', query: 'level:bad' },
  ];
  act(() => state.app.setState({ settings: { ...before.settings, logs: { ...before.settings.logs, filters } } }));
  fireEvent.click(screen.getByRole('button', { name: 'Filters' }));
  const menu = within(screen.getByRole('group', { name: 'Filters' }));
  const broken = menu.getByRole('button', { name: /^broken level:bad/ });
  expect(broken.textContent).toContain('No such level: bad');
  expect(menu.getByRole('button', { name: /^good/ }).textContent).toBe('good level:error+');
});

test('searches are saved by name, renamed and taken away', async () => {
  const { state } = await showConsole([record(1, 'first')], { query: 'level:error+' });
  const filters = () => state.app.getState().settings.logs.filters;
  fireEvent.click(screen.getByRole('button', { name: 'Filters' }));
  const menu = screen.getByRole('group', { name: 'Filters' });
  fireEvent.change(within(menu).getByRole('textbox', { name: 'Name for this search' }), { target: { value: 'bad' } });
  await act(async () => fireEvent.click(within(menu).getByRole('button', { name: 'Save' })));
  expect(filters()).toEqual([{ name: 'bad', query: 'level:error+' }]);
  fireEvent.click(within(menu).getByRole('button', { name: 'Rename bad' }));
  const field = within(menu).getAllByRole('textbox', { name: 'Name for this search' })[0] as HTMLInputElement;
  fireEvent.change(field, { target: { value: 'worse' } });
  await act(async () => fireEvent.submit(field.form as HTMLFormElement));
  expect(filters()).toEqual([{ name: 'worse', query: 'level:error+' }]);
  await act(async () => fireEvent.click(within(menu).getByRole('button', { name: 'Remove worse' })));
  expect(filters()).toEqual([]);
});
