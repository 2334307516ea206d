import { basename } from 'node:path';
import { findProgram, type ProgramCall, type TerminalSearch } from './terminal';

/** A place in a file of this machine. */
export interface FilePlace {
  /** Absolute. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number | null;
}

type Arguments = (place: FilePlace) => readonly string[];

const goto: Arguments = (place) => ['--goto', joined(place)];
const colons: Arguments = (place) => [joined(place)];
const jetBrains: Arguments = ({ path, line, column }) => [
  '--line',
  String(line),
  ...(column === null ? [] : ['--column', String(column)]),
  path,
];
const plus: Arguments = ({ path, line }) => [`+${line}`, path];
const pathOnly: Arguments = ({ path }) => [path];

function joined({ path, line, column }: FilePlace): string {
  return column === null ? `${path}:${line}` : `${path}:${line}:${column}`;
}

/** Editors with a window of their own and how each is told a place, the better known first. Those of a terminal are left out: they would have none. */
const editors: ReadonlyMap<string, Arguments> = new Map([
  ['code', goto],
  ['cursor', goto],
  ['codium', goto],
  ['code-insiders', goto],
  ['windsurf', goto],
  ['subl', colons],
  ['idea', jetBrains],
  ['webstorm', jetBrains],
  ['pycharm', jetBrains],
  ['goland', jetBrains],
  ['phpstorm', jetBrains],
  ['rubymine', jetBrains],
  ['clion', jetBrains],
  ['rustrover', jetBrains],
  ['rider', jetBrains],
  ['zed', colons],
  ['zeditor', colons],
  ['kate', jetBrains],
  ['gedit', plus],
  ['gnome-text-editor', pathOnly],
]);

/** What opens any text at its beginning, where no editor is found. */
const lastResorts: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open', '-t'],
  win32: ['notepad.exe'],
  linux: ['xdg-open'],
};

/**
 * The person's editor at a place: $VISUAL or $EDITOR when it is one with a window (its further words are left out: they make it wait),
 * else the first one found, else what the desktop opens texts with. Null: none, or no display.
 */
export function findEditor(place: FilePlace, search: TerminalSearch): ProgramCall | null {
  const { environment, platform } = search;
  if (platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY) return null;
  const wished = [environment.VISUAL, environment.EDITOR].flatMap((command) => command?.trim().split(/\s+/)[0] ?? []);
  const ending = platform === 'win32' ? '.exe' : '';
  for (const name of [...wished, ...[...editors.keys()].map((known) => known + ending)]) {
    const toArguments = editors.get(basename(name, '.exe'));
    const file = toArguments === undefined ? null : findProgram(name, search);
    if (toArguments !== undefined && file !== null) return { file, args: toArguments(place) };
  }
  const [program, ...args] = lastResorts[platform] ?? [];
  const file = program === undefined ? null : findProgram(program, search);
  return file === null ? null : { file, args: [...args, place.path] };
}
