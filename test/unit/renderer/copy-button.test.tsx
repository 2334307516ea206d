import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../src-renderer/client/fake-client';
import { CopyButton } from '../../../src-renderer/components/copy-button';
import { WindowStateProvider } from '../../../src-renderer/state/context';
import { createWindowState } from '../../../src-renderer/state/window-state';

afterEach(cleanup);

async function copied(text: string): Promise<string> {
  const writeText = vi.fn((_text: string) => Promise.resolve());
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
  render(
    <WindowStateProvider state={createWindowState(createFakeClient({}))}>
      <CopyButton text={text} label="Copy it" />
    </WindowStateProvider>,
  );
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Copy it' })));
  return writeText.mock.calls[0]?.[0] ?? '';
}

test('no secret gets to the clipboard, and it says how many were left out', async () => {
  const text = await copied('login password=hunter2hunter\namqp://me:hunter2hunter@mq/ refused');
  const [first, second] = [...text.matchAll(/\[masked:[a-z-]+:([0-9a-f]{6})\]/g)].map(([, label]) => label);
  expect(text).not.toContain('hunter2');
  expect(first).toBe(second);
  expect(screen.getByRole('status').textContent).toBe('Copied, 2 masked');
});

test('a text without secrets is copied as it is', async () => {
  expect(await copied('docker logs  -f web\n')).toBe('docker logs  -f web\n');
  expect(screen.getByRole('status').textContent).toBe('Copied');
});
