import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readWrappedRuns } from '../../src-main/platform/wrapped-runs';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';
import { builtFile } from '../helpers/web-built';

/** `logscope run` as a process of its own, around real commands. */
const linux = process.platform === 'linux';
let cli: string;
beforeAll(async () => {
  cli = await builtFile('main', 'cli.js');
}, 180_000);

interface Running {
  readonly child: ChildProcess;
  readonly runs: string;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: Buffer; readonly stderr: string; readonly tookMs: number }>;
}

function start(words: readonly string[], input: string | null = null, directory = temporaryDirectory()): Running {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [cli, 'run', '--data-directory', directory, '--', ...words], { stdio: 'pipe' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  // A command that does not read its input closes it.
  child.stdin.on('error', () => undefined);
  if (input !== null) child.stdin.end(input);
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout: Buffer.concat(stdout),
    stderr,
    tookMs: performance.now() - startedAt,
  }));
  return { child, runs: join(directory, 'runs'), ended };
}

function onlyRun(runs: string) {
  const [found, ...others] = readWrappedRuns(runs);
  if (found === undefined || others.length > 0) throw new Error(`one run was expected in ${readdirSync(runs).join(', ')}`);
  return { ...found, log: readFileSync(found.logPath, 'latin1') };
}

describe('a command ends as it does without logscope', () => {
  test('output and exit code are its own, and both are kept, for its user alone', async () => {
    const { runs, ended } = start(['sh', '-c', 'echo out; echo err >&2; exit 7']);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout: stdout.toString(), stderr }).toEqual({ code: 7, stdout: 'out\n', stderr: 'err\n' });
    const { run, log, isRunning } = onlyRun(runs);
    expect(run).toMatchObject({ command: ['sh', '-c', 'echo out; echo err >&2; exit 7'], exitCode: 7, signal: null, lostBytes: 0 });
    expect(run.cwd).toBe(process.cwd());
    expect((run.endedAtMs ?? 0) - run.startedAtMs).toBeGreaterThanOrEqual(0);
    expect(isRunning).toBe(false);
    expect(log.split('\n').sort()).toEqual(['', 'err', 'out']);
    expect(statSync(runs).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(runs)) expect(statSync(join(runs, name)).mode & 0o777, name).toBe(0o600);
  });

  test.each([
    ['SIGKILL', 137],
    ['SIGTERM', 143],
    ['SIGSEGV', 139],
  ])('ended by %s it is %i', async (signal, expected) => {
    const { runs, ended } = start(['sh', '-c', `kill -${signal.slice(3)} $$`]);
    expect((await ended).code).toBe(expected);
    expect(onlyRun(runs).run).toMatchObject({ exitCode: null, signal });
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const)('%s reaches the command, which decides', async (signal) => {
    const script = `trap 'echo got it; exit 3' ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`;
    const { child, ended } = start(['sh', '-c', script]);
    await once(child.stdout ?? child, 'data');
    child.kill(signal);
    const { code, stdout } = await ended;
    expect({ code, stdout: stdout.toString() }).toEqual({ code: 3, stdout: 'ready\ngot it\n' });
  });

  test('a command that is not there is 127, one that is no program 126', async () => {
    const absent = await start(['/nonexistent/logscope-test']).ended;
    expect(absent).toMatchObject({ code: 127, stderr: 'error: /nonexistent/logscope-test: command not found\n' });
    expect((await start(['/etc/passwd']).ended).code).toBe(126);
  });

  test('where nothing can be kept it runs all the same', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    const { code, stdout, stderr } = await start(['sh', '-c', 'echo out; exit 4'], null, file).ended;
    expect({ code, stdout: stdout.toString(), stderr }).toEqual({ code: 4, stdout: 'out\n', stderr: '' });
  });
});

