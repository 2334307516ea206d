import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { waitFor } from './wait-for';

const journald = ['/lib/systemd/systemd-journald', '/usr/lib/systemd/systemd-journald'].find((path) => existsSync(path));

/** Why there can be no private journal here; null if there can. */
export function whyNoPrivateJournal(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a private journal needs Linux and root';
  return journald === undefined ? 'systemd-journald is not installed (apt-get install systemd)' : null;
}

/** A real journald of our own. */
export interface PrivateJournal {
  /** Runs a program beside it, in its mount namespace. */
  run(file: string, args: readonly string[], input?: Buffer | string): string;
  /** Leading arguments that put a program beside it. */
  readonly inside: readonly [string, ...string[]];
  stop(): void;
}

/** In a mount namespace with an empty /run and /var/log, so the machine's journal is not touched. */
export async function startPrivateJournal(): Promise<PrivateJournal> {
  const script = 'mount -t tmpfs tmpfs /run; mkdir -p /run/systemd/journal /run/log/journal; mount -t tmpfs tmpfs /var/log; exec "$0"';
  const server: ChildProcess = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, journald ?? ''], {
    stdio: 'ignore',
  });
  await waitFor(() => existsSync(`/proc/${server.pid}/root/run/systemd/journal/io.systemd.journal`), {
    timeoutMs: 10_000,
    what: 'journald',
  });
  const inside = ['nsenter', '-t', String(server.pid), '-m'] as const;
  return {
    inside,
    run: (file, args, input = '') =>
      execFileSync(inside[0], [...inside.slice(1), file, ...args], { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }),
    stop: () => server.kill('SIGTERM'),
  };
}

/** The journalctl processes that this test process started. */
export function ownJournalReaders(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          /^journalctl\0/.test(readFileSync(`/proc/${name}/cmdline`, 'latin1')) &&
          new RegExp(`^PPid:\\t${process.pid}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'latin1'))
        );
      } catch (error) {
        if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
        throw error;
      }
    })
    .map(Number);
}
