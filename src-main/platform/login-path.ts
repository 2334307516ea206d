import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';

const marker = '__logscope_path__';
const usualPatienceMs = 5_000;
const maxBytes = 1024 * 1024;

export interface LoginPathDeps {
  readonly platform: NodeJS.Platform;
  /** SHELL, PATH and what the shell's own files read. */
  readonly environment: NodeJS.ProcessEnv;
  /** Shorter in tests. */
  readonly patienceMs?: number;
}

/**
 * PATH as the user's terminal has it: a desktop start has a short one (`/usr/bin:/bin`), and the programs that kubeconfigs
 * name live elsewhere. The login shell is asked once; entries of our own PATH that it lacks stay at the end.
 * Null on Windows, without a shell, and when the shell does not answer within 5 s.
 */
export function createLoginPath(deps: LoginPathDeps): () => Promise<string | null> {
  let answer: Promise<string | null> | null = null;
  return () => {
    answer ??= readLoginPath(deps);
    return answer;
  };
}

async function readLoginPath({ platform, environment, patienceMs = usualPatienceMs }: LoginPathDeps): Promise<string | null> {
  const shell = environment.SHELL;
  if (platform === 'win32' || shell === undefined || !shell.startsWith('/')) return null;
  const output = await askShell(shell, environment, patienceMs);
  const path = output === null ? null : parseMarkedPath(output);
  return path === null ? null : mergePaths(path, environment.PATH ?? '');
}

/** What stands between the markers; the shell's own files may print before and after. */
export function parseMarkedPath(output: string): string | null {
  const path = output.split(marker)[1];
  return path === undefined || path === '' ? null : path;
}

/** Both lists without repetition, the first one's order first. */
export function mergePaths(first: string, second: string): string {
  return [...new Set([...first.split(delimiter), ...second.split(delimiter)])].filter((folder) => folder !== '').join(delimiter);
}

/**
 * The shell is a session of its own (`detached`): an interactive one would otherwise take the terminal away from LogScope,
 * and it ignores SIGTERM, so its whole group is killed.
 */
function askShell(shell: string, environment: NodeJS.ProcessEnv, patienceMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(shell, ['-lic', `printf '%s' '${marker}' "$PATH" '${marker}'`], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      // Frameworks that update themselves at the start of a shell must not do it here.
      env: { ...environment, DISABLE_AUTO_UPDATE: 'true', TERM: 'dumb' },
    });
    let output = '';
    let settled = false;
    const finish = (answer: string | null) => {
      if (settled) return;
      settled = true;
      clearTimeout(impatience);
      if (child.pid !== undefined) endGroup(child.pid);
      child.stdout.destroy();
      resolve(answer);
    };
    const impatience = setTimeout(() => finish(null), patienceMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.split(marker).length > 2 || output.length > maxBytes) finish(output);
    });
    child.on('error', () => finish(null));
    child.on('exit', () => setImmediate(() => finish(output)));
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
