import { trayColours } from '../../src-main/electron/tray-image';
import type { TrayPicture } from '../../src-main/electron/tray-model';
import { dominantColour, type TrayItem } from './tray-host';

/** Which of LogScope's tray pictures this is, judged by its colour alone as a person across the room would. */
export function trayPictureOf(item: TrayItem): TrayPicture | 'no picture of ours' {
  const colour = dominantColour(item.picture);
  const found = Object.entries(trayColours).find(([, channels]) => colour === hexOf(channels));
  return found === undefined ? 'no picture of ours' : (found[0] as TrayPicture);
}

function hexOf(channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
