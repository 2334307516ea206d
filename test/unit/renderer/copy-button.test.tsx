import { act, fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../src-renderer/client/fake-client';
import { CopyButton } from '../../../src-renderer/components/copy-button';
import { useMaskedCopies } from '../../../src-renderer/frame/use-masked-copies';
import { WindowStateProvider } from '../../../src-renderer/state/context';
import { createWindowState } from '../../../src-renderer/state/window-state';

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

function Page() {
  useMaskedCopies();
  return (
    <>
      <p>mysqld --password=hunter2hunter</p>
      <p>an ordinary sentence</p>
      <input aria-label="field" defaultValue="password=hunter2hunter" />
    </>
  );
}

test('a selection is copied without secrets, a field as it is', () => {
  render(
    <WindowStateProvider state={createWindowState(createFakeClient({}))}>
      <Page />
    </WindowStateProvider>,
  );
  function copy(target: HTMLElement): string | null {
    document.getSelection()?.selectAllChildren(target);
    let given: string | null = null;
    function setData(_type: string, text: string): void {
      given = text;
    }
    fireEvent.copy(target, { clipboardData: { setData } });
    return given;
  }
  expect(copy(screen.getByText(/mysqld/))).toMatch(/^mysqld --password=\[masked:password:[0-9a-f]{6}\]$/);
  expect(copy(screen.getByText('an ordinary sentence'))).toBeNull();
  expect(copy(screen.getByRole('textbox'))).toBeNull();
});
