import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1).max(100_000), height: z.int().min(1).max(100_000) });

/** What the shell remembers between runs, beside the settings that a person makes. */
const shellStateSchema = z.object({
  bounds: boundsSchema.nullable().default(null),
  maximised: z.boolean().default(false),
  /** The theme of the last run: the window has its background before the settings are read. */
  theme: z.enum(['system', 'light', 'dark', 'retro']).default('system'),
  /** "Closing ends LogScope, there is no tray" was answered. */
  closeWithoutTrayConfirmed: z.boolean().default(false),
});

export type ShellState = z.output<typeof shellStateSchema>;
export type Bounds = z.output<typeof boundsSchema>;
export const initialShellState: ShellState = shellStateSchema.parse({});

export const smallestSize = { width: 720, height: 480 } as const;
const usualSize = { width: 1280, height: 820 } as const;

/** A missing or damaged file gives the initial state: it holds nothing that a person would miss. */
export function readShellState(file: string): ShellState {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return initialShellState;
    throw error;
  }
  return parseShellState(text);
}

export function parseShellState(text: string): ShellState {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return initialShellState;
    throw error;
  }
  const parsed = shellStateSchema.safeParse(value);
  return parsed.success ? parsed.data : initialShellState;
}

/** Whole or not at all. */
export function writeShellState(file: string, state: ShellState): void {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.part`;
  writeFileSync(part, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(part, file);
}

/**
 * Where the window opens: the remembered place if enough of its title bar can still be seen and grasped on one of the
 * displays (they change between runs), else a usual size in the middle of the first display, never larger than it.
 */
export function placeWindow(remembered: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const first = workAreas[0] ?? { x: 0, y: 0, ...usualSize };
  if (remembered !== null) {
    const area = workAreas.find((candidate) => isGraspable(remembered, candidate));
    if (area !== undefined) {
      const width = Math.min(Math.max(remembered.width, smallestSize.width), area.width);
      const height = Math.min(Math.max(remembered.height, smallestSize.height), area.height);
      return { x: remembered.x, y: remembered.y, width, height };
    }
  }
  const width = Math.min(usualSize.width, first.width);
  const height = Math.min(usualSize.height, first.height);
  return { x: first.x + Math.floor((first.width - width) / 2), y: first.y + Math.floor((first.height - height) / 2), width, height };
}

function isGraspable(bounds: Bounds, area: Bounds): boolean {
  const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const titleBar = { top: bounds.y, bottom: bounds.y + 40 };
  return visibleWidth >= 120 && titleBar.top >= area.y - 8 && titleBar.bottom <= area.y + area.height;
}
