import { formatBytes, formatPercent } from '../../src-shared/format';
import type { Reason } from '../../src-shared/judgement';
import { compareLevels, type Level, worstLevel } from '../../src-shared/level';
import { type Container, type Readings, type SourceId, sourceIds } from '../../src-shared/snapshots';

/** One thing that is not as it should be now, as the command line tells it. */
export interface Problem {
  readonly level: Exclude<Level, 'ok' | 'inactive'>;
  readonly source: SourceId;
  readonly subject: string;
  readonly text: string;
}

/** The worst problem's level: `snapshot` and `check` say the same, and ok means that there is nothing in the list. */
export function overallLevel(problems: readonly Problem[]): Level {
  return worstLevel(problems.map((one) => one.level));
}

/**
 * What would raise an alert if it stayed so, worst first. As with the tray light, a busy processor is only yellow, a kept log
 * line is no failure, and a process is a problem only at the highest risk. A source that is not there (no engine, no
 * systemd) says nothing about the machine; one that failed, and a host that cannot be read, leave it unknown.
 */
export function listProblems(readings: Readings): readonly Problem[] {
  const problems = [
    ...unreadable(readings),
    ...hostProblems(readings),
    ...containerProblems(readings),
    ...serviceProblems(readings),
    ...processProblems(readings),
  ];
  return problems.sort((a, b) => compareLevels(b.level, a.level));
}

function unreadable(readings: Readings): Problem[] {
  return sourceIds.flatMap((source) => {
    const reading = readings[source];
    if (reading.kind === 'failed') return problem(source, source, 'unknown', `could not be read: ${reading.message}`);
    return reading.kind === 'unavailable' && source === 'host' ? problem(source, source, 'unknown', reading.detail) : [];
  });
}

function hostProblems({ host }: Readings): Problem[] {
  if (host.kind !== 'ok') return [];
  const { cpu, cpuLevel, memory, memoryLevel, mounts } = host.data;
  const memoryRatio = memory.totalBytes > 0 ? memory.usedBytes / memory.totalBytes : null;
  return [
    ...problem('host', 'CPU', cpuLevel === 'critical' ? 'warning' : 'ok', `${formatPercent(cpu.busyRatio)} busy`),
    ...problem('host', 'memory', memoryLevel, `${formatPercent(memoryRatio)} used, ${formatBytes(memory.availableBytes)} available`),
    ...mounts.flatMap((mount) =>
      problem(
        'host',
        `disk ${mount.path}`,
        mount.level,
        `${formatPercent(mount.usedRatio)} full, ${formatBytes(mount.availableBytes)} left`,
      ),
    ),
  ];
}

/** Rules whose reason stands in the list without being a failure. */
const quietContainerRules: ReadonlySet<string> = new Set(['container-cpu-high', 'container-paused', 'container-memory-high']);

function containerProblems({ containers }: Readings): Problem[] {
  if (containers.kind !== 'ok') return [];
  return containers.data.containers.flatMap(containerProblem);
}

function containerProblem(one: Container): Problem[] {
  const subject = `container ${one.name}`;
  const failures = one.reasons.filter((reason) => !quietContainerRules.has(reason.rule));
  if (failures.length > 0) return problem('containers', subject, one.level, sayingAll(failures));
  const memory = one.reasons.filter((reason) => reason.rule === 'container-memory-high');
  return memory.length > 0 ? problem('containers', subject, one.memoryLevel, sayingAll(memory)) : [];
}

function serviceProblems({ services }: Readings): Problem[] {
  if (services.kind !== 'ok') return [];
  return services.data.services
    .filter((one) => one.watched && one.reasons.length > 0 && one.state !== 'active (idle)')
    .flatMap((one) => problem('services', `service ${one.unit}`, one.level, sayingAll(one.reasons)));
}

function processProblems({ processes }: Readings): Problem[] {
  if (processes.kind !== 'ok') return [];
  return processes.data.processes
    .filter((one) => one.risk.level === 'critical')
    .flatMap((one) => problem('processes', `process ${one.name} (${one.pid})`, one.risk.level, sayingAll(one.risk.reasons)));
}

function sayingAll(reasons: readonly Reason[]): string {
  return reasons.map((reason) => reason.text).join('; ');
}

function problem(source: SourceId, subject: string, level: Level, text: string): Problem[] {
  return level === 'ok' || level === 'inactive' || (level === 'unknown' && source === 'host' && subject !== 'host')
    ? []
    : [{ level, source, subject, text }];
}
