import { Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron';
import type { Place } from '../../src-shared/judgement';
import { type Language, translate } from '../../src-shared/messages/translate';
import { drawTrayImage } from './tray-image';
import type { TrayModel, TrayPicture } from './tray-model';

export interface TrayLight {
  show(model: TrayModel, language: Language): void;
  /** What is shown now; null before the first `show`. For tests. */
  shown(): TrayModel | null;
  destroy(): void;
}

export interface TrayActions {
  readonly open: () => void;
  readonly jump: (place: Place) => void;
  readonly setPaused: (paused: boolean) => void;
  readonly quit: () => void;
}

/** The light in the tray. Changes the icon, the words and the menu only when they differ from what is shown. */
export function createTray(actions: TrayActions): TrayLight {
  const tray = new Tray(trayIcon('unknown'));
  let shown: TrayModel | null = null;
  let fingerprint = '';
  tray.on('click', actions.open);
  tray.on('double-click', actions.open);
  return {
    show(model, language) {
      // An answer that was under way may come in while LogScope ends; a destroyed Tray throws.
      if (tray.isDestroyed()) return;
      const next = JSON.stringify([model, language]);
      if (next === fingerprint) return;
      if (model.picture !== shown?.picture) tray.setImage(trayIcon(model.picture));
      tray.setToolTip(model.tooltip);
      // Linux indicators copy the menu: a changed one must be set anew, not altered in place.
      tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(model, language, actions)));
      shown = model;
      fingerprint = next;
    },
    shown: () => shown,
    destroy: () => tray.destroy(),
  };
}

export function trayIcon(picture: TrayPicture): NativeImage {
  const sizePx = process.platform === 'linux' ? 22 : 16;
  const bitmap = (px: number) => Buffer.from(drawTrayImage(picture, px));
  if (process.platform === 'linux') return nativeImage.createFromBitmap(bitmap(sizePx), { width: sizePx, height: sizePx });
  const image = nativeImage.createFromBitmap(bitmap(sizePx), { width: sizePx, height: sizePx, scaleFactor: 1 });
  image.addRepresentation({ scaleFactor: 2, width: sizePx * 2, height: sizePx * 2, buffer: bitmap(sizePx * 2) });
  return image;
}

function menuTemplate(model: TrayModel, language: Language, actions: TrayActions): MenuItemConstructorOptions[] {
  const problems: MenuItemConstructorOptions[] = model.problems.map((problem) => ({
    label: menuLabel(`${problem.level === 'critical' ? '■' : '▲'} ${problem.label}`),
    click: () => actions.jump(problem.place),
  }));
  if (model.more !== null) problems.push({ label: model.more, click: () => actions.jump({ section: 'alerts' }) });
  return [
    { label: menuLabel(model.status), enabled: false },
    ...problems,
    { type: 'separator' },
    { label: translate(language, 'tray.open'), click: actions.open },
    {
      label: translate(language, model.paused ? 'tray.resume' : 'tray.pause'),
      click: () => actions.setPaused(!model.paused),
    },
    { type: 'separator' },
    { label: translate(language, 'tray.quit'), click: actions.quit },
  ];
}

/** A lone ampersand would underline the letter after it. */
function menuLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
