import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NoDockerEngine, startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { waitFor } from '../helpers/wait-for';
import { builtFile } from '../helpers/web-built';

/** The built command line as a process: the outside contract that other programs rely on. */
let cli: string;
let engine: TestDockerEngine | NoDockerEngine;

beforeAll(async () => {
  cli = await builtFile('main', 'cli.js');
  engine = await startDockerEngine('shared');
}, 180_000);
afterAll(async () => {
  if ('stop' in engine) await engine.stop();
});

function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [cli, ...args],
      { env: { ...process.env, ...environment }, timeout: 30_000, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
      },
    );
  });
}

const noEngine = ['--engine', 'unix:///nonexistent/logscope-test.sock'];
const numberOrNull = expect.toSatisfy((value: unknown) => value === null || typeof value === 'number');
const textOrNull = expect.toSatisfy((value: unknown) => value === null || typeof value === 'string');
const booleanOrNull = expect.toSatisfy((value: unknown) => value === null || typeof value === 'boolean');
const level = expect.stringMatching(/^(ok|inactive|unknown|warning|critical)$/);
const reading = { startedAtMs: expect.any(Number), tookMs: expect.any(Number) };

interface Shot {
  readonly readings: Readonly<Record<string, { readonly kind: string; readonly data: Record<string, unknown> }>>;
}

async function snapshot(args: readonly string[]): Promise<Shot> {
  const { code, stdout, stderr } = await run(['snapshot', '--json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trim().split('\n')).toHaveLength(1);
  return JSON.parse(stdout) as Shot;
}

function rowsOf(shot: Shot, source: string, list: string): readonly Record<string, unknown>[] {
  const one = shot.readings[source];
  if (one?.kind !== 'ok') throw new Error(`${source} is not there: ${JSON.stringify(one)}`);
  return one.data[list] as readonly Record<string, unknown>[];
}

// They read only, and most of their time is the second between two samples: beside each other.
describe.concurrent('snapshot --json', () => {
  it('has the names that stay: host, processes, services, logs', async () => {
    const startedAt = performance.now();
    const shot = await snapshot(noEngine);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(shot).toMatchObject({ schema: 1, node: hostname(), takenAtMs: expect.any(Number), level });
    expect(Object.keys(shot.readings).sort()).toEqual(['containers', 'host', 'logs', 'pods', 'processes', 'services']);
    expect(shot.readings.containers).toMatchObject({
      ...reading,
      kind: 'unavailable',
      reason: expect.any(String),
      detail: expect.any(String),
    });
    expect(shot.readings.host).toMatchObject({
      ...reading,
      kind: 'ok',
      data: {
        cpu: { busyRatio: expect.toSatisfy((value: number) => value >= 0 && value <= 1) },
        memory: { totalBytes: expect.any(Number), availableBytes: expect.any(Number) },
        uptimeSeconds: expect.any(Number),
      },
    });
    for (const mount of rowsOf(shot, 'host', 'mounts')) {
      expect(mount).toMatchObject({ path: expect.any(String), totalBytes: expect.any(Number), usedBytes: expect.any(Number) });
    }
    const { services } = shot.readings;
    if (services?.kind === 'ok') {
      expect(services.data.method).toEqual(expect.any(String));
      for (const service of services.data.services as unknown[]) {
        expect(service).toMatchObject({
          unit: expect.any(String),
          scope: expect.stringMatching(/^(system|user)$/),
          activeState: expect.any(String),
          subState: expect.any(String),
          mainPid: numberOrNull,
          cpuCores: numberOrNull,
          memoryBytes: numberOrNull,
          level,
        });
      }
    } else expect(services).toMatchObject({ ...reading, kind: 'unavailable' });
    expect(shot.readings.logs).toMatchObject({ ...reading, kind: expect.stringMatching(/^(ok|unavailable)$/) });
  });

  it('holds every field of a process, and finds this very one with its rate', async () => {
    const shot = await snapshot(noEngine);
    const processes = rowsOf(shot, 'processes', 'processes');
    for (const one of processes) {
      expect(one).toMatchObject({
        pid: expect.any(Number),
        ppid: expect.any(Number),
        startTicks: expect.any(Number),
        name: expect.any(String),
        command: expect.any(String),
        exe: textOrNull,
        exeDeleted: booleanOrNull,
        user: textOrNull,
        cpuCores: numberOrNull,
        rssBytes: expect.any(Number),
        state: expect.stringMatching(/^[A-Z]$/i),
        listening: expect.any(Array),
        container: textOrNull,
        unit: textOrNull,
        risk: { score: expect.any(Number), level, reasons: expect.any(Array) },
      });
    }
    const own = processes.find((one) => one.pid === process.pid);
    expect(own).toMatchObject({ exe: process.execPath, cpuCores: expect.any(Number) });
  });

  it('sees a listening socket of this process', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      const shot = await snapshot(noEngine);
      const own = rowsOf(shot, 'processes', 'processes').find((one) => one.pid === process.pid);
      expect(own?.listening).toContainEqual({ protocol: 'tcp', address: '127.0.0.1', port });
    } finally {
      server.close();
    }
  });
});

