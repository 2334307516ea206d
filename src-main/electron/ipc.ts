import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { Reply } from '../../src-shared/contract';
import type { Core } from '../app/core';
import { appOrigin } from './app-scheme';
import { channels } from './channels';
import type { EventForwarder } from './event-forwarder';

export interface IpcOptions {
  readonly ipcMain: IpcMain;
  readonly core: Pick<Core, 'handle'>;
  readonly forwarder: EventForwarder;
  /** Id of the window's WebContents. A number, not a question: messages still come in after the window was destroyed. */
  readonly contentsId: number;
}

/** The only listener on IPC: checks who speaks, then hands the words to the core. What is said is checked by dispatch. */
export function registerIpc({ ipcMain, core, forwarder, contentsId }: IpcOptions): void {
  ipcMain.handle(channels.request, async (event, name: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isOwnPage(event, contentsId)) return refuse('not-allowed', 'Only the window of LogScope may ask.');
    if (typeof name !== 'string') return refuse('bad-input', 'A request needs a name.');
    return core.handle(name, input, { actionsAllowed: true });
  });
  ipcMain.on(channels.delivered, (event) => {
    if (isOwnPage(event, contentsId)) forwarder.delivered();
  });
}

/** The known window, its main frame (no iframe), and a page of our own scheme: all three. */
function isOwnPage(event: IpcMainEvent | IpcMainInvokeEvent, contentsId: number): boolean {
  if (event.sender.isDestroyed()) return false;
  const frame = event.senderFrame;
  if (!frame || event.sender.id !== contentsId || frame.parent !== null) return false;
  return frame.url.startsWith(`${appOrigin}/`);
}

function refuse(code: 'not-allowed' | 'bad-input', message: string): Reply<unknown> {
  return { ok: false, error: { code, message } };
}
