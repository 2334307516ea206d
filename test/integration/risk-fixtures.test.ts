import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Process } from '../../src-shared/snapshots';
import { connectedSocket } from '../helpers/connected-socket';
import { copyProgram, directoryIn, openRiskRig, plainDirectory, type RiskRig } from '../helpers/risk-victims';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { pidOf, startReadyVictim, startVictim } from '../helpers/victim-processes';

/**
 * Harmless real processes that look like what the rules look for, and their innocent twins. Everything is started and ended here, by PID,
 * and talks to nobody but this test.
 */
const linux = process.platform === 'linux';
const python = '/usr/bin/python3';
const withPython = linux && existsSync(python);
const asRoot = process.getuid?.() === 0;
if (!linux) console.warn('SKIPPED test/integration/risk-fixtures: the fixtures are made for Linux; run it there');
else if (!withPython) console.warn(`SKIPPED part of test/integration/risk-fixtures: ${python} is not there; install python3`);
if (linux && !asRoot) console.warn('SKIPPED part of test/integration/risk-fixtures: mounts and raw sockets need root; run it as root');

const sleep = '/usr/bin/sleep';
const forever = ['100000'];

let rig: RiskRig;
beforeAll(() => {
  rig = openRiskRig();
});
afterAll(() => rig.close());

/** `level rule:points…`, threat only. */
async function threatOf(child: ChildProcess | number, until?: (process: Process) => boolean): Promise<string> {
  const { risk } = await rig.verdictOn(typeof child === 'number' ? child : pidOf(child), until);
  return threatIn(risk);
}

function threatIn(risk: Process['risk']): string {
  const rules = risk.reasons.filter(({ axis }) => axis === 'threat').map(({ rule, points }) => `${rule.slice('risk-'.length)}:${points}`);
  return [risk.riskLevel, ...rules].join(' ');
}

const busyLoop = ['-c', 'while :; do :; done'];

/** Of a busy process, by a judge whose clock is eleven minutes on: nobody waits for them here. */
async function threatLater(child: ChildProcess): Promise<string> {
  const later = openRiskRig({ laterMs: 11 * 60_000, pace: 0.2 });
  onTestFinished(() => later.close());
  const { risk } = await later.verdictOn(pidOf(child), ({ busySinceMs }) => busySinceMs !== null);
  return threatIn(risk);
}

/** Of a plain program on a machine whose ld.so.preload names the library. */
async function threatBelow(library: string): Promise<string> {
  const etc = temporaryDirectory();
  writeFileSync(join(etc, 'ld.so.preload'), `${library}\n`);
  const elsewhere = openRiskRig({ etc });
  onTestFinished(() => elsewhere.close());
  const { risk } = await elsewhere.verdictOn(pidOf(await startVictim(sleep, forever)));
  return threatIn(risk);
}

/** Programs that wait for input they never get; their standard streams are those of the test. */
const waits = 'read waiting';

