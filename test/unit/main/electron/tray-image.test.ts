import { describe, expect, it } from 'vitest';
import { drawTrayImage, trayColours } from '../../../../src-main/electron/tray-image';
import type { TrayPicture } from '../../../../src-main/electron/tray-model';

const pictures: readonly TrayPicture[] = ['ok', 'warning', 'critical', 'paused', 'unknown'];

/** Which pixels are mostly covered, as rows of text. */
function silhouette(picture: TrayPicture, sizePx: number): readonly string[] {
  const pixels = drawTrayImage(picture, sizePx);
  return Array.from({ length: sizePx }, (_, y) =>
    Array.from({ length: sizePx }, (_, x) => ((pixels[(y * sizePx + x) * 4 + 3] ?? 0) > 127 ? '#' : '.')).join(''),
  );
}

describe('drawTrayImage', () => {
  it.each(pictures.flatMap((picture) => [16, 22, 32].map((sizePx) => [picture, sizePx] as const)))('%s at %i px', (picture, sizePx) => {
    const pixels = drawTrayImage(picture, sizePx);
    expect(pixels).toHaveLength(sizePx * sizePx * 4);
    const [red, green, blue] = trayColours[picture];
    let opaque = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const alpha = pixels[at + 3] ?? 0;
      // Multiplied by alpha: no channel may exceed it, else the platform shows a wrong colour.
      expect(Math.max(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)).toBeLessThanOrEqual(alpha);
      if (alpha !== 255) continue;
      opaque += 1;
      expect([pixels[at + 2], pixels[at + 1], pixels[at]]).toEqual([red, green, blue]);
    }
    expect(opaque).toBeGreaterThan(sizePx * sizePx * 0.1);
  });

  it('draws five shapes that differ without colour', () => {
    const shapes = pictures.map((picture) => silhouette(picture, 16).join('\n'));
    expect(new Set(shapes).size).toBe(pictures.length);
  });

  it('draws a square with a cut corner, a triangle and an open ring', () => {
    const square = silhouette('critical', 16);
    expect([square[2]?.[2], square[2]?.[13], square[13]?.[13]]).toEqual(['#', '.', '#']);
    const triangle = silhouette('warning', 16);
    expect(triangle.map((row) => row.split('#').length - 1).filter((width) => width > 0)).toEqual(
      [...triangle.map((row) => row.split('#').length - 1).filter((width) => width > 0)].sort((a, b) => a - b),
    );
    expect(silhouette('paused', 16)[8]?.[8]).toBe('.');
    expect(silhouette('ok', 16)[8]?.[8]).toBe('#');
  });
});
