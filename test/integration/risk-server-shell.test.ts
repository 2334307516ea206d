import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRiskRig } from '../helpers/risk-victims';
import { waitFor } from '../helpers/wait-for';

/** A real database that starts a harmless shell (COPY … TO PROGRAM), in a folder of its own, reachable by a socket file only. */
const programs = findPostgres();
const account = programs === null ? null : postgresAccount();
if (programs === null || account === null) {
  console.warn('SKIPPED test/integration/risk-server-shell: it needs root and an installed PostgreSQL server (apt-get install postgresql)');
}

test.skipIf(programs === null || account === null)('a shell under a database is suspicious, the database itself is not', async () => {
  if (programs === null || account === null) return;
  const directory = mkdtempSync('/var/tmp/logscope-test-');
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  chownSync(directory, account.uid, account.gid);
  chmodSync(directory, 0o700);
  const data = join(directory, 'data');
  execFileSync(join(programs, 'initdb'), ['-D', data, '-A', 'trust', '-N', '-U', 'test'], { ...account, cwd: directory, stdio: 'ignore' });
  const settings = [`unix_socket_directories=${directory}`, 'listen_addresses=', 'fsync=off'].flatMap((setting) => ['-c', setting]);
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings], { ...account, cwd: directory, stdio: 'ignore' });
  onTestFinished(() => endServer(server));
  await waitFor(() => existsSync(join(directory, '.s.PGSQL.5432')), { timeoutMs: 20_000, what: 'the socket of the database' });

  const query = `COPY (SELECT 1) TO PROGRAM 'sleep 60; true'`;
  const client = spawn(join(programs, 'psql'), ['-h', directory, '-U', 'test', '-c', query, 'postgres'], {
    ...account,
    cwd: directory,
    stdio: 'ignore',
  });
  onTestFinished(() => void client.kill('SIGKILL'));

  const rig = openRiskRig();
  onTestFinished(() => rig.close());
  const serverPid = server.pid ?? 0;
  // Until the package database is read a program without an owner is a notice.
  const database = await rig.verdictOn(serverPid, ({ risk }) => risk.riskLevel === 'ordinary');
  expect(database.risk.reasons).toEqual([]);
  const shellPid = await waitFor(
    async () => {
      await rig.verdictOn(serverPid);
      const { processes } = rig.latestFacts();
      const workers = new Set(processes.filter(({ ppid }) => ppid === serverPid).map(({ pid }) => pid));
      return processes.find(({ ppid, name }) => workers.has(ppid) && name === 'sh')?.pid ?? null;
    },
    { timeoutMs: 20_000, what: 'the shell under the database' },
  );
  const shell = await rig.verdictOn(shellPid, ({ risk }) => risk.riskLevel === 'suspicious');
  expect(shell.risk).toMatchObject({ riskLevel: 'suspicious', level: 'warning', axes: { threat: 45 } });
  expect(shell.risk.reasons[0]).toMatchObject({ rule: 'risk-server-shell', values: { server: 'postgres' } });
});

function findPostgres(): string | null {
  const base = '/usr/lib/postgresql';
  if (process.platform !== 'linux' || !existsSync(base)) return null;
  const newest = readdirSync(base).sort().at(-1);
  return newest !== undefined && existsSync(join(base, newest, 'bin/postgres')) ? join(base, newest, 'bin') : null;
}

/** The server refuses to run as root. */
function postgresAccount(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = ['-u', '-g'].map((option) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }).trim()));
  return uid === undefined || gid === undefined ? null : { uid, gid };
}

/** SIGINT: ends the sessions and their programs, then itself. */
async function endServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGINT');
  await once(server, 'exit');
}
