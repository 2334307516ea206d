import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../../../src-main/cli/run';
import type { Finding } from '../../../../src-shared/judgement';
import { type Readings, type SourceId, sourceIds } from '../../../../src-shared/snapshots';
import { recordCli } from '../../../helpers/cli-deps';
import { createFakeCore } from '../../../helpers/web-fake-core';
import { absentReadings, busyReadings } from './snapshot-samples';

const app = { directory: '/nowhere', version: '1.2.3' };

function findingOf(level: Finding['level'], subject: string): Finding {
  const reason = { rule: 'container-exited', text: 'Exited with code 1', values: {} };
  return { key: subject, source: 'containers', subject, level, reason, holdMs: 0, place: { section: 'containers' }, sinceMs: null };
}

async function run(
  args: readonly string[],
  given: { readonly readings?: Readings; readonly findings?: readonly Finding[]; readonly break?: Error } = {},
) {
  const readings = given.readings ?? busyReadings;
  const core = createFakeCore((name, input) => {
    if (name === 'readings.refresh') {
      const { source } = input as { source: SourceId };
      return { ok: true, value: { source, reading: readings[source] } };
    }
    if (name === 'problems.current') return { ok: true, value: { level: 'ok', findings: given.findings ?? [] } };
    return { ok: true, value: null };
  });
  const waits: number[] = [];
  const cli = recordCli({
    createCore: () => (given.break ? Promise.reject(given.break) : Promise.resolve(core)),
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  });
  await runCommandLine(args, cli.deps, app);
  return { out: cli.printed(), notes: cli.noted(), code: cli.code(), core, waits };
}

describe('wrong usage ends with 64 and a suggestion', () => {
  it.each([
    [['snapshot', '--jsn'], '(Did you mean --json?)'],
    [['snaphot'], '(Did you mean snapshot?)'],
    [['snaphot', 'serve'], '(Did you mean snapshot?)'],
    [['check', '--exit'], "unknown option '--exit'"],
    [['check', 'now'], 'too many arguments'],
    [['--nope'], "unknown option '--nope'"],
    [['serve', '--port', '99999'], 'A port is a whole number from 0 to 65535.'],
    [['serve', '--port', '0x10'], 'A port is a whole number from 0 to 65535.'],
    [['serve', '--host', '0.0.0.0'], '--allow-remote'],
    [['serve', '--host', '127.evil.example'], '--allow-remote'],
    [['snapshot', '--engine'], 'argument missing'],
  ])('%j', async (args, words) => {
    const { out, notes, code, core } = await run(args);
    expect(notes).toContain(words);
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(core.requests).toEqual([]);
  });

  it('no command at all shows the help on stderr', async () => {
    const { out, notes, code } = await run([]);
    expect(notes).toContain('Usage: logscope');
    expect(out).toBe('');
    expect(code).toBe(64);
  });
});

describe('help and version', () => {
  it.each([
    [['--help']],
    [['snapshot', '--help']],
    [['doctor', '--help']],
    [['check', '--help']],
    [['serve', '--help']],
    [['help', 'serve']],
  ])('%j', async (args) => {
    const { out, notes, code } = await run(args);
    expect(out).toContain('Usage: logscope');
    expect(notes).toBe('');
    expect(code).toBe(0);
  });

  it('tells global flags in the help of a command', async () => {
    expect((await run(['serve', '--help'])).out).toContain('--engine <endpoint>');
  });

  it('--version is the version alone', async () => {
    expect(await run(['--version'])).toMatchObject({ out: '1.2.3\n', code: 0 });
  });
});

describe('check', () => {
  it.each([
    [[], 0, '● ok: nothing wrong\n'],
    [[findingOf('warning', 'web')], 1, '▲ warning: web: Exited with code 1\n'],
    [
      [findingOf('warning', 'web'), findingOf('critical', 'db\u001b[2J')],
      2,
      '✖ critical: db\\x1b[2J: Exited with code 1 · web: Exited with code 1\n',
    ],
  ] as const)('%#', async (findings, code, line) => {
    expect(await run(['check'], { findings })).toMatchObject({ out: line, code, notes: '' });
  });

  it('is unknown when a source failed and nothing worse is known', async () => {
    const { out, code } = await run(['check'], { readings: absentReadings });
    expect(code).toBe(3);
    expect(out).toMatch(/^\? unknown: host: could not be read: no answer\\x1b\[2J/);
  });

  it('says how many more there are', async () => {
    const { out } = await run(['check'], { findings: ['a', 'b', 'c', 'd', 'e'].map((name) => findingOf('critical', name)) });
    expect(out).toContain('and 2 more');
    expect(out.match(/\n/g)).toHaveLength(1);
  });

  it('gives the same as JSON', async () => {
    const { out, code } = await run(['check', '--json'], { findings: [findingOf('critical', 'db')] });
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      level: 'critical',
      problems: [{ level: 'critical', source: 'containers', subject: 'db', text: 'Exited with code 1' }],
    });
  });

  it('an unexpected error is told without the secrets that it quotes', async () => {
    const { notes } = await run(['check'], { break: new Error('connect amqp://me:hunter2hunter@mq/ refused') });
    expect(notes).toMatch(/^error: connect amqp:\/\/me:\[masked:url-password:\w{6}\]@mq\/ refused \(unexpected/);
  });

  it('an unexpected error is unknown, not warning', async () => {
    const { out, notes, code } = await run(['check'], { break: new Error('boom') });
    expect({ out, code }).toEqual({ out: '', code: 3 });
    expect(notes).toMatch(/^error: boom/);
  });
});

describe('snapshot', () => {
  it('pauses the cadence, reads every source twice and stops', async () => {
    const { out, core, code, waits } = await run(['snapshot', '--json'], { findings: [findingOf('warning', 'web')] });
    expect(code).toBe(0);
    expect(core.requests[0]).toMatchObject({ name: 'engine.pause', input: { paused: true }, caller: { actionsAllowed: false } });
    expect(core.requests.filter((one) => one.name === 'readings.refresh')).toHaveLength(2 * sourceIds.length);
    expect(waits).toEqual([1_050]);
    expect(core.stopCount()).toBe(1);
    const shot = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(shot)).toEqual(['schema', 'node', 'takenAtMs', 'level', 'readings']);
    expect(shot).toMatchObject({
      schema: 1,
      takenAtMs: 1_700_000_000_000,
      level: 'warning',
      readings: JSON.parse(JSON.stringify(busyReadings)),
    });
  });
});
