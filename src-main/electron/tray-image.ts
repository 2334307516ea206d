import type { TrayPicture } from './tray-model';

/** Level colours of the dark theme (docs: look.md), readable on dark and light panels alike; the shape tells the rest. */
export const trayColours: Readonly<Record<TrayPicture, readonly [red: number, green: number, blue: number]>> = {
  ok: [0x43, 0xb5, 0x81],
  warning: [0xe5, 0xb6, 0x42],
  critical: [0xf2, 0x61, 0x6b],
  paused: [0x8f, 0x98, 0xa8],
  unknown: [0x8f, 0x98, 0xa8],
};

/** Sub-samples a pixel and direction; 8 x 8 gives 64 steps of an edge. */
const samples = 8;

/**
 * Draws a level as `sizePx` x `sizePx` pixels, four bytes each in the order blue, green, red, alpha, colour multiplied by
 * alpha: what nativeImage.createFromBitmap takes. Drawn here and not read from files so that the colour is exact at
 * every size; no image library is small enough to be worth it.
 */
export function drawTrayImage(picture: TrayPicture, sizePx: number): Uint8Array {
  const [red, green, blue] = trayColours[picture];
  const inside = shapes[picture];
  const pixels = new Uint8Array(sizePx * sizePx * 4);
  for (let y = 0; y < sizePx; y += 1) {
    for (let x = 0; x < sizePx; x += 1) {
      let hits = 0;
      for (let sub = 0; sub < samples * samples; sub += 1) {
        const u = (x + ((sub % samples) + 0.5) / samples) / sizePx;
        const v = (y + (Math.floor(sub / samples) + 0.5) / samples) / sizePx;
        if (inside(u, v)) hits += 1;
      }
      const coverage = hits / (samples * samples);
      const at = (y * sizePx + x) * 4;
      pixels[at] = Math.round(blue * coverage);
      pixels[at + 1] = Math.round(green * coverage);
      pixels[at + 2] = Math.round(red * coverage);
      pixels[at + 3] = Math.round(255 * coverage);
    }
  }
  return pixels;
}

/** Whether a point of the unit square belongs to the shape. */
type Shape = (u: number, v: number) => boolean;

const fromCentre: (u: number, v: number) => number = (u, v) => Math.hypot(u - 0.5, v - 0.5);

const shapes: Readonly<Record<TrayPicture, Shape>> = {
  ok: (u, v) => fromCentre(u, v) <= 0.4,
  // Apex at the top middle, base along the bottom.
  warning: (u, v) => v >= 0.08 && v <= 0.9 && Math.abs(u - 0.5) <= ((v - 0.08) / 0.82) * 0.47,
  // A square whose upper right corner is cut off.
  critical: (u, v) => u >= 0.1 && u <= 0.9 && v >= 0.1 && v <= 0.9 && u - v <= 0.46,
  paused: (u, v) => fromCentre(u, v) <= 0.42 && fromCentre(u, v) >= 0.25,
  // Hatched: diagonal stripes within a circle.
  unknown: (u, v) => fromCentre(u, v) <= 0.42 && ((u + v) * 4) % 1 < 0.55,
};
