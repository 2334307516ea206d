import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createTrafficAnswers } from '../../../../src-renderer/client/sample-traffic-answers';
import { openTraffic } from '../../../../src-renderer/state/ui-store';
import { allTraffic, RequestError } from '../../../../src-shared/contract';
// Loaded before the clock of a test runs: in the window it is loaded when it is first opened.
import '../../../../src-renderer/views/traffic/traffic-body';
import { nowMs, renderWindow } from '../render-window';

type Options = Parameters<typeof renderWindow>[0];

async function openFigures(model: 'here' | 'away' | null = 'here', options: Options = {}) {
  const window = await renderWindow({
    ...options,
    handlers: { ...createTrafficAnswers({ nowMs: () => nowMs, model }), ...options?.handlers },
  });
  await act(async () => openTraffic(window.state.ui, { input: { kind: 'demo' }, format: 'auto', name: 'shop' }));
  await screen.findByRole('table', { name: 'Endpoints' });
  const asked = (name: string) => window.client.asked.filter((one) => one.name === name).map(({ input }) => input);
  return { ...window, asked };
}

async function click(name: string | RegExp, role = 'button'): Promise<void> {
  await act(async () => void fireEvent.click(screen.getByRole(role, { name })));
}

const promptText = async () => ((await screen.findByRole('textbox', { name: 'Text of the prompt, whole' })) as HTMLTextAreaElement).value;

test('the text that is sent is the one that was shown, and it says where it goes', async () => {
  const sent: string[] = [];
  const answers = createTrafficAnswers({ nowMs: () => nowMs });
  const texts = new Map<string, string>();
  const { asked } = await openFigures('away', {
    handlers: {
      'traffic.prompt': (input) => {
        const prompt = answers['traffic.prompt'](input);
        texts.set(prompt.id, prompt.text);
        return prompt;
      },
      'traffic.ask': ({ id }) => {
        sent.push(texts.get(id) ?? '');
        return { model: 'gpt-large', text: '<b>All</b> is well.\u202e', tookMs: 2_100 };
      },
    },
  });
  await click('Prompts');
  await waitFor(async () => expect(await promptText()).toMatch(/^You help the administrator/));
  await click('Anomalies', 'radio');
  await waitFor(async () => expect(await promptText()).toMatch(/^Find what is unusual/));
  expect(screen.getByText(/ B · 2 secrets masked$/)).toBeTruthy();
  expect(screen.getByText(/leave this machine:/)).toBeTruthy();
  expect(screen.getByText('https://api.example.com/v1')).toBeTruthy();
  expect(asked('traffic.ask')).toEqual([]);
  const shown = await promptText();
  await click('Send to gpt-large');
  const answer = (await screen.findByRole('textbox', { name: 'Answer of the model' })) as HTMLTextAreaElement;
  expect(answer.value).toBe('<b>All</b> is well.\ufffd');
  expect(sent).toEqual([shown]);
  expect(screen.getByText('gpt-large answered after 2 s')).toBeTruthy();
});

test('a local model is said to be one', async () => {
  await openFigures('here');
  await click('Prompts');
  expect(await screen.findByText(/stay on this machine:/)).toBeTruthy();
});

test('without a model, or through a read-only door, a prompt can only be copied', async () => {
  const { unmount } = await openFigures(null);
  await click('Prompts');
  expect(await screen.findByText(/No model is set up/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Send/ })).toBeNull();
  unmount();
  await openFigures('here', { actionsAllowed: false });
  await click('Prompts');
  expect(await screen.findByText(/read-only: the text can be copied/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Send/ })).toBeNull();
});

test('a model that does not answer is said, and can be asked again', async () => {
  await openFigures('here', {
    handlers: {
      'traffic.ask': () => {
        throw new RequestError('refused', 'Nothing answers at http://127.0.0.1:11434.');
      },
    },
  });
  await click('Prompts');
  await act(async () => void fireEvent.click(await screen.findByRole('button', { name: 'Send to llama3.1:8b' })));
  expect((await screen.findByText('Nothing answers at http://127.0.0.1:11434.')).getAttribute('role')).toBe('alert');
  expect((screen.getByRole('button', { name: 'Send to llama3.1:8b' }) as HTMLButtonElement).disabled).toBe(false);
});

test('reports are of what is on screen, as a file of each kind; the desktop saves a PDF itself', async () => {
  const saved: { readonly name: string; readonly type: string }[] = [];
  let type = '';
  const { asked, state } = await openFigures();
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        type = blob.type;
        return 'blob:x';
      },
      revokeObjectURL: () => undefined,
    }),
  );
  const onClick = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, type });
  });
  await act(async () => state.ui.setState({ trafficFilter: { ...allTraffic, status: '5xx' } }));
  await click('Report');
  expect(screen.getByText('What is narrowed to as a file, secrets masked.')).toBeTruthy();
  for (const name of ['Markdown', 'HTML', 'JSON', 'CSV']) {
    await click(name);
    await screen.findByText(/^Made /);
  }
  expect(saved).toEqual([
    { name: 'traffic-access.log.md', type: 'text/markdown' },
    { name: 'traffic-access.log.html', type: 'text/html' },
    { name: 'traffic-access.log.json', type: 'application/json' },
    { name: 'traffic-access.log.csv', type: 'text/csv' },
  ]);
  expect(asked('traffic.export')[0]).toEqual({ session: 't1', filter: { ...allTraffic, status: '5xx' }, format: 'markdown' });
  await click('PDF');
  expect(await screen.findByText('Saved as /home/dev/traffic-access.log.pdf.')).toBeTruthy();
  onClick.mockRestore();
  vi.unstubAllGlobals();
});
