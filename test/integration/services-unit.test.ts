import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SystemdContainer } from '../../scripts/parts/systemd-container.mjs';
import type { ActionResult, ServiceAction, ServiceExplanation } from '../../src-shared/contract';
import { bundleEntry } from '../helpers/bundle-entry';
import { openSystemdMachines, type SystemdMachines } from '../helpers/systemd-machine';
import { installUnits, serviceFile, unitProperty } from '../helpers/systemd-units';
import { waitFor } from '../helpers/wait-for';

const shell = (script: string) => `ExecStart=/bin/sh -c '${script}'`;
const units = {
  'lg-failed.service': `${serviceFile(
    [shell('echo going down; printf "\\\\033[31mred\\\\033[0m\\\\n"; exit 3')],
    ['Documentation=man:sh(1) https://example.org/lg', 'Wants=lg-exec.service', 'After=lg-exec.service'],
  )}[Install]\nWantedBy=multi-user.target\n`,
  'lg-exec.service': serviceFile(['ExecStart=/nonexistent/program --flag']),
  'lg-user.service': serviceFile(['User=nobody-here', 'ExecStart=/bin/true']),
  'lg-sandbox.service': serviceFile(['ReadWritePaths=/not/there', 'ProtectSystem=strict', 'ExecStart=/bin/true']),
  'lg-folder.service': serviceFile(['WorkingDirectory=/not/there', 'ExecStart=/bin/true']),
  'lg-needs.service': serviceFile([shell('exec sleep 1000')], ['Requires=lg-job.service', 'After=lg-job.service']),
  'lg-limit.service': serviceFile([shell('exit 1'), 'Restart=on-failure', 'RestartSec=100ms'], ['StartLimitBurst=2']),
  'lg-loop.service': serviceFile([shell('exit 1'), 'Restart=always', 'RestartSec=300'], ['StartLimitIntervalSec=0']),
  'lg-late.service': serviceFile(['Type=notify', 'ExecStart=/bin/sleep 60', 'TimeoutStartSec=1']),
  'lg-dog.service': serviceFile(['ExecStart=/bin/sleep 60', 'WatchdogSec=1']),
  'lg-crash.service': serviceFile([shell('kill -SEGV $$$$')]),
  'lg-pre.service': serviceFile(['ExecStartPre=/bin/sh -c "exit 9"', 'ExecStart=/bin/true']),
  'lg-skipped.service': `${serviceFile(['ExecStart=/bin/true'], ['ConditionPathExists=/not/there'])}[Install]\nWantedBy=multi-user.target\n`,
  'lg-bad.service': serviceFile(['ExecStart=relative/path']),
  'lg-job.service': serviceFile(['Type=oneshot', shell('echo job ran; exit 7')]),
  'lg-job.timer': '[Timer]\nOnActiveSec=100ms\nOnCalendar=daily\nAccuracySec=10ms\n',
  'lg-echo.socket': '[Socket]\nListenStream=127.0.0.1:7007\nAccept=yes\n',
  'lg-echo@.service': serviceFile(['ExecStart=-/bin/cat', 'StandardInput=socket']),
  'lg-running.service': serviceFile([shell('exec sleep 100000')]),
};

let machines: SystemdMachines | null = null;
let machine: SystemdContainer | null = null;
let missing = '';
const scriptInside = '/asker/services-asker.mjs';

beforeAll(async () => {
  const opened = await openSystemdMachines();
  if ('unavailable' in opened) {
    missing = opened.unavailable;
    console.warn(`SKIPPED: units of a real systemd explained and acted on: ${missing}`);
    return;
  }
  machines = opened;
  const script = await bundleEntry('test/integration/services-asker.ts', 'services-asker');
  machine = await opened.boot({ mode: 'memory', mounts: [[dirname(script), dirname(scriptInside)]] });
  await installUnits(machine, units);
  await machine.exec(['systemctl', 'enable', 'lg-failed.service', 'lg-skipped.service']);
  await machine.exec(['systemctl', 'mask', 'lg-masked.service']);
  const started = Object.keys(units).filter((name) => !/lg-(job|needs|echo@|bad)\S*\.service/.test(name));
  await machine.exec(['systemctl', 'start', '--no-block', ...started]);
  const inside = machine;
  const settled = {
    'lg-late.service': 'timeout',
    'lg-dog.service': 'watchdog',
    'lg-job.service': 'exit-code',
    'lg-failed.service': 'exit-code',
  };
  for (const [unit, result] of Object.entries(settled)) {
    await waitFor(async () => (await unitProperty(inside, unit, 'Result')) === result, {
      timeoutMs: 20_000,
      what: `${unit} to be ${result}`,
    });
  }
  await waitFor(async () => (await unitProperty(inside, 'lg-limit.service', 'ActiveState')) === 'failed', {
    timeoutMs: 10_000,
    what: 'the limit',
  });
}, 120_000);