describe('in pipes', () => {
  test('it is a filter: input as it is, bytes of any kind', async () => {
    const { stdout, code } = await start(['sort'], 'b\na\u00e4\r\n').ended;
    expect({ code, text: stdout.toString() }).toEqual({ code: 0, text: 'a\u00e4\r\nb\n' });
    const named = await start(['sh', '-c', 'echo one > /dev/stdout; echo two > /dev/stderr']).ended;
    expect([named.code, named.stdout.toString(), named.stderr]).toEqual([0, 'one\n', 'two\n']);
    const bytes = await start(['printf', '\\377\\000\\001x']).ended;
    expect([...bytes.stdout]).toEqual([255, 0, 1, 120]);
  });

  test('a reader that goes away ends the command as it would without logscope', async () => {
    const directory = temporaryDirectory();
    const script = '"$1" "$2" run --data-directory "$3" -- yes | head -1; echo "$PIPESTATUS"';
    const shell = spawn('bash', ['-c', script, 'bash', process.execPath, cli, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    shell.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    await once(shell, 'close');
    expect(text).toBe('y\n141\n');
    expect(onlyRun(join(directory, 'runs')).run.signal).toBe('SIGPIPE');
  });

  test.skipIf(!linux)('50 MB pass unchanged in flat memory', async () => {
    const megabytes = (text: string) => Number(/VmHWM:\s+(\d+) kB/.exec(text)?.[1]) / 1024;
    const status = 'cat /proc/$PPID/status >&2';
    const small = megabytes((await start(['sh', '-c', `echo one; ${status}`]).ended).stderr);
    const line = `${'0123456789'.repeat(10)}\n`;
    const { stdout, stderr, tookMs } = await start(['sh', '-c', `yes ${line.trim()} | head -n 500000; ${status}`]).ended;
    expect(stdout.length).toBe(500_000 * line.length);
    const expected = createHash('sha256').update(line.repeat(500_000)).digest('hex');
    expect(createHash('sha256').update(stdout).digest('hex')).toBe(expected);
    console.log(`50 MB: ${Math.round(tookMs)} ms, ${Math.round(megabytes(stderr))} MB at most; one line: ${Math.round(small)} MB`);
    expect(megabytes(stderr) - small).toBeLessThan(80);
  });

  test('who is left behind with its streams does not hold it up', async () => {
    const { ended } = start(['sh', '-c', 'sleep 60 & echo $!']);
    const { stdout, code, tookMs } = await ended;
    process.kill(Number(stdout.toString()), 'SIGKILL');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
  });
});

describe('what is kept', () => {
  test('holds no secret of the command line or the output', async () => {
    const script = 'echo "password=hunter2hunter"; printf "amqp://me:hunter2"; sleep 0.2; echo "hunter@mq/"; echo token: abcdef123456 >&2';
    const { runs, ended } = start(['sh', '-c', script, 'x', '--db-password', 'hunter2hunter']);
    expect((await ended).stdout.toString()).toBe('password=hunter2hunter\namqp://me:hunter2hunter@mq/\n');
    for (const name of readdirSync(runs)) expect(readFileSync(join(runs, name), 'utf8'), name).not.toMatch(/hunter2hunter|abcdef123456/);
    expect(onlyRun(runs).log).toMatch(/^password=\[masked:password:/m);
  });

  test.skipIf(!linux)('tells the ports on which its processes listen', async () => {
    const server = `require('node:net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
    const { child, runs, ended } = start([
      'sh',
      '-c',
      // A shell that is ended leaves its child behind.
      '"$0" -e "$1" & server=$!; trap "kill $server" TERM; wait; wait; exit 0',
      process.execPath,
      server,
    ]);
    const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    const port = Number(chunk.toString());
    const found = await waitFor(() => readWrappedRuns(runs).find(({ run }) => run.ports?.includes(port)), {
      timeoutMs: 15_000,
      what: `port ${port} in the record`,
    });
    expect(found).toMatchObject({ isRunning: true, run: { ports: [port], endedAtMs: null } });
    child.kill('SIGTERM');
    await ended;
    expect(onlyRun(runs).run.ports).toEqual([port]);
  });
});

const hasScript = linux && spawn('script', ['--version']).on('error', () => undefined).pid !== undefined;
if (!hasScript) console.warn('SKIPPED the end in words: `script` (util-linux) is needed for a terminal');

/** The same under a terminal of its own; `onText` may type into it. */
async function inTerminal(command: string, onText: (text: string, type: (keys: string) => void) => void = () => undefined) {
  const words = [process.execPath, cli, 'run', '--data-directory', temporaryDirectory(), '--', 'sh', '-c', command];
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  // Without `exec` a dash (which `script` takes where SHELL is not set) stays between them and answers Ctrl+C itself, with 130.
  const terminal = spawn('script', ['-qec', `exec ${quoted}`, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    terminal.kill('SIGKILL');
  });
  let text = '';
  terminal.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    onText(text, (keys) => terminal.stdin.write(keys));
  });
  const [code] = (await once(terminal, 'close')) as [number];
  return { code, lines: text.trim().split(/\r*\n/) };
}

test.skipIf(!hasScript)('a terminal is told why: the end in words and the newest error, without secrets', async () => {
  const { code, lines } = await inTerminal('echo starting; echo "ERROR no connection to amqp://me:hunter2@mq/"; echo cleaning up; exit 2');
  expect(code).toBe(2);
  expect(lines.at(-1)).toMatch(
    /^logscope: sh exited with code 2; newest error: ERROR no connection to amqp:\/\/me:\[masked:url-password:\w+\]@mq\/$/,
  );
});

test.skipIf(!hasScript)('Ctrl+C reaches the command once, and it reads what is typed', async () => {
  const program = join(temporaryDirectory(), 'program.cjs');
  writeFileSync(
    program,
    `let count = 0;
    process.on('SIGINT', () => { if (count++ === 0) setTimeout(() => { console.log('interrupted ' + count); process.exit(3); }, 400); });
    process.stdin.on('data', (word) => console.log('word is ' + word));
    console.log('ready');`,
  );
  let step: 'starting' | 'greeted' | 'interrupted' = 'starting';
  const { code, lines } = await inTerminal(`exec "${process.execPath}" "${program}"`, (text, type) => {
    if (step === 'starting' && text.includes('ready')) {
      step = 'greeted';
      type('hello\n');
    } else if (step === 'greeted' && text.includes('word is hello')) {
      step = 'interrupted';
      type('\u0003');
    }
  });
  expect(code).toBe(3);
  expect(lines.filter((line) => /interrupted 1$/.test(line))).toHaveLength(1);
});
