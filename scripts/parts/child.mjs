import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in the foreground: its streams are ours, our signals are its own, and the promise gives its exit code
 * (128 + n after signal n, as shells tell it; 127 when there is no such program). With `mark`, for one of several that run
 * at the same time, it reads nothing and its lines, whole ones only, come out with this word before them.
 * @param {string} file @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { mark?: string | null }} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(file, args, { mark = null, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: mark === null ? 'inherit' : ['ignore', 'pipe', 'pipe'], ...options });
    if (mark !== null) {
      markLines(child.stdout, process.stdout, mark);
      markLines(child.stderr, process.stderr, mark);
      // Something that it left behind may hold its pipes open for ever.
      child.on('exit', () => {
        for (const stream of [child.stdout, child.stderr]) setTimeout(() => stream.destroy(), 2_000).unref();
      });
    }
    // A terminal sends Ctrl+C to the whole group by itself; a second copy would count as the impatient second one.
    const pass = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    for (const signal of forwarded) process.on(signal, pass);
    const settle = (code) => {
      for (const signal of forwarded) process.off(signal, pass);
      resolve(code);
    };
    child.on('error', (error) => settle(error.code === 'ENOENT' ? 127 : 126));
    child.on('close', (code, signal) => settle(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function markLines(from, to, mark) {
  // Not by readline: it would take a carriage return for the end of a line.
  let rest = '';
  from.setEncoding('utf8');
  from.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    if (lines.length > 0) to.write(lines.map((line) => `${mark} ${line}\n`).join(''));
  });
  from.on('close', () => rest !== '' && to.write(`${mark} ${rest}\n`));
}

/** npm as a program and its first arguments, on every platform without a shell when npm itself started us. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, script] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}
