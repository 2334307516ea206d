import { formatBytes, formatPercent } from '../../src-shared/format';
import type { Finding } from '../../src-shared/judgement';
import type { Settings } from '../../src-shared/settings';
import type { Process } from '../../src-shared/snapshots';
import { type RuleId, reason } from './reason';
import { ratioOf } from './thresholds';

export interface AlarmInput {
  readonly processes: readonly Process[];
  readonly memoryTotalBytes: number;
  readonly alarms: Settings['processes']['alarms'];
  /** Listeners that this machine had not seen before, each with the time it was first seen; see new-listeners.ts. */
  readonly newListeners: readonly NewListener[];
  /** Programs that are started again and again by what watches them; see restart-watch.ts. */
  readonly restartLoops: readonly RestartLoop[];
}

/** A listener that was never seen on this machine. */
export interface NewListener {
  readonly processId: string;
  /** Port it opened to other machines; null: the executable never listened at all before. */
  readonly openPort: number | null;
  readonly port: number;
  readonly firstSeenAtMs: number;
}

export interface RestartLoop {
  readonly processId: string;
  readonly startCount: number;
  readonly overMs: number;
  /** Name of what starts it. */
  readonly startedBy: string;
}

/** Growth that is worth a warning: a tenth of what it holds each hour, but not less than this, for at least three hours. */
const leakBytesPerHour = 32 * 1024 * 1024;
const leakShareOfHeld = 0.1;
const leakOverMs = 3 * 60 * 60_000;

/** What a person asked to be told about single processes. Conditions that must last carry their time in `holdMs`. */
export function judgeProcessAlarms({ processes, memoryTotalBytes, alarms, newListeners, restartLoops }: AlarmInput): readonly Finding[] {
  // Mostly nothing is looked up.
  const find = (id: string) => processes.find((process) => process.id === id);
  const findings: Finding[] = [];
  const add = (
    process: Process | undefined,
    what: string,
    rule: RuleId,
    values: Parameters<typeof reason>[1],
    holdMs: number,
    sinceMs: number | null,
  ) => {
    if (process === undefined || process.kernelThread) return;
    findings.push({
      key: `processes/${process.id}/${what}`,
      source: 'processes',
      subject: `${process.name} (${process.pid})`,
      level: 'warning',
      reason: reason(rule, values),
      holdMs,
      place: { section: 'processes', item: process.id },
      sinceMs,
    });
  };

  for (const process of processes) {
    const { cpuCores, rssBytes, memoryTrend } = process;
    if (alarms.cpuCores > 0 && cpuCores !== null && cpuCores >= alarms.cpuCores) {
      const values = { percent: formatPercent(alarms.cpuCores), seconds: alarms.cpuForSeconds };
      add(process, 'cpu', 'process-cpu', values, alarms.cpuForSeconds * 1000, null);
    }
    const share = ratioOf(rssBytes, memoryTotalBytes);
    if (alarms.memoryRatio > 0 && share !== null && share >= alarms.memoryRatio) {
      const values = { bytes: formatBytes(rssBytes), percent: formatPercent(share), seconds: alarms.memoryForSeconds };
      add(process, 'memory', 'process-memory', values, alarms.memoryForSeconds * 1000, null);
    }
    if (alarms.leaks && memoryTrend !== null && isLeak(memoryTrend, rssBytes)) {
      const values = {
        bytes: formatBytes(memoryTrend.bytesPerHour),
        hours: Math.floor(memoryTrend.overMs / 3_600_000),
        held: formatBytes(rssBytes),
      };
      add(process, 'leak', 'process-leak', values, 0, null);
    }
  }
  if (alarms.restartLoops) {
    for (const { processId, startCount, overMs, startedBy } of restartLoops) {
      const values = { count: startCount, minutes: Math.max(1, Math.round(overMs / 60_000)), parent: startedBy };
      add(find(processId), 'restarts', 'process-restarts', values, 0, null);
    }
  }
  for (const { processId, openPort, port, firstSeenAtMs } of newListeners) {
    if (openPort === null && alarms.firstSeenListeners) {
      add(find(processId), 'first-listener', 'process-first-listener', { port }, 0, firstSeenAtMs);
    } else if (openPort !== null && alarms.openListeners) {
      add(find(processId), `open-port-${openPort}`, 'process-open-listener', { port }, 0, firstSeenAtMs);
    }
  }
  return findings;
}

function isLeak({ bytesPerHour, overMs }: NonNullable<Process['memoryTrend']>, heldBytes: number): boolean {
  return overMs >= leakOverMs && bytesPerHour >= Math.max(leakBytesPerHour, heldBytes * leakShareOfHeld);
}
