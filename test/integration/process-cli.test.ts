import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { pidOf, startVictim } from '../helpers/victim-processes';
import { waitFor } from '../helpers/wait-for';
import { builtFile } from '../helpers/web-built';
import { openSession, post } from '../helpers/web-requests';
import { startServing } from '../helpers/web-serve';

/** The built command line as a process: what other programs rely on. */
let cli: string;
const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/process-cli: evidence is read from /proc');

beforeAll(async () => {
  cli = await builtFile('main', 'cli.js');
}, 180_000);

function run(args: readonly string[]) {
  return new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const all = [cli, ...args, '--engine', 'unix:///nonexistent/logscope-test.sock'];
    execFile(process.execPath, all, { timeout: 60_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
  });
}

const reportKeys = ['pid', 'name', 'exe', 'role', 'axes', 'level', 'evidenceRatio', 'reasons', 'killClass', 'comesBack'];

test.skipIf(!linux)('explain --json of a stranger: closely looked at, with reasons, as promised', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logscope-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const exe = join(folder, 'stranger');
  copyFileSync('/bin/sleep', exe);
  chmodSync(exe, 0o755);
  const child = await startVictim(exe, ['1000']);
  const { code, stdout, stderr } = await run(['explain', String(pidOf(child)), '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const report = JSON.parse(stdout) as Record<string, unknown> & { readonly reasons: readonly { readonly axis: string }[] };
  expect(Object.keys(report)).toEqual(reportKeys);
  expect(report).toMatchObject({
    pid: child.pid,
    name: 'stranger',
    exe,
    role: { text: expect.stringMatching(/.+/), layer: expect.any(String) },
    axes: { threat: expect.any(Number), exposure: expect.any(Number), health: expect.any(Number) },
    level: expect.stringMatching(/^(ordinary|notice|suspicious|high)$/),
    killClass: expect.stringMatching(/^K[0-4]$/),
    comesBack: null,
  });
  expect(report.evidenceRatio).toBeGreaterThan(0.9);
  expect(report.reasons.map(({ axis }) => axis)).toContain('threat');
});

test.skipIf(!linux)('a one-shot command goes by what a person said in the window', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'logscope-cli-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const exe = join(directory, 'stranger');
  copyFileSync('/bin/sleep', exe);
  chmodSync(exe, 0o755);
  const child = await startVictim(exe, ['1000']);
  const explain = async () => {
    const { stdout } = await run(['explain', String(pidOf(child)), '--json', '--data-directory', directory]);
    const { role, reasons } = JSON.parse(stdout) as { role: { text: string; layer: string }; reasons: readonly { rule: string }[] };
    return { role, rules: reasons.map(({ rule }) => rule) };
  };
  const before = await explain();
  expect(before.rules).toContain('risk-exe-temporary');
  const server = await startServing(['--allow-actions', '--data-directory', directory]);
  onTestFinished(async () => void (await server.stop()));
  const draft = { exe, name: 'stranger', role: 'Waits for the night shift', verdict: 'expected', expectedRules: ['risk-exe-temporary'] };
  const cookie = await openSession(server.port, server.token);
  expect((await post(server.port, '/api/policies.save', draft, { cookie })).status).toBe(200);
  const copy = join(directory, 'policies.json');
  await waitFor(() => existsSync(copy) && readFileSync(copy, 'utf8').includes('night shift'), { timeoutMs: 5_000, what: 'the copy' });
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const after = await explain();
  expect(after.role).toEqual({ text: 'Waits for the night shift', layer: 'policy' });
  expect(after.rules).not.toContain('risk-exe-temporary');
});

test.skipIf(!linux)('processes --json: everything was looked at, and this process stands there with its figures', async () => {
  const { code, stdout } = await run(['processes', '--json']);
  expect(code).toBe(0);
  const report = JSON.parse(stdout) as {
    readonly totalCount: number;
    readonly evidencePendingCount: number;
    readonly processes: readonly (Record<string, unknown> & { readonly pid: number; readonly score: number })[];
  };
  // Others may have started while the second sample for the rates was waited for.
  expect(report.evidencePendingCount).toBeLessThanOrEqual(report.totalCount * 0.1);
  expect(report.processes).toHaveLength(report.totalCount);
  const own = report.processes.find(({ pid }) => pid === process.pid);
  expect(own).toMatchObject({
    exe: process.execPath,
    killClass: expect.any(String),
    cpuCores: expect.any(Number),
    memoryBytes: expect.any(Number),
  });
  for (const row of report.processes)
    expect(Object.keys(row)).toEqual([...reportKeys, 'score', 'user', 'cpuCores', 'memoryBytes', 'listening']);
  const few = JSON.parse((await run(['processes', '--json', '--risk-min', '20', '--filter', 'user:root'])).stdout) as typeof report;
  for (const { score } of few.processes) expect(score).toBeGreaterThanOrEqual(20);
});

test.skipIf(!linux)('explain of nobody is one clear line and code 1', async () => {
  const { code, stdout, stderr } = await run(['explain', '4194305', '--json']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe('error: there is no process with the number 4194305 (any more).\n');
});

test.skipIf(!linux)('no answer of a command holds a secret that stands on a command line', async () => {
  const script = 'console.log("ready"); setTimeout(() => {}, 60_000)';
  const child = await startVictim(process.execPath, ['-e', script, 'x', '--db-password', 'hunter2hunter', 'amqp://me:hunter2hunter@mq/']);
  const asked = [
    ['snapshot', '--json'],
    ['processes', '--json'],
    ['explain', String(pidOf(child)), '--json'],
    ['check', '--json'],
    ['snapshot'],
  ];
  const answers = await Promise.all(asked.map(run));
  for (const [index, { stdout, stderr }] of answers.entries()) {
    const asking = asked[index]?.join(' ');
    expect(stdout.length, asking).toBeGreaterThan(10);
    expect(stdout + stderr, asking).not.toContain('hunter2');
  }
  expect(answers[0]?.stdout).toContain('--db-password [masked:password:');
});
