import type { EngineStats } from './container-engine';
import { parseTime } from './container-engine-json-parts';

/**
 * One frame of the stats interface. By hand, where everything else an engine says is read by schema: a hundred of these come
 * a second, each of a hundred numbers of which eleven are used. As tolerant as the schemas: what is not what it should be is null.
 */

type Json = Readonly<Record<string, unknown>>;

/** Null when it is not a sample. */
export function parseStats(json: unknown): EngineStats | null {
  const frame = objectOr(json);
  if (frame === null) return null;
  const cpu = objectOr(frame.cpu_stats);
  const cpuUsage = objectOr(cpu?.cpu_usage);
  const memory = objectOr(frame.memory_stats);
  const memoryDetail = objectOr(memory?.stats);
  const networks = listOf(objectOr(frame.networks));
  const blocks = listOf(objectOr(frame.blkio_stats)?.io_service_bytes_recursive);
  return {
    kind: 'stats',
    // The year 1 in a sample of a container that has just stopped.
    readAtMs: (typeof frame.read === 'string' ? parseTime(frame.read) : null) ?? 0,
    cpuUsageNanoseconds: counterOr(cpuUsage?.total_usage),
    systemCpuNanoseconds: cpuUsage === null ? null : counterOr(cpu?.system_cpu_usage),
    onlineCoreCount: cpuUsage === null ? null : counterOr(cpu?.online_cpus) || null,
    memoryUsageBytes: counterOr(memory?.usage),
    // cgroup v1 names it with "total_", v2 without; the docker command line subtracts the same (calculateMemUsageUnixNoCache).
    memoryInactiveFileBytes: counterOr(memoryDetail?.total_inactive_file) ?? counterOr(memoryDetail?.inactive_file) ?? 0,
    networkReceivedBytes: sumOf(networks, 'rx_bytes'),
    networkSentBytes: sumOf(networks, 'tx_bytes'),
    blockReadBytes: sumOf(blocks, 'value', 'read'),
    blockWrittenBytes: sumOf(blocks, 'value', 'write'),
    processCount: counterOr(objectOr(frame.pids_stats)?.current),
  };
}

function objectOr(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

/** "1e999" is a number in JSON, and endless here. */
function counterOr(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY ? value : null;
}

/** The members of an array or object; null when there is neither, or when one of them is no object. Half a sum is none. */
function listOf(value: unknown): readonly Json[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.every((member) => objectOr(member) !== null) ? (members as readonly Json[]) : null;
}

/** Of those with this operation ("Read" in v1, "read" in v2), where one is given. */
function sumOf(members: readonly Json[] | null, key: string, operation: string | null = null): number | null {
  if (members === null) return null;
  let sum = 0;
  for (const member of members) {
    if (operation !== null && (typeof member.op !== 'string' || member.op.toLowerCase() !== operation)) continue;
    const value = counterOr(member[key]);
    if (value === null) return null;
    sum += value;
  }
  return sum;
}
