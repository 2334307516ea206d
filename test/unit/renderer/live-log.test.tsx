import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../src-renderer/client/fake-client';
import { LiveLog } from '../../../src-renderer/components/live-log';
import { WindowStateProvider } from '../../../src-renderer/state/context';
import { createWindowState } from '../../../src-renderer/state/window-state';
import type { NextLines, StreamedLine } from '../../../src-shared/contract';
import { sourceDetail } from '../../../src-shared/logs/source-detail';
import { say } from '../../../src-shared/sentence';

const target = { kind: 'unit', unit: 'nginx.service', scope: 'system' } as const;

function line(number: number, text: string, changes: Partial<StreamedLine> = {}): StreamedLine {
  return { number, atMs: 1_700_000_000_000 + number, text, cutBytes: 0, origin: null, level: null, ...changes };
}

/** The live log alone, on a core that answers when `tell` is called. */
async function show() {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  // jsdom has no layout: the virtual list would see a height of 0 and draw no line.
  Object.defineProperties(HTMLElement.prototype, {
    clientHeight: { configurable: true, value: 600 },
    clientWidth: { configurable: true, value: 460 },
  });
  let answer: (next: NextLines) => void = () => undefined;
  const client = createFakeClient({
    'logs.open': () => ({ stream: 's1' }),
    'logs.next': () =>
      new Promise<NextLines>((resolve) => {
        answer = resolve;
      }),
    'logs.close': () => ({ closed: true }),
  });
  const state = createWindowState(client);
  const view = render(
    <WindowStateProvider state={state}>
      <LiveLog target={target} tail={20} />
    </WindowStateProvider>,
  );
  const asks = () => client.asked.filter(({ name }) => name === 'logs.next').length;
  async function tell(lines: readonly StreamedLine[], changes: Partial<NextLines> = {}): Promise<void> {
    const before = asks();
    await act(async () => {
      answer({ lines, droppedCount: 0, state: 'following', detail: null, ...changes });
      await vi.waitFor(() => expect(asks()).toBe(before + 1));
    });
  }
  await act(async () => vi.waitFor(() => expect(asks()).toBe(1)));
  return { client, state, tell, ...view };
}

/** The log's own state; the copy button has a status line too. */
const stateSaid = () => screen.getAllByRole('status')[0]?.textContent;

test('opens when it is mounted and closes when it goes', async () => {
  const { client, unmount } = await show();
  expect(client.asked[0]).toEqual({ name: 'logs.open', input: { target, tail: 20 } });
  expect(stateSaid()).toContain('opening');
  unmount();
  expect(client.asked.at(-1)).toEqual({ name: 'logs.close', input: { stream: 's1' } });
});

test('lines from outside are text, and errors are marked', async () => {
  const { tell } = await show();
  await tell([
    line(1, '<img src=x onerror=alert(1)>'),
    line(2, 'evil \u001b[2J\u202egnp.txt'),
    line(3, 'it failed', { level: 'error', cutBytes: 1000 }),
    line(4, 'from one of several', { origin: 'web-2' }),
  ]);
  const log = screen.getByRole('log', { name: 'Live log' });
  expect(log.querySelector('img')).toBeNull();
  expect(log.textContent).toContain('<img src=x onerror=alert(1)>');
  expect(log.textContent).toContain('evil \ufffdgnp.txt');
  expect(log.querySelector('[data-level="error"]')?.textContent).toContain('it failed');
  expect(log.querySelector('[data-level="error"]')?.textContent).toContain('1000');
  expect(log.textContent).toContain('web-2');
});

test('Space pauses: what is there stays, what comes is counted, and it follows again', async () => {
  const { tell } = await show();
  await tell([line(1, 'first')]);
  fireEvent.keyDown(window, { key: ' ' });
  await tell([line(2, 'second'), line(3, 'third')]);
  const log = screen.getByRole('log');
  expect(log.textContent).not.toContain('second');
  expect(stateSaid()).toContain('paused');
  fireEvent.click(screen.getByRole('button', { name: /^2 new/ }));
  expect(log.textContent).toContain('third');
  expect(stateSaid()).toContain('following');
});

test('scrolling up pauses it too', async () => {
  const { tell } = await show();
  await tell([line(1, 'first')]);
  const log = screen.getByRole('log');
  Object.defineProperties(log, { scrollHeight: { value: 900 }, clientHeight: { value: 280, configurable: true } });
  fireEvent.wheel(log, { deltaY: -40 });
  expect(stateSaid()).toContain('paused');
});

test('Space in a field or on a button is theirs', async () => {
  const { tell } = await show();
  await tell([line(1, 'first')]);
  const field = document.createElement('input');
  document.body.append(field);
  fireEvent.keyDown(field, { key: ' ' });
  fireEvent.keyDown(screen.getByRole('button', { name: 'Copy these lines' }), { key: ' ' });
  field.remove();
  expect(stateSaid()).toContain('following');
});

test.each([
  ['ended', 'ended'],
  ['retrying', 'trying again'],
] as const)('says %s', async (state, word) => {
  const { tell } = await show();
  await tell([line(1, 'first')], { state, detail: 'because of that', droppedCount: 7 });
  expect(stateSaid()).toContain(word);
  expect(screen.getByText('because of that')).toBeTruthy();
  expect(screen.getByText('7 left out').title).toContain('7 lines came faster');
});

test('says in the language of the person why there are no more lines, as far as the words are ours', async () => {
  const { tell, state } = await show();
  act(() => state.app.setState(({ settings }) => ({ settings: { ...settings, language: 'ko' } })));
  await tell([], { state: 'retrying', ...sourceDetail([say('logSource.why.streamEnded')]) });
  expect(screen.getByText('엔진이 스트림을 끝냈습니다.')).toBeTruthy();
  await tell([], { state: 'retrying', detail: 'socket hang up' });
  expect(screen.getByText('socket hang up')).toBeTruthy();
});
