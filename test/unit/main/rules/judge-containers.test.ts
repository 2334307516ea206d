import { describe, expect, it } from 'vitest';
import { judgeContainers } from '../../../../src-main/rules/judge-containers';
import { defaultSettings } from '../../../../src-shared/settings';
import type { ContainerFacts } from '../../../../src-shared/snapshots';
import { containerFacts, engineState, exitedContainer, nowMs } from './sample-facts';

function judge(container: ContainerFacts) {
  const { snapshot, findings } = judgeContainers(
    { engines: [engineState()], containers: [container] },
    { nowMs, thresholds: defaultSettings.thresholds },
  );
  const [judged] = snapshot.containers;
  return {
    level: judged?.level,
    rules: judged?.reasons.map((reason) => reason.rule),
    findings: findings.map((finding) => `${finding.level} ${finding.key}`),
  };
}

describe('judgeContainers', () => {
  it.each<[string, ContainerFacts, ReturnType<typeof judge>]>([
    ['running and calm', containerFacts(), { level: 'ok', rules: [], findings: [] }],
    [
      'exit 1 unasked',
      exitedContainer(),
      { level: 'critical', rules: ['container-exited'], findings: ['critical containers/c1/container-exited'] },
    ],
    ['exit 0', exitedContainer({ exitCode: 0 }), { level: 'inactive', rules: ['container-finished'], findings: [] }],
    [
      'stopped on request, killed after the grace time',
      exitedContainer({ exitCode: 137, stopRequested: true }),
      { level: 'inactive', rules: ['container-stopped'], findings: [] },
    ],
    [
      'SIGTERM before LogScope watched',
      exitedContainer({ exitCode: 143 }),
      { level: 'inactive', rules: ['container-stopped'], findings: [] },
    ],
    [
      'out of memory',
      exitedContainer({ exitCode: 137, oomKilled: true }),
      { level: 'critical', rules: ['container-oom-killed'], findings: ['critical containers/c1/container-oom-killed'] },
    ],
    [
      'killed by somebody (137, no stop seen)',
      exitedContainer({ exitCode: 137 }),
      { level: 'critical', rules: ['container-exited'], findings: ['critical containers/c1/container-exited'] },
    ],
    [
      'failed the day before yesterday',
      exitedContainer({ finishedAtMs: nowMs - 48 * 3_600_000 }),
      { level: 'inactive', rules: ['container-exited'], findings: [] },
    ],
    [
      'unhealthy',
      containerFacts({ health: 'unhealthy' }),
      { level: 'critical', rules: ['container-unhealthy'], findings: ['critical containers/c1/container-unhealthy'] },
    ],
    [
      'restarting once',
      containerFacts({ state: 'restarting', restartCount: 1 }),
      { level: 'warning', rules: ['container-restarting'], findings: ['warning containers/c1/container-restarting'] },
    ],
    [
      'crash loop, up at this moment',
      containerFacts({ restartCount: 4, startedAtMs: nowMs - 2000 }),
      { level: 'critical', rules: ['container-crash-loop'], findings: ['critical containers/c1/container-crash-loop'] },
    ],
    ['restarted often, but long ago', containerFacts({ restartCount: 4 }), { level: 'ok', rules: [], findings: [] }],
    ['paused', containerFacts({ state: 'paused' }), { level: 'warning', rules: ['container-paused'], findings: [] }],
    [
      'created, never started',
      containerFacts({ state: 'created', startedAtMs: null, cpuCores: null }),
      { level: 'inactive', rules: [], findings: [] },
    ],
    [
      'memory at its limit',
      containerFacts({ memoryUsedBytes: 960 }),
      { level: 'critical', rules: ['container-memory-high'], findings: ['critical containers/c1/memory'] },
    ],
    ['busy: red bar, no finding', containerFacts({ cpuCores: 1.9 }), { level: 'critical', rules: ['container-cpu-high'], findings: [] }],
    [
      'no figures yet: the state decides',
      containerFacts({ cpuCores: null, memoryUsedBytes: null }),
      { level: 'ok', rules: [], findings: [] },
    ],
  ])('%s', (_name, facts, expected) => {
    expect(judge(facts)).toEqual(expected);
  });

  it('says the reason in English with its values', () => {
    const { snapshot } = judgeContainers(
      { engines: [engineState()], containers: [exitedContainer({ exitCode: 3 })] },
      { nowMs, thresholds: defaultSettings.thresholds },
    );
    expect(snapshot.containers[0]?.reasons).toEqual([{ rule: 'container-exited', text: 'Exited with code 3', values: { exitCode: 3 } }]);
  });
});
