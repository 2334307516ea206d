import { durationParts, formatBytes, formatBytesPerSecond, formatPercent, unknownText } from '../../src-shared/format';
import type { Level } from '../../src-shared/level';
import { compareLevels } from '../../src-shared/level';
import type {
  AnyReading,
  Container,
  EngineState,
  HostSnapshot,
  LogsSnapshot,
  ProcessesSnapshot,
  Readings,
  Service,
  ServicesSnapshot,
} from '../../src-shared/snapshots';
import { levelMarks, type Paint } from './paint';
import { showPortChecks } from './show-port-checks';
import { countOf, cutToWidth, escapeUnprintable, fitToWidth } from './terminal-text';

const lineColumns = 100;
const shownRiskCount = 5;
const shownContainerCount = 20;
const shownServiceCount = 10;

/** A snapshot for a person: at most 100 columns, every text from outside made harmless. */
export function showSnapshot(shot: { readonly node: string; readonly level: Level; readonly readings: Readings }, paint: Paint): string {
  const { host, containers, services, processes, logs } = shot.readings;
  const sections = [
    host.kind === 'ok' ? showHost(host.data, shot.level, paint) : [`${paint.bold(clean(shot.node))}  ${absence(host, paint)}`],
    containers.kind === 'ok'
      ? showContainers(containers.data.containers, cutToWidth(clean(containers.data.engines.map(engineText).join(', ')), 60), paint)
      : [title('Containers', absence(containers, paint), paint)],
    services.kind === 'ok'
      ? [...showServices(services.data, paint), ...showPortChecks(shot.readings, paint)]
      : [title('Services', absence(services, paint), paint)],
    processes.kind === 'ok' ? showRisks(processes.data, paint) : [title('Processes', absence(processes, paint), paint)],
    logs.kind === 'ok' ? showErrors(logs.data, paint) : [title('Newest errors', absence(logs, paint), paint)],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function showHost(host: HostSnapshot, level: Level, paint: Paint): string[] {
  const up = durationParts(host.uptimeSeconds)
    .map(({ amount, unit }) => `${amount} ${unit}`)
    .join(' ');
  const load = host.load ? [host.load.one, host.load.five, host.load.fifteen].map((one) => one.toFixed(2)).join(' ') : unknownText;
  const memoryRatio = host.memory.totalBytes > 0 ? host.memory.usedBytes / host.memory.totalBytes : null;
  const received = sumOf(host.networks.map((one) => one.receivedBytesPerSecond));
  const sent = sumOf(host.networks.map((one) => one.sentBytesPerSecond));
  return [
    `${paint.level(`${levelMarks[level]} ${level.toUpperCase()}`, level)}  ${paint.bold(clean(host.node))}  ${paint.dim(clean(`${host.osName ?? host.platform} · up ${up}`))}`,
    `  ${paint.level(`CPU ${formatPercent(host.cpu.busyRatio)}`, host.cpuLevel)} of ${countOf(host.cpu.coreCount, 'core')} · load ${load} · ` +
      `${paint.level(`memory ${formatPercent(memoryRatio)}`, host.memoryLevel)} of ${formatBytes(host.memory.totalBytes)}, ${formatBytes(host.memory.availableBytes)} available`,
    `  network ${formatBytesPerSecond(received)} in, ${formatBytesPerSecond(sent)} out`,
    ...host.mounts.map(
      (mount) =>
        `  disk ${fitToWidth(clean(mount.path), 30)} ${paint.level(fitToWidth(formatPercent(mount.usedRatio), 6, 'right'), mount.level)} of ${fitToWidth(formatBytes(mount.totalBytes), 8, 'right')}, ${formatBytes(mount.availableBytes)} left`,
    ),
  ];
}

function engineText({ identity, endpoint, state }: EngineState): string {
  if (state === 'ok' && identity !== null) return `${identity.name} ${identity.version}`;
  return `${identity?.name ?? endpoint} ${state}`;
}

function showContainers(containers: readonly Container[], engine: string, paint: Paint): string[] {
  const running = containers.filter((one) => one.state === 'running').length;
  const rows = [...containers].sort((a, b) => compareLevels(b.level, a.level) || (b.cpuCores ?? -1) - (a.cpuCores ?? -1));
  return [
    title('Containers', `${engine} · ${running} running of ${containers.length}`, paint),
    ...rows
      .slice(0, shownContainerCount)
      .map((one) =>
        [
          `  ${paint.level(levelMarks[one.level], one.level)}`,
          fitToWidth(clean(one.name), 28),
          paint.level(fitToWidth(stateText(one), 16), one.level),
          fitToWidth(one.cpuCores === null ? unknownText : `${(one.cpuCores * 100).toFixed(1)} %`, 9, 'right'),
          fitToWidth(formatBytes(one.memoryUsedBytes), 9, 'right'),
          ` ${cutToWidth(clean(one.image), 30)}`,
        ].join(' '),
      ),
    ...more(rows.length, shownContainerCount, paint),
  ];
}

function stateText(one: Container): string {
  if (one.state === 'exited') return `exited ${one.exitCode ?? '?'}${one.oomKilled ? ' (oom)' : ''}`;
  return one.health === 'none' ? one.state : `${one.state} ${one.health}`;
}

function showServices(services: ServicesSnapshot, paint: Paint): string[] {
  const watched = services.services.filter((one) => one.watched);
  const troubled = services.services
    .filter((one) => one.state !== 'active (idle)' && (one.level === 'critical' || one.level === 'warning'))
    .sort((a, b) => compareLevels(b.level, a.level));
  return [
    title(
      'Services',
      `by ${services.method} · ${watched.length} watched, ${troubled.length === 0 ? 'none in trouble' : `${troubled.length} to look at`}`,
      paint,
    ),
    ...troubled.slice(0, shownServiceCount).map((one) => serviceLine(one, paint)),
    ...more(troubled.length, shownServiceCount, paint),
  ];
}

function serviceLine(one: Service, paint: Paint): string {
  const why = one.reasons.map((reason) => reason.text).join('; ');
  return `  ${paint.level(levelMarks[one.level], one.level)} ${fitToWidth(clean(one.unit), 36)} ${paint.level(fitToWidth(one.state, 16), one.level)} ${cutToWidth(clean(why), 42)}`;
}

function showRisks(processes: ProcessesSnapshot, paint: Paint): string[] {
  const risky = processes.processes
    .filter((one) => one.risk.score > 0)
    .sort((a, b) => b.risk.score - a.risk.score || b.rssBytes - a.rssBytes);
  return [
    title('Process risk', countOf(processes.processes.length, 'process', 'processes'), paint),
    ...risky
      .slice(0, shownRiskCount)
      .map(({ name, pid, user, risk }) =>
        [
          `  ${paint.level(fitToWidth(String(risk.score), 3, 'right'), risk.level)}`,
          fitToWidth(clean(name), 18),
          fitToWidth(String(pid), 7, 'right'),
          fitToWidth(clean(user ?? unknownText), 10),
          cutToWidth(clean(risk.reasons.map((reason) => reason.text).join('; ')), 56),
        ].join(' '),
      ),
  ];
}

function showErrors(logs: LogsSnapshot, paint: Paint): string[] {
  const following = logs.sources.filter((one) => one.state === 'following').length;
  return [
    title('Newest errors', `${countOf(logs.sources.length, 'log')}, ${following} followed`, paint),
    ...logs.newestErrors.slice(0, 10).map(({ atMs, source, text }) => {
      const time = new Date(atMs).toTimeString().slice(0, 8);
      return `  ${paint.dim(time)} ${fitToWidth(clean(source), 20)} ${cutToWidth(clean(text.trim()), lineColumns - 33)}`;
    }),
  ];
}

/** A source without data in words: calm when it is not there, plain when reading it failed. */
export function absence(reading: AnyReading['reading'], paint: Paint): string {
  if (reading.kind === 'failed') return paint.level(cutToWidth(clean(`failed: ${reading.message}`), 80), 'unknown');
  return reading.kind === 'unavailable' ? paint.dim(cutToWidth(clean(`${reading.reason}: ${reading.detail}`), 80)) : '';
}

function title(name: string, rest: string, paint: Paint): string {
  return `${paint.heading(name)}  ${rest}`;
}

function more(count: number, shown: number, paint: Paint): string[] {
  return count > shown ? [paint.dim(`  and ${count - shown} more (--json has all)`)] : [];
}

function sumOf(rates: readonly (number | null)[]): number | null {
  const known = rates.filter((rate) => rate !== null);
  return known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0);
}

const clean = escapeUnprintable;
