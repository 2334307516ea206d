import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  initialShellState,
  parseShellState,
  placeWindow,
  readShellState,
  writeShellState,
} from '../../../../src-main/electron/window-state';

const laptop = { x: 0, y: 0, width: 1440, height: 900 };
const second = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('placeWindow', () => {
  it('opens in the middle of the first display when nothing is remembered', () => {
    expect(placeWindow(null, [laptop])).toEqual({ x: 80, y: 40, width: 1280, height: 820 });
  });

  it('is never larger than a small display', () => {
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({ x: 0, y: 0, width: 1024, height: 600 });
  });

  it('goes back to its place, also on the second display', () => {
    const remembered = { x: 1600, y: 100, width: 1200, height: 800 };
    expect(placeWindow(remembered, [laptop, second])).toEqual(remembered);
  });

  it('comes back from a display that is gone', () => {
    expect(placeWindow({ x: 1600, y: 100, width: 1200, height: 800 }, [laptop])).toEqual({ x: 80, y: 40, width: 1280, height: 820 });
  });

  it('comes back when only an edge or no title bar could be grasped', () => {
    const usual = placeWindow(null, [laptop]);
    expect(placeWindow({ x: 1400, y: 100, width: 1200, height: 800 }, [laptop])).toEqual(usual);
    expect(placeWindow({ x: 100, y: -500, width: 1200, height: 800 }, [laptop])).toEqual(usual);
    expect(placeWindow({ x: 100, y: 890, width: 1200, height: 800 }, [laptop])).toEqual(usual);
  });

  it('fits a remembered size to the display', () => {
    expect(placeWindow({ x: 0, y: 0, width: 5000, height: 100 }, [laptop])).toEqual({ x: 0, y: 0, width: 1440, height: 480 });
  });

  it('opens somewhere without any display', () => {
    expect(placeWindow(null, [])).toEqual({ x: 0, y: 0, width: 1280, height: 820 });
  });
});

describe('the remembered state', () => {
  it.each(['', '{', 'null', '[]', '{"bounds":{"x":"a"}}', '{"bounds":{"x":1,"y":1,"width":-5,"height":1e9}}', '{"theme":"pink"}'])(
    'damaged (%s) is the initial one',
    (text) => {
      expect(parseShellState(text)).toEqual(initialShellState);
    },
  );

  it('survives a round through the file, and a folder that is not there yet', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logscope-window-'));
    try {
      const file = join(folder, 'new', 'window.json');
      expect(readShellState(file)).toEqual(initialShellState);
      const state = { bounds: laptop, maximised: true, theme: 'retro', closeWithoutTrayConfirmed: true } as const;
      writeShellState(file, state);
      expect(readShellState(file)).toEqual(state);
      expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