describe.skipIf(!linux)('origin', () => {
  test.skipIf(!withPython)('a program that runs from memory', async () => {
    expect(await threatOf(await startFromMemory('payload'), isFromMemory)).toBe('suspicious exe-memory-only:65');
  });

  test.skipIf(!withPython)('a program that runs from memory and calls itself a kernel worker', async () => {
    expect(await threatOf(await startFromMemory('[kworker/u8:2]'), isFromMemory)).toBe('high kernel-name:70 exe-memory-only:65');
  });

  test('a program whose file was deleted', async () => {
    const program = copyProgram(sleep, plainDirectory(), 'helper');
    const child = await startVictim(program, forever);
    unlinkSync(program);
    expect(await threatOf(child, ({ exeDeleted }) => exeDeleted === true)).toBe('notice exe-deleted:30');
  });

  test('twin: replaced by an update while it runs', async () => {
    const directory = plainDirectory();
    const program = copyProgram(sleep, directory, 'helper');
    const child = await startVictim(program, forever);
    renameSync(copyProgram(sleep, directory, 'new'), program);
    expect(await threatOf(child, ({ exeDeleted }) => exeDeleted === true)).toBe('ordinary exe-updated:10');
  });

  test('a program in shared memory', async () => {
    const child = await startVictim(copyProgram(sleep, directoryIn('/dev/shm'), 'helper'), forever);
    expect(await threatOf(child)).toBe('suspicious exe-temporary:50');
  });

  test('a program in /tmp', async () => {
    expect(await threatOf(await startOrphan(copyProgram(sleep, directoryIn('/tmp'), 'helper')))).toBe('notice exe-temporary:35');
  });

  test('twin: what a test runner (this one) made in /tmp', async () => {
    const child = await startVictim(copyProgram(sleep, directoryIn('/tmp'), 'b001', 'parse.test'), forever);
    expect(await threatOf(child)).toBe('notice exe-temporary:20');
  });

  test.skipIf(!asRoot)('twin: a bundle that mounted itself below /tmp', async () => {
    // A tmpfs stands for the bundle's own file system, which needs a driver: even so it stays below suspicious.
    const directory = `/tmp/.mount_logscope${process.pid}`;
    const script = `mkdir -p "$1" && mount -t tmpfs none "$1" && mkdir -p "$1/usr/bin" && cp ${sleep} "$1/usr/bin/app" && exec "$1/usr/bin/app" ${forever}`;
    const child = await startVictim('/usr/bin/unshare', ['--mount', 'sh', '-c', script, 'sh', directory]);
    onTestFinished(() => void execFileSync('rmdir', [directory]));
    expect(await threatOf(child, ({ name }) => name === 'app')).toBe('notice exe-temporary:20');
  });

  test('a library from a temporary folder', async () => {
    const directory = temporaryDirectory();
    const libc = execFileSync('sh', ['-c', 'ldd /usr/bin/sleep'], { encoding: 'utf8' }).match(/(\/\S*libc\.so\S*)/)?.[1];
    if (libc === undefined) throw new Error('sleep has no libc');
    copyFileSync(libc, join(directory, 'libc.so.6'));
    const child = spawn(sleep, forever, { env: { LD_LIBRARY_PATH: directory }, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await threatOf(child, hasRule('risk-foreign-code'))).toBe('notice foreign-code:30');
  });

  test.skipIf(!asRoot)('a file that no package put into /usr', async () => {
    const script = `mount -t tmpfs none /usr/games && cp ${sleep} /usr/games/thing && exec /usr/games/thing ${forever}`;
    const child = await startVictim('/usr/bin/unshare', ['--mount', 'sh', '-c', script]);
    expect(await threatOf(child, ({ name, risk }) => name === 'thing' && risk.reasons.length > 0)).toBe('ordinary unpackaged:10');
  });
});

describe.skipIf(!linux)('identity', () => {
  test('an ordinary program that calls itself a kernel thread', async () => {
    const child = await startVictim(sleep, forever, { argv0: '[kworker/u8:2]' });
    expect(await threatOf(child)).toBe('high kernel-name:70');
  });

  test('a known service in the wrong place', async () => {
    const child = await startVictim(copyProgram(sleep, plainDirectory(), 'sshd'), forever);
    expect(await threatOf(child)).toBe('suspicious wrong-place:45');
  });

  test('a program that shows itself as a service', async () => {
    const child = await startVictim(sleep, forever, { argv0: '/usr/sbin/sshd' });
    expect(await threatOf(child)).toBe('suspicious false-title:45');
  });

  test('a program in a hidden folder of the system', async () => {
    const child = await startVictim(copyProgram(sleep, directoryIn('/dev/shm'), '...', 'helper'), forever);
    expect(await threatOf(child)).toBe('high exe-temporary:50 hidden-path:25');
  });

  test('a name that is made to be read wrong', async () => {
    const child = await startVictim(copyProgram(sleep, plainDirectory(), 'sy\u0455temd-logind'), forever);
    expect(await threatOf(child)).toBe('notice deceptive-name:25');
  });
});

describe.skipIf(!linux)('behaviour', () => {
  test('a shell wired to a network connection', async () => {
    const { near, end } = await connectedSocket();
    const child = spawn('/bin/sh', ['-c', waits], { stdio: [near, near, near] });
    onTestFinished(() => {
      child.kill('SIGKILL');
      end();
    });
    expect(await threatOf(child, hasRule('risk-network-shell'))).toBe('high network-shell:80');
  });

  test('twin: a shell behind a pipe', async () => {
    expect(await threatOf(await startVictim('/bin/sh', ['-c', waits]))).toBe('ordinary');
  });

  test('a miner by its command line, from /tmp', async () => {
    const program = copyProgram('/bin/sh', directoryIn('/tmp'), 'helper');
    const child = await startVictim(program, ['-c', waits, 'helper', '-o', 'stratum+tcp://127.0.0.1:3333', '--donate-level', '1']);
    expect(await threatOf(child)).toBe('high miner:60 exe-temporary:20');
  });

  test('a miner by its name', async () => {
    expect(await threatOf(await startVictim(copyProgram(sleep, plainDirectory(), 'xmrig'), forever))).toBe('suspicious miner:60');
  });

  test('twin: a pager with the word on its command line', async () => {
    const child = await startVictim('/usr/bin/tail', ['-f', '/dev/null', 'stratum+tcp://notes.txt']);
    expect(await threatOf(child)).toMatch(/^notice miner:36|^suspicious miner:60/);
  });

  test('a miner that keeps a core busy', async () => {
    const child = await startVictim(copyProgram('/bin/sh', plainDirectory(), 'xmrig'), busyLoop);
    expect(await threatLater(child)).toBe('high miner:60 long-busy:20');
  });

  test('a program that nothing explains keeps a core busy', async () => {
    const child = await startVictim(copyProgram('/bin/sh', plainDirectory(), 'helper'), busyLoop);
    expect(await threatLater(child)).toMatch(/^(?:ordinary|notice) .*long-busy:15/);
  });

  test('twin: a program of the distribution does', async () => {
    expect(await threatLater(await startVictim('/bin/sh', busyLoop))).toBe('ordinary');
  });

  test('a library from a writable place put in front of every program of the machine', async () => {
    expect(await threatBelow(`${temporaryDirectory()}/all.so`)).toBe('suspicious system-preload:45');
  });

  test('twin: one of an installed product', async () => {
    expect(await threatBelow('/usr/lib/agent.so')).toBe('ordinary system-preload:5');
  });

  test('a library from a writable place put in front of all others', async () => {
    const child = spawn(sleep, forever, { env: { LD_PRELOAD: `${temporaryDirectory()}/not-there.so` }, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await threatOf(child)).toBe('suspicious injected-library:45');
  });

  test('a shell that runs what it fetches', async () => {
    const script = `${waits}; : "curl -fsSL http://127.0.0.1:9/install.sh | sh"`;
    expect(await threatOf(await startVictim('/bin/sh', ['-c', script]))).toMatch(/^notice fetch-and-run:(?:21|35)$/);
  });

  test.skipIf(!withPython)('a process that another one traces', async () => {
    const { child } = await startReadyVictim(python, [
      '-u',
      '-c',
      'import ctypes, time; ctypes.CDLL(None).ptrace(0, 0, 0, 0); print("traced"); time.sleep(100000)',
    ]);
    expect(await threatOf(child, hasRule('risk-traced'))).toMatch(/^ordinary traced:(?:3|5|9|15)$/);
  });

  test.skipIf(!withPython)('memory that may be written and executed, from /tmp', async () => {
    const program = copyProgram(python, directoryIn('/tmp'), 'helper');
    const { child } = await startReadyVictim(program, [
      '-u',
      '-c',
      'import mmap, time; m = mmap.mmap(-1, 4096, prot=7); print("mapped"); time.sleep(100000)',
    ]);
    expect(await threatOf(child)).toBe('notice exe-temporary:20 writable-code:5');
  });

  test('twin: Node compiles while it runs', async () => {
    const { child } = await startReadyVictim(process.execPath, ['-e', 'console.log("ready");setInterval(()=>{},1e6)']);
    expect(await threatOf(child)).toMatch(/^ordinary(?: unpackaged:10)?$/);
  });
});

describe.skipIf(!linux)('network', () => {
  test.skipIf(!withPython || !asRoot)('a program that reads all traffic', async () => {
    const program = copyProgram(python, plainDirectory(), 'helper');
    const script = 'import socket, time; s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0); print("open"); time.sleep(100000)';
    const { child } = await startReadyVictim(program, ['-u', '-c', script]);
    expect(await threatOf(child, hasRule('risk-packet-socket'))).toBe('notice packet-socket:20');
  });
});

/** A process whose parent is a shell, as in a terminal: nothing speaks for it. Ends with its shell. */
async function startOrphan(program: string): Promise<number> {
  const { line } = await startReadyVictim('/bin/sh', [
    '-c',
    `"$1" ${forever} >/dev/null & echo $!; trap "kill $!" EXIT; read waiting`,
    'sh',
    program,
  ]);
  const pid = Number(line);
  onTestFinished(() => void process.kill(pid, 'SIGKILL'));
  return pid;
}

function hasRule(rule: string): (process: Process) => boolean {
  return ({ risk }) => risk.reasons.some((reason) => reason.rule === rule);
}

function isFromMemory({ exe }: Process): boolean {
  return exe?.startsWith('/memfd:') === true;
}

function startFromMemory(argv0: string): Promise<ChildProcess> {
  const script = [
    'import os, sys',
    'memory = os.memfd_create("x")',
    `os.write(memory, open("${sleep}", "rb").read())`,
    `os.execve(f"/proc/self/fd/{memory}", [sys.argv[1], "${forever}"], {})`,
  ].join('\n');
  return startVictim(python, ['-c', script, argv0]);
}
