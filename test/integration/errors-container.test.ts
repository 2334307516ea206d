import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NoDockerEngine, startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { waitFor } from '../helpers/wait-for';
import { builtFile } from '../helpers/web-built';

/** `logscope errors --container` against a real engine: what it prints is the same whichever way the lines are read. */
let cli: string;
let engine: TestDockerEngine | NoDockerEngine;

beforeAll(async () => {
  cli = await builtFile('main', 'cli.js');
  engine = await startDockerEngine('shared');
}, 180_000);
afterAll(async () => {
  if ('stop' in engine) await engine.stop();
});

function realEngine(): TestDockerEngine {
  if ('unavailable' in engine) throw new Error(engine.unavailable);
  return engine;
}

/** Runs until the command ends; `onStdout` is told all of its output so far. */
async function errors(args: readonly string[], onStdout: (text: string) => void = () => undefined) {
  const child = spawn(process.execPath, [cli, 'errors', '--engine', realEngine().endpoint, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onStdout(stdout);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

/** 3,000 lines on two streams; an error in a hundred, one of them in 40,000 bytes, one behind a piece of a line that is never ended. */
const script = `
at=0
long=$(head -c 40000 /dev/zero | tr '\\0' 'x')
while [ $at -lt 3000 ]; do
  at=$((at+1))
  case $at in
    *50) echo "ERROR request $at failed" >&2;;
    1201) echo "it failed: $long, at the end";;
    1202) echo "all is well: $long";;
    *) echo "level=info msg=\\"request $at took 3 ms, 0 errors\\"";;
  esac
done
printf 'fatal: it ends here'`;
const expected = [
  ...Array.from({ length: 30 }, (_, at) => `ERROR request ${at * 100 + 50} failed`),
  `it failed: ${'x'.repeat(40_000)}, at the end`,
  'fatal: it ends here',
].sort();

const drivers: readonly (readonly [name: string, options: readonly string[]])[] = [
  ['a file that is read', ['--log-driver', 'json-file']],
  ['files that are rotated', ['--log-driver', 'json-file', '--log-opt', 'max-size=2m', '--log-opt', 'max-file=5']],
  ['a log that only the engine reads', ['--log-driver', 'local']],
];

describe('errors --container', () => {
  it.each(drivers)('prints what is kept of a container that has ended: %s', async (_, options) => {
    const id = await realEngine().run(options, 'sh', '-c', script);
    await realEngine().docker('wait', id);
    const { code, stdout, stderr } = await errors(['--container', id.slice(0, 12), '--json']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    expect({ code, stderr, texts: lines.map(({ text }) => text).sort() }).toEqual({ code: 0, stderr: '', texts: expected });
    expect(lines.find(({ text }) => text === 'ERROR request 50 failed')).toEqual({
      atMs: expect.any(Number),
      level: 'error',
      reason: 'The line states its level: ERROR',
      text: 'ERROR request 50 failed',
    });
  });

  it.each(drivers)('follows a container until it stops: %s', async (_, options) => {
    // The engine itself (20.10, `docker logs -f`) gives the unfinished last line of its local driver in one run of three only.
    const ending = options.includes('local') ? 'echo' : ':';
    // It waits for a signal, so that following has begun before the first of its lines.
    const id = await realEngine().run(
      options,
      'sh',
      '-c',
      `trap 'go=1' USR1; echo "FATAL up"; while [ -z "$go" ]; do usleep 20000; done; ${script}; ${ending}`,
    );
    let isSeen = false;
    const { code, stdout, stderr } = await errors(['--container', id, '--follow'], (text) => {
      if (isSeen || !text.includes('FATAL up')) return;
      isSeen = true;
      void realEngine().docker('kill', '--signal', 'USR1', id);
    });
    const lines = stdout.trimEnd().split('\n').sort();
    expect({ code, stderr, lines }).toEqual({ code: 0, stderr: '', lines: [...expected, 'FATAL up'].sort() });
  });

  it.each(drivers)('tells only what is new where that is wanted: %s', async (_, options) => {
    const id = await realEngine().run(options, 'sh', '-c', 'echo "ERROR old"; while :; do usleep 100000; echo "ERROR new"; done');
    await waitFor(async () => (await realEngine().docker('logs', id)).stdout.includes('ERROR new'), {
      timeoutMs: 10_000,
      what: 'the first new line',
    });
    const { code, stdout } = await errors(['--container', id, '--new'], (text) => {
      if (text.includes('ERROR new')) void realEngine().docker('kill', id);
    });
    expect({ code, kinds: [...new Set(stdout.trimEnd().split('\n'))] }).toEqual({ code: 0, kinds: ['ERROR new'] });
  });

  it('takes the lines of a terminal apart as well', async () => {
    const id = await realEngine().run(['--tty'], 'sh', '-c', 'echo ok; echo "ERROR in colour"; sleep 0.2');
    await realEngine().docker('wait', id);
    expect(await errors(['--container', id])).toEqual({ code: 0, stdout: 'ERROR in colour\n', stderr: '' });
  });

  it('names the containers there are when there is none of that name', async () => {
    const name = `errors-test-${process.pid}`;
    await realEngine().run(['--name', name], 'true');
    const { code, stdout, stderr } = await errors(['--container', 'no-such-thing']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('error: there is no container "no-such-thing"');
    expect(stderr).toContain(name);
  });
});
