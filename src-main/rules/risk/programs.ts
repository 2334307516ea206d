import type { ProcessFacts } from '../../../src-shared/snapshots';
import { baseName } from './rule';

const shells: ReadonlySet<string> = new Set(
  'sh bash dash ash zsh ksh mksh fish csh tcsh busybox pwsh cmd.exe powershell.exe pwsh.exe'.split(' '),
);
/** With version numbers cut off: python3.11 is python. */
const interpreters: ReadonlySet<string> = new Set('python perl ruby php php-cli node nodejs lua luajit tclsh expect'.split(' '));
const downloaders: ReadonlySet<string> = new Set('curl wget nc ncat netcat socat tftp ftp aria2c lwp-request'.split(' '));

const versionAtEnd = /[-.]?\d[\d.]*(?:\.exe)?$/;

/** The name of its program file; where that may not be read, the name it gives itself. */
export function programName({ exe, name }: Pick<ProcessFacts, 'exe' | 'name'>): string {
  return exe === null ? name : baseName(exe);
}

export function isShell(process: Pick<ProcessFacts, 'exe' | 'name'>): boolean {
  return shells.has(programName(process));
}

export function isInterpreter(process: Pick<ProcessFacts, 'exe' | 'name'>): boolean {
  return interpreters.has(programName(process).replace(versionAtEnd, ''));
}

export function isDownloader(process: Pick<ProcessFacts, 'exe' | 'name'>): boolean {
  const name = programName(process);
  return downloaders.has(name) || downloaders.has(name.split('.')[0] ?? name);
}

/** One file that is many programs, told apart by the name it is called by. */
const multiCallPrograms: ReadonlySet<string> = new Set(['busybox', 'toybox', 'coreutils', 'systemd', 'systemd-executor', 'sbase-box']);

export function isMultiCall(exe: string): boolean {
  return multiCallPrograms.has(baseName(exe));
}
