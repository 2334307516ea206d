import { join } from 'node:path';
import { app, dialog } from 'electron';
import { type Language, translate } from '../../src-shared/messages/translate';

/** The questions the shell ever asks. Each resolves to the choice; closing the dialog is the harmless one. */

/** No tray: closing ends LogScope. */
export async function askCloseWithoutTray(language: Language): Promise<'quit' | 'stay'> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: translate(language, 'dialog.no-tray.message'),
    detail: translate(language, 'dialog.no-tray.detail'),
    buttons: [translate(language, 'dialog.no-tray.quit'), translate(language, 'dialog.no-tray.stay')],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0 ? 'quit' : 'stay';
}

export async function askAfterCrash(language: Language, reason: string): Promise<'reload' | 'quit'> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: translate(language, 'dialog.crashed.message'),
    detail: translate(language, 'dialog.crashed.detail', { reason }),
    buttons: [translate(language, 'dialog.crashed.reload'), translate(language, 'dialog.crashed.quit')],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 0 ? 'reload' : 'quit';
}

export async function askUnresponsive(language: Language): Promise<'wait' | 'reload'> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: translate(language, 'dialog.unresponsive.message'),
    detail: translate(language, 'dialog.unresponsive.detail'),
    buttons: [translate(language, 'dialog.unresponsive.wait'), translate(language, 'dialog.unresponsive.reload')],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 0 ? 'wait' : 'reload';
}

/** The address is text of a unit file or the like: it is shown whole, as it will be opened. */
export async function askOpenAddress(language: Language, address: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: translate(language, 'dialog.open-address.message'),
    detail: address,
    buttons: [translate(language, 'dialog.open-address.open'), translate(language, 'dialog.open-address.cancel')],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

/** Where a report is to be saved; null: nowhere. */
export async function askWhereToSave(language: Language, suggestedName: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: translate(language, 'dialog.save-report.title'),
    defaultPath: join(app.getPath('documents'), suggestedName),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  return canceled || filePath === '' ? null : filePath;
}
