import type { IpcMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { channels } from '../../../../src-main/electron/channels';
import { registerIpc } from '../../../../src-main/electron/ipc';
import type { Reply } from '../../../../src-shared/contract';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

/** The two methods of ipcMain that are used, remembered, and an event as Electron would give it. */
function setUp() {
  const handlers = new Map<string, Handler>();
  const asked: unknown[][] = [];
  let deliveredCount = 0;
  registerIpc({
    ipcMain: {
      handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
      on: (channel: string, handler: Handler) => handlers.set(channel, handler),
    } as unknown as IpcMain,
    core: {
      handle(...args) {
        asked.push(args);
        return Promise.resolve({ ok: true, value: 'answer' });
      },
    },
    forwarder: { push() {}, setVisible() {}, detached() {}, delivered: () => (deliveredCount += 1) },
    contentsId: 7,
  });
  const send = (channel: string, event: unknown, ...args: unknown[]) => handlers.get(channel)?.(event, ...args);
  return { send, asked, delivered: () => deliveredCount };
}

const frame = { url: 'app://bundle/index.html', parent: null };
const living = { isDestroyed: () => false };
const own = { sender: { ...living, id: 7 }, senderFrame: frame };

const strangers: readonly (readonly [string, unknown])[] = [
  ['another window', { ...own, sender: { ...living, id: 8 } }],
  ['an iframe', { ...own, senderFrame: { ...frame, parent: frame } }],
  ['another origin', { ...own, senderFrame: { ...frame, url: 'https://example.org/index.html' } }],
  ['a look-alike origin', { ...own, senderFrame: { ...frame, url: 'app://bundle.example.org/index.html' } }],
  ['a file', { ...own, senderFrame: { ...frame, url: 'file:///out/renderer/index.html' } }],
  ['a window that is gone', { ...own, sender: { isDestroyed: () => true } }],
  ['a frame that is gone', { ...own, senderFrame: null }],
];

describe('registerIpc', () => {
  it('hands a request of the own page to the core and its reply back', async () => {
    const { send, asked } = setUp();
    expect(await send(channels.request, own, 'app.info', { a: 1 })).toEqual({ ok: true, value: 'answer' });
    expect(asked).toEqual([['app.info', { a: 1 }, { actionsAllowed: true }]]);
  });

  it.each(strangers)('refuses %s', async (_who, event) => {
    const { send, asked, delivered } = setUp();
    expect(((await send(channels.request, event, 'app.info')) as Reply<unknown> & { ok: false }).error.code).toBe('not-allowed');
    send(channels.delivered, event);
    expect([asked.length, delivered()]).toEqual([0, 0]);
  });

  it.each([undefined, null, 7, {}, ['app.info']])('refuses the name %j', async (name) => {
    const { send, asked } = setUp();
    expect(((await send(channels.request, own, name)) as Reply<unknown> & { ok: false }).error.code).toBe('bad-input');
    expect(asked).toEqual([]);
  });
});
