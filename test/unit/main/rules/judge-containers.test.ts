import { describe, expect, it } from 'vitest';
import { judgeContainers } from '../../../../src-main/rules/judge-containers';
import { defaultSettings } from '../../../../src-shared/settings';
import type { ContainerCrash, ContainerFacts } from '../../../../src-shared/snapshots';
import { containerFacts, exitedContainer, nowMs } from './sample-facts';

const engine = {
  id: 'unix:///run/docker.sock',
  endpoint: 'unix:///run/docker.sock',
  origin: 'default socket',
  state: 'ok',
  detail: null,
  hint: null,
  identity: null,
  coreCount: 4,
  diskUse: null,
} as const;

function judgeOne(container: ContainerFacts) {
  const facts = { engines: [engine], containers: [{ ...container, engineId: engine.id }] };
  const { snapshot, findings } = judgeContainers(facts, { nowMs, thresholds: defaultSettings.thresholds });
  const [judged] = snapshot.containers;
  if (judged === undefined) throw new Error('one in, one out');
  return { judged, findings };
}

function judge(container: ContainerFacts) {
  const { judged, findings } = judgeOne(container);
  return {
    level: judged.level,
    rules: judged.reasons.map((reason) => reason.rule.replace(/^container-/, '')),
    findings: findings.map((finding) => `${finding.level} ${finding.key}`),
  };
}

const crashes = (...secondsAgo: readonly number[]): readonly ContainerCrash[] =>
  secondsAgo.map((seconds) => ({ atMs: nowMs - seconds * 1000, exitCode: 9, oomKilled: false }));
const failed = 'critical containers/c1/failed';
const exitedOn = (rule: string, remedy: string) => ({ level: 'critical' as const, rules: [rule, remedy], findings: [failed] });