afterAll(() => machines?.stop());

interface Answers<T> {
  readonly answers: readonly T[];
  readonly attempts: readonly unknown[];
}

async function ask<T>(questions: readonly unknown[], asWhom: readonly string[] = []): Promise<Answers<T>> {
  if (machine === null) throw new Error(missing);
  const result = await machine.exec([...asWhom, 'node', scriptInside, JSON.stringify(questions)], { timeoutMs: 60_000 });
  if (result.exitCode !== 0) throw new Error(`the asker failed: ${result.stderr}`);
  return JSON.parse(result.stdout) as Answers<T>;
}

const nobody = ['runuser', '-u', 'nobody', '--'];
const explainAll = async (names: readonly string[], asWhom?: readonly string[]) =>
  (
    await ask<ServiceExplanation>(
      names.map((unit) => ({ explain: { unit, scope: 'system' } })),
      asWhom,
    )
  ).answers;
const texts = ({ sentences }: ServiceExplanation) => sentences.map(({ text }) => text);

describe('one unit of a real systemd on a card', () => {
  test('a failed unit: what it is, why it failed, its needs, and its journal', async (context) => {
    if (machine === null) return context.skip(missing);
    const [card] = await explainAll(['lg-failed.service']);
    expect(card).toMatchObject({
      unit: 'lg-failed.service',
      description: 'LogScope test',
      documentation: ['man:sh(1)', 'https://example.org/lg'],
      unitFile: '/etc/systemd/system/lg-failed.service',
      unitFileState: 'enabled',
      restartPolicy: 'no',
      nextStartAtMs: null,
      neededBy: ['multi-user.target'],
      needs: ['lg-exec.service'],
      triggeredBy: [],
      journalUnreadable: null,
    });
    expect(card?.command).toMatch(/^\/bin\/sh -c echo going down; /);
    expect(card === undefined ? [] : texts(card)).toEqual([
      'Its main process ended with exit code 3',
      'It needs lg-exec.service, which failed',
      'Nothing restarts it by itself (Restart=no)',
    ]);
    const lines = card?.lastLines ?? [];
    expect(lines.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['going down', '\u001b[31mred\u001b[0m', "lg-failed.service: Failed with result 'exit-code'."]),
    );
    expect(lines.at(-1)?.priority).toBe(4);
    const ran = Date.parse(`${(await unitProperty(machine, 'lg-failed.service', 'StateChangeTimestamp')).slice(4, 23).replace(' ', 'T')}Z`);
    expect(Math.abs((lines.at(-1)?.atMs ?? 0) - ran)).toBeLessThan(2_000);
  });

  test('every way to fail, in words', async (context) => {
    if (machine === null) return context.skip(missing);
    const expected = {
      'lg-exec.service': '/nonexistent/program could not be started: it does not exist or may not be executed (203/EXEC)',
      'lg-user.service': 'The user it should run as does not exist (217/USER)',
      'lg-sandbox.service':
        'Its sandbox could not be set up: a path in its unit file does not exist, or the kernel refused (226/NAMESPACE)',
      'lg-folder.service': 'Its working directory does not exist or may not be entered (200/CHDIR)',
      'lg-late.service': 'It did not start or stop in time and was ended (it has 1 s to start)',
      'lg-dog.service': 'It stopped answering its watchdog and was ended by SIGABRT',
      'lg-crash.service': 'Its main process crashed (SIGSEGV)',
      'lg-pre.service': 'Its ExecStartPre command /bin/sh ended with 9',
      'lg-limit.service': 'Its main process ended with exit code 1',
      'lg-loop.service': 'Its main process ended with exit code 1',
      'lg-masked.service': 'It is masked: nothing can start it until it is unmasked',
      'lg-missing.service': 'There is no unit file for lg-missing.service',
      'lg-bad.service': 'systemd cannot use its unit file: Unit lg-bad.service has a bad unit file setting.',
    };
    const cards = await explainAll(Object.keys(expected));
    expect(Object.fromEntries(cards.map((card) => [card.unit, texts(card)[0]]))).toEqual(expected);
    const limit = cards.find((card) => card.unit === 'lg-limit.service');
    expect(limit === undefined ? [] : texts(limit)).toContain(
      'systemd gave up: 2 starts within 10 s are its limit. It stays down until someone starts it',
    );
    const loop = cards.find((card) => card.unit === 'lg-loop.service');
    expect(loop === undefined ? [] : texts(loop)).toContain('systemd starts it again 300 s after each end');
    const since = Date.parse(`${(await unitProperty(machine, 'lg-loop.service', 'StateChangeTimestamp')).slice(4, 23).replace(' ', 'T')}Z`);
    expect(loop?.nextStartAtMs).toBe(since + 300_000);
  });

  test('skipped, started by a timer, a socket, and one that runs', async (context) => {
    if (machine === null) return context.skip(missing);
    const [skipped, job, timer, socket, running] = await explainAll([
      'lg-skipped.service',
      'lg-job.service',
      'lg-job.timer',
      'lg-echo.socket',
      'lg-running.service',
    ]);
    expect(skipped === undefined ? [] : texts(skipped)).toEqual([
      'It does not run',
      'It was skipped: a Condition of its unit file was not met',
    ]);
    expect(job === undefined ? [] : texts(job)).toEqual(['Its main process ended with exit code 7', 'lg-job.timer starts it']);
    expect(job?.triggeredBy).toEqual(['lg-job.timer']);
    const midnight = new Date().setUTCHours(24, 0, 0, 0);
    expect(job?.nextStartAtMs).toBe(midnight);
    expect(timer === undefined ? [] : texts(timer)).toEqual(['It waits for its next run']);
    expect(socket === undefined ? [] : texts(socket)).toEqual(['It listens; what it starts comes with the first connection']);
    expect(running === undefined ? [] : texts(running)).toEqual([
      `It runs, with process ${await unitProperty(machine, 'lg-running.service', 'MainPID')} as its main one`,
    ]);
  });

  test('somebody without the group gets the card without the journal, and why', async (context) => {
    if (machine === null) return context.skip(missing);
    const [card] = await explainAll(['lg-failed.service'], nobody);
    expect(card?.lastLines).toEqual([]);
    expect(card?.journalUnreadable).toBe('No permission to read the journal. Join the systemd-journal or adm group to read it.');
    expect(card === undefined ? [] : texts(card)).toContain('Its main process ended with exit code 3');
  });
});