describe('snapshot --json with an engine', () => {
  it('sees containers with figures, one that failed, and its last error line', async ({ skip }) => {
    if ('unavailable' in engine) return skip(engine.unavailable);
    // Several at once, together a part of a core: they get it on a busy machine too, and leave the rest to others.
    const work = 'for i in 1 2 3 4; do while :; do :; done & done; wait';
    const busy = await engine.run(['--name', 'cli-busy', '--memory', '64m', '--cpus', '0.6'], 'sh', '-c', work);
    await engine.run(['--name', 'cli-failed'], 'sh', '-c', 'echo "ERROR cannot start" >&2; exit 7');
    await engine.docker('wait', 'cli-failed');
    const shot = await snapshot(['--engine', engine.endpoint]);
    const containers = rowsOf(shot, 'containers', 'containers');
    expect(containers.find((one) => one.id === busy)).toMatchObject({
      name: 'cli-busy',
      image: expect.any(String),
      state: 'running',
      health: 'none',
      exitCode: null,
      oomKilled: false,
      restartCount: 0,
      cpuCores: expect.toSatisfy((value: number) => value > 0.2 && value < 1.2),
      memoryUsedBytes: expect.any(Number),
      memoryLimitBytes: 64 * 1024 * 1024,
      level,
    });
    expect(containers.find((one) => one.name === 'cli-failed')).toMatchObject({
      state: 'exited',
      exitCode: 7,
      cpuCores: null,
      level: 'critical',
    });
    const inside = rowsOf(shot, 'processes', 'processes').filter((one) => one.container === busy);
    expect(inside.length).toBeGreaterThan(0);
    expect(await run(['check', '--engine', engine.endpoint])).toMatchObject({ code: 2, stdout: expect.stringContaining('cli-failed') });
  });
});

describe.concurrent('the other commands', () => {
  it('check tells in one line and by its code', async () => {
    const { code, stdout, stderr } = await run(['check', ...noEngine]);
    expect([0, 1, 2, 3]).toContain(code);
    const word = ['ok', 'warning', 'critical', 'unknown'][code];
    expect(stdout).toMatch(new RegExp(`^. ${word}: .+\\n$`, 'u'));
    expect(stderr).toBe('');
  });

  it('doctor tells every source with the remedy', async () => {
    const { code, stdout } = await run(['doctor', '--json', ...noEngine]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { sources: readonly { source: string; hint: string | null; available: boolean }[] };
    expect(report.sources.map((one) => one.source)).toEqual(['host', 'containers', 'pods', 'services', 'processes', 'logs']);
    expect(report.sources[1]).toMatchObject({
      available: false,
      reason: expect.any(String),
      detail: expect.stringContaining('/nonexistent/logscope-test.sock'),
      hint: expect.any(String),
    });
    expect((await run(['doctor', ...noEngine])).stdout).toContain('containers');
  });

  it('snapshot for people has no escape sequence in a pipe', async () => {
    const { code, stdout } = await run(['snapshot', ...noEngine]);
    expect(code).toBe(0);
    expect(stdout).toContain('CPU');
    expect(stdout).not.toMatch(/\u001b/);
  });

  it.each([
    [['snapshot', '--jsno'], '(Did you mean --json?)'],
    [['chek'], '(Did you mean check?)'],
  ])('refuses %j with a suggestion and code 64', async (args, words) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
  });

  it('is quiet when the reader goes away', async () => {
    const child = spawn(process.execPath, [cli, 'snapshot', '--json', ...noEngine], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.runIf(process.platform === 'linux').each([
    ['snapshot', ['snapshot', '--json', ...noEngine], 1],
    ['check', ['check', ...noEngine], 3],
    ['errors', ['errors', '--json'], 1],
    ['redact', ['redact'], 1],
  ])('says so, and fails, when what %s prints does not fit on the disk', async (_, args, exitCode) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['pipe', full, 'pipe'] });
    closeSync(full);
    // A command that reads nothing may be gone before it is written to.
    child.stdin?.on('error', () => undefined).end('ERROR disk on fire\n');
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(exitCode);
    expect(stderr).toMatch(/^error: the output could not be written: .*ENOSPC/m);
  });

  it('ends on SIGINT in the middle with 130', async () => {
    const child = spawn(process.execPath, [cli, 'snapshot', '--json', ...noEngine], { stdio: ['ignore', 'pipe', 'pipe'] });
    const closed = once(child, 'close');
    const reads = (link: string) => readlinkSync(`/proc/${child.pid}/fd/${link}`) === '/proc/stat';
    await waitFor(() => readdirSync(`/proc/${child.pid}/fd`).some(reads), { timeoutMs: 10_000, what: 'the first sample', everyMs: 5 });
    child.kill('SIGINT');
    const [code] = await closed;
    expect(code).toBe(130);
  });
});