describe('judgeContainers', () => {
  it.each<[string, ContainerFacts, ReturnType<typeof judge>]>([
    ['running and calm', containerFacts(), { level: 'ok', rules: [], findings: [] }],
    ['exit 1 unasked', exitedContainer(), exitedOn('exited-error', 'remedy-logs')],
    ['exit 3', exitedContainer({ exitCode: 3 }), exitedOn('exited', 'remedy-logs')],
    ['exit 125', exitedContainer({ exitCode: 125 }), exitedOn('exited-not-created', 'remedy-options')],
    ['exit 126', exitedContainer({ exitCode: 126 }), exitedOn('exited-not-executable', 'remedy-permissions')],
    ['exit 127', exitedContainer({ exitCode: 127 }), exitedOn('exited-not-found', 'remedy-command')],
    ['exit 139', exitedContainer({ exitCode: 139 }), exitedOn('exited-segfault', 'remedy-native')],
    ['exit 141, a signal without words of its own', exitedContainer({ exitCode: 141 }), exitedOn('exited-signal', 'remedy-logs')],
    ['exit 255', exitedContainer({ exitCode: 255 }), exitedOn('exited-255', 'remedy-engine')],
    [
      '137 while watched, nobody asked',
      exitedContainer({ exitCode: 137, stopRequested: false }),
      exitedOn('exited-killed', 'remedy-killed'),
    ],
    ['137 before LogScope watched', exitedContainer({ exitCode: 137 }), exitedOn('exited-killed', 'remedy-killed-unseen')],
    ['137 at its own limit', exitedContainer({ exitCode: 137, oomKilled: true }), exitedOn('oom-killed', 'remedy-memory')],
    [
      '137 for want of memory without a limit',
      exitedContainer({ exitCode: 137, oomKilled: true, memoryLimited: false }),
      exitedOn('oom-killed-machine', 'remedy-machine-memory'),
    ],
    ['exit 0', exitedContainer({ exitCode: 0 }), { level: 'inactive', rules: ['finished'], findings: [] }],
    ['exit 130', exitedContainer({ exitCode: 130 }), { level: 'inactive', rules: ['interrupted'], findings: [] }],
    ['exit 143', exitedContainer({ exitCode: 143, stopRequested: false }), { level: 'inactive', rules: ['terminated'], findings: [] }],
    [
      'stopped on request',
      exitedContainer({ exitCode: 143, stopRequested: true }),
      { level: 'inactive', rules: ['stopped'], findings: [] },
    ],
    [
      'stopped on request, killed after the grace time',
      exitedContainer({ exitCode: 137, stopRequested: true }),
      { level: 'inactive', rules: ['stopped-killed'], findings: [] },
    ],
    [
      'stopped on request after one of its processes had been killed for memory',
      exitedContainer({ exitCode: 143, stopRequested: true, oomKilled: true }),
      { level: 'inactive', rules: ['stopped'], findings: [] },
    ],
    [
      'failed the day before yesterday',
      exitedContainer({ finishedAtMs: nowMs - 48 * 3_600_000 }),
      { level: 'inactive', rules: ['exited-error', 'remedy-logs'], findings: [] },
    ],
    [
      'unhealthy without a word',
      containerFacts({ health: 'unhealthy' }),
      { level: 'critical', rules: ['unhealthy'], findings: ['critical containers/c1/unhealthy'] },
    ],
    [
      'unhealthy with the output of the probe',
      containerFacts({ health: 'unhealthy', lastProbe: { exitCode: 1, output: '\n refused \nmore', endedAtMs: null, failingStreak: 3 } }),
      { level: 'critical', rules: ['unhealthy-output'], findings: ['critical containers/c1/unhealthy'] },
    ],
    [
      'restarting once, the crash not seen',
      containerFacts({ state: 'restarting', restartCount: 1 }),
      { level: 'warning', rules: ['restarting'], findings: ['warning containers/c1/failed'] },
    ],
    [
      'crashed once and was restarted',
      containerFacts({ restartCount: 1, recentCrashes: crashes(30) }),
      { level: 'warning', rules: ['crashed', 'exited', 'remedy-logs'], findings: ['warning containers/c1/failed'] },
    ],
    [
      'crash loop before the clock was set back by nine hours',
      containerFacts({ restartCount: 4, recentCrashes: crashes(-32_395, -32_340, -32_300), startedAtMs: nowMs + 32_398_000 }),
      { level: 'ok', rules: [], findings: [] },
    ],
    [
      'crash loop that is told by an engine a little ahead',
      containerFacts({ restartCount: 4, recentCrashes: crashes(-5, 40, 80), startedAtMs: nowMs + 7000 }),
      { level: 'critical', rules: ['crash-loop-seen', 'exited', 'remedy-logs'], findings: [failed] },
    ],
    [
      'crash loop, up at this moment',
      containerFacts({ restartCount: 4, recentCrashes: crashes(5, 60, 100), startedAtMs: nowMs - 2000 }),
      { level: 'critical', rules: ['crash-loop-seen', 'exited', 'remedy-logs'], findings: [failed] },
    ],
    [
      'crash loop, restarting at this moment: the same',
      containerFacts({ state: 'restarting', restartCount: 4, recentCrashes: crashes(0, 60, 100), exitCode: 9 }),
      { level: 'critical', rules: ['crash-loop-seen', 'exited', 'remedy-logs'], findings: [failed] },
    ],
    [
      'crash loop that began before LogScope watched',
      containerFacts({ restartCount: 4, startedAtMs: nowMs - 2000 }),
      { level: 'critical', rules: ['crash-loop'], findings: [failed] },
    ],
    [
      'crash loop given up by its restart policy',
      exitedContainer({ restartCount: 3, exitCode: 9, recentCrashes: crashes(5, 6, 8), stopRequested: false }),
      { level: 'critical', rules: ['crash-loop-over', 'exited', 'remedy-logs'], findings: [failed] },
    ],
    [
      'started again by hand a moment ago after three crashes: still told',
      containerFacts({ recentCrashes: crashes(10, 60, 100), startedAtMs: nowMs - 5000 }),
      { level: 'critical', rules: ['crash-loop-seen', 'exited', 'remedy-logs'], findings: [failed] },
    ],
    [
      'started again by hand and running since two minutes: forgiven',
      containerFacts({ recentCrashes: crashes(130, 160, 200), startedAtMs: nowMs - 120_000 }),
      { level: 'ok', rules: [], findings: [] },
    ],
    [
      'restarted often, but long ago',
      containerFacts({ restartCount: 4, recentCrashes: crashes(900, 1000, 1100) }),
      { level: 'ok', rules: [], findings: [] },
    ],
    ['paused', containerFacts({ state: 'paused' }), { level: 'warning', rules: ['paused'], findings: [] }],
    ['dead', exitedContainer({ state: 'dead' }), { level: 'critical', rules: ['dead'], findings: ['critical containers/c1/dead'] }],
    [
      'created, never started',
      containerFacts({ state: 'created', startedAtMs: null, cpuCores: null }),
      { level: 'inactive', rules: ['never-started'], findings: [] },
    ],
    [
      'created, the engine could not start it',
      containerFacts({ state: 'created', startedAtMs: null, cpuCores: null, exitCode: 127, createdAtMs: nowMs - 1000 }),
      { level: 'warning', rules: ['not-started', 'remedy-command'], findings: ['warning containers/c1/failed'] },
    ],
    [
      'memory at its limit',
      containerFacts({ memoryUsedBytes: 960 }),
      { level: 'critical', rules: ['memory-high'], findings: ['critical containers/c1/memory'] },
    ],
    [
      'memory full in five minutes',
      containerFacts({ memoryUsedBytes: 700, memoryGrowthBytesPerSecond: 1 }),
      { level: 'warning', rules: ['memory-forecast'], findings: ['warning containers/c1/memory'] },
    ],
    [
      'memory grows, but there is much room',
      containerFacts({ memoryUsedBytes: 400, memoryGrowthBytesPerSecond: 10 }),
      { level: 'ok', rules: [], findings: [] },
    ],
    [
      'memory grows slowly',
      containerFacts({ memoryUsedBytes: 700, memoryGrowthBytesPerSecond: 0.1 }),
      { level: 'ok', rules: [], findings: [] },
    ],
    [
      'memory grows without a limit of its own',
      containerFacts({ memoryUsedBytes: 700, memoryGrowthBytesPerSecond: 10, memoryLimited: false }),
      { level: 'ok', rules: [], findings: [] },
    ],
    ['busy: red bar, no finding', containerFacts({ cpuCores: 1.9 }), { level: 'critical', rules: ['cpu-high'], findings: [] }],
    [
      'newer things are notes',
      containerFacts({
        newerThings: [
          { kind: 'image', name: 'api:1', changedAtMs: nowMs },
          { kind: 'compose-file', name: '/srv/compose.yaml', changedAtMs: nowMs },
          { kind: 'mounted-file', name: '/srv/app.js', changedAtMs: nowMs },
        ],
      }),
      { level: 'ok', rules: ['newer-image', 'newer-compose', 'newer-file'], findings: [] },
    ],
    [
      'no figures yet: the state decides',
      containerFacts({ cpuCores: null, memoryUsedBytes: null }),
      { level: 'ok', rules: [], findings: [] },
    ],
  ])('%s', (_name, facts, expected) => {
    expect(judge(facts)).toEqual(expected);
  });

  it('says the reasons in English with their values', () => {
    const { judged } = judgeOne(exitedContainer({ exitCode: 137, oomKilled: true, memoryLimitBytes: 32 * 1024 * 1024 }));
    expect(judged.reasons.map(({ text }) => text)).toEqual([
      'Killed: out of memory (code 137)',
      'Raise its limit of 32 MB, or find what fills it.',
    ]);
  });

  it('says what the probe said, its first line and no more than fits', () => {
    const probe = { exitCode: 1, output: `\n  ${'x'.repeat(500)}\nsecond`, endedAtMs: null, failingStreak: 3 };
    const { findings } = judgeOne(containerFacts({ health: 'unhealthy', lastProbe: probe }));
    expect(findings[0]?.reason.text).toBe(`Health check fails: ${'x'.repeat(160)}…`);
  });

  it('tells a loop of out-of-memory kills as such', () => {
    const recentCrashes = crashes(1, 20, 40).map((crash) => ({ ...crash, exitCode: 137, oomKilled: true }));
    const { findings } = judgeOne(containerFacts({ restartCount: 3, recentCrashes }));
    expect(findings.map(({ reason }) => reason.text)).toEqual(['Keeps running out of memory: 3 times within 10 min']);
  });

  it('gives both scales of CPU and the time to the limit', () => {
    const { judged } = judgeOne(containerFacts({ cpuCores: 1, memoryUsedBytes: 400, memoryGrowthBytesPerSecond: 2 }));
    expect(judged).toMatchObject({ cpuBusyRatio: 0.5, cpuHostRatio: 0.25, memoryFullInSeconds: 300 });
    expect(judgeOne(containerFacts({ memoryGrowthBytesPerSecond: -2 })).judged.memoryFullInSeconds).toBeNull();
  });

  it('keeps one alert for a container that ends, restarts and loops', () => {
    const life = [
      exitedContainer({ stopRequested: false }),
      containerFacts({ state: 'restarting', restartCount: 1, recentCrashes: crashes(1) }),
      containerFacts({ restartCount: 3, recentCrashes: crashes(1, 2, 3) }),
      exitedContainer({ stopRequested: false, restartCount: 3, recentCrashes: crashes(1, 2, 3) }),
    ];
    expect(new Set(life.flatMap((facts) => judgeOne(facts).findings.map(({ key }) => key)))).toEqual(new Set(['containers/c1/failed']));
  });
});