describe('actions on units of a real systemd', () => {
  const act = (unit: string, action: ServiceAction) => ({ act: { unit, scope: 'system', action } });
  const acts = async (questions: readonly unknown[], asWhom?: readonly string[]) => ask<ActionResult>(questions, asWhom);

  test('stop, start and restart do what they say, and the outcome is what systemd shows', async (context) => {
    if (machine === null) return context.skip(missing);
    const state = (name: string) => (machine === null ? '' : unitProperty(machine, 'lg-running.service', name));
    const before = await state('MainPID');
    const stopped = await acts([act('lg-running.service', 'stop')]);
    expect(stopped.answers).toMatchObject([{ outcome: 'done', text: 'lg-running.service is inactive (dead).' }]);
    expect(stopped.attempts).toEqual([
      ['act on service', { unit: 'lg-running.service', scope: 'system', action: 'stop', outcome: 'done' }],
    ]);
    expect(await state('ActiveState')).toBe('inactive');
    expect((await acts([act('lg-running', 'start')])).answers).toMatchObject([
      { outcome: 'done', text: 'lg-running is active (running).' },
    ]);
    const started = await state('MainPID');
    expect(started).not.toBe(before);
    expect((await acts([act('lg-running.service', 'restart')])).answers[0]?.outcome).toBe('done');
    expect(await state('MainPID')).not.toBe(started);
  });

  test('what does not come up is told with its cause, also where systemctl itself reports success', async (context) => {
    if (machine === null) return context.skip(missing);
    const { answers } = await acts([
      act('lg-exec.service', 'start'),
      act('lg-job.service', 'start'),
      act('lg-needs.service', 'start'),
      act('lg-skipped.service', 'start'),
      act('lg-masked.service', 'start'),
      act('lg-bad.service', 'start'),
      act('lg-missing.service', 'start'),
      act('lg-missing.service', 'stop'),
    ]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'refused', 'refused', 'refused', 'gone', 'gone']);
    expect(answers[0]?.text).toMatch(
      /^lg-exec\.service is failed \(failed\)\. \/nonexistent\/program could not be started: .*\(203\/EXEC\)\./,
    );
    expect(answers[1]?.text).toMatch(/^Job for lg-job\.service failed because .* Its main process ended with exit code 7\./);
    expect(answers[2]?.text).toMatch(/dependency.* It needs lg-job\.service, which failed$/);
    expect(answers[3]?.text).toContain('a Condition of its unit file was not met');
    expect(answers[4]?.text).toBe('Failed to start lg-masked.service: Unit lg-masked.service is masked.');
  });

  test('an unprivileged user is denied, told what to type, and nothing happened', async (context) => {
    if (machine === null) return context.skip(missing);
    const before = await unitProperty(machine, 'lg-running.service', 'MainPID');
    const { answers, attempts } = await acts([act('lg-running.service', 'restart')], nobody);
    expect(answers).toMatchObject([
      {
        outcome: 'permission-denied',
        text: expect.stringMatching(/Access denied\. To do it in a terminal: sudo systemctl restart lg-running\.service$/),
      },
    ]);
    expect(attempts).toHaveLength(1);
    expect(await unitProperty(machine, 'lg-running.service', 'MainPID')).toBe(before);
  });
});
