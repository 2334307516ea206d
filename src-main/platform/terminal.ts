import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { basename, delimiter, isAbsolute, join } from 'node:path';

/** Everything the search depends on, passed in so that a test searches a made-up machine. */
export interface TerminalSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isExecutable: (path: string) => boolean;
}

/** A program and its arguments; nothing of it is ever read by a shell of ours. */
export interface ProgramCall {
  readonly file: string;
  readonly args: readonly string[];
}

/** How a terminal is told what to run: the words before the command, which follows argument by argument. */
const commandFlags: ReadonlyMap<string, readonly string[]> = new Map([
  ['x-terminal-emulator', ['-e']],
  ['gnome-terminal', ['--']],
  ['kgx', ['--']],
  ['ptyxis', ['--']],
  ['konsole', ['-e']],
  ['xfce4-terminal', ['-x']],
  ['mate-terminal', ['-x']],
  ['terminator', ['-x']],
  ['kitty', []],
  ['foot', []],
  ['alacritty', ['-e']],
  ['ghostty', ['-e']],
  ['wezterm', ['start', '--']],
  ['urxvt', ['-e']],
  ['st', ['-e']],
  ['xterm', ['-e']],
]);

/** The user's terminal running `command`, or null when none is found (or there is no display to show it on). */
export function findTerminal(command: readonly string[], search: TerminalSearch): ProgramCall | null {
  switch (search.platform) {
    case 'darwin':
      return { file: 'osascript', args: [...macScript, shellQuoted(command)] };
    case 'win32':
      return findWindowsTerminal(command, search);
    default:
      return findLinuxTerminal(command, search);
  }
}

function findLinuxTerminal(command: readonly string[], search: TerminalSearch): ProgramCall | null {
  const { environment } = search;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return null;
  const wished = environment.TERMINAL;
  for (const name of [...(wished ? [wished] : []), ...commandFlags.keys()]) {
    const file = findProgram(name, search);
    if (file !== null) return { file, args: [...(commandFlags.get(basename(name)) ?? ['-e']), ...command] };
  }
  return null;
}

/** The command comes as an argument of the script: no text of it is part of the script itself. */
const macScript = [
  ...['-e', 'on run argv'],
  ...['-e', 'tell application "Terminal" to do script (item 1 of argv)'],
  ...['-e', 'tell application "Terminal" to activate'],
  ...['-e', 'end run'],
];

/** Windows Terminal starts the program itself but splits at ";"; without it the program gets a console window of its own. */
function findWindowsTerminal(command: readonly string[], search: TerminalSearch): ProgramCall | null {
  const wt = findProgram('wt.exe', search);
  if (wt !== null) return { file: wt, args: ['new-tab', '--', ...command.map((word) => word.replaceAll(';', '\\;'))] };
  const host = findProgram('conhost.exe', search);
  return host === null ? null : { file: host, args: [...command] };
}

/** Absolute path of a program in PATH; null when there is none. A name with a folder in it must be absolute. */
export function findProgram(name: string, { environment, isExecutable }: Omit<TerminalSearch, 'platform'>): string | null {
  if (isAbsolute(name)) return isExecutable(name) ? name : null;
  if (/[/\\]/.test(name)) return null;
  for (const folder of (environment.PATH ?? environment.Path ?? '').split(delimiter)) {
    if (folder !== '' && isAbsolute(folder) && isExecutable(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** As a POSIX shell reads it back word by word: only for people and for the one terminal that takes nothing else. */
export function shellQuoted(command: readonly string[]): string {
  return command.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

export function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return false;
    throw error;
  }
}

/** Terminals that cannot start say so within this time; others live on, or hand over to a server and end well. */
const settleMs = 700;

/** Starts a program that outlives LogScope. Null: it runs or ended well; else why not. */
export function startDetached({ file, args }: ProgramCall, environment: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], { detached: true, stdio: 'ignore', env: withoutOwnVariables(environment) });
    const timer = setTimeout(() => settle(null), settleMs);
    const settle = (problem: string | null) => {
      clearTimeout(timer);
      child.removeAllListeners();
      // A late failure must not bring LogScope down.
      child.on('error', () => undefined);
      child.unref();
      resolve(problem);
    };
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => settle(code === 0 ? null : `${basename(file)} ended at once (${signal ?? `code ${code}`})`));
  });
}

/** What Electron and the packaged app put into their own environment is none of a terminal's business. */
function withoutOwnVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(ELECTRON_|LOGSCOPE_|NODE_OPTIONS$|APPIMAGE$|APPDIR$|OWD$)/.test(name)),
  );
}
