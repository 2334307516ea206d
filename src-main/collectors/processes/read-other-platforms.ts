import { availableParallelism, totalmem } from 'node:os';
import type { Systeminformation } from 'systeminformation';
import type { ProcessesFacts, ProcessFacts } from '../../../src-shared/snapshots/processes';
import { isListening, listeningSocketOf, stateLetter } from './parse-other-platforms';

/**
 * macOS and Windows by systeminformation. Written from its documentation and types; not run on a device.
 * There is no start time in ticks there: its start time is made from elapsed seconds and moves with the wall clock,
 * good enough to show and useless as identity, so `startTicks` stays null and LogScope refuses to stop such a process.
 */
export async function readProcessesOfOtherPlatforms(): Promise<ProcessesFacts> {
  const { processes, networkConnections } = await import('systeminformation');
  const [table, connections] = await Promise.all([processes(), networkConnections()]);
  const coreCount = availableParallelism();
  const memoryTotalBytes = totalmem();
  const listening = connections.filter(isListening);
  const pids = new Set(table.list.map((entry) => entry.pid));
  return {
    processes: table.list.map((entry) => factsOf(entry, coreCount, memoryTotalBytes, listening)),
    coreCount,
    memoryTotalBytes,
    hiddenCount: table.list.filter((entry) => entry.path === '').length,
    unownedSockets: listening.filter((socket) => !pids.has(socket.pid)).map(listeningSocketOf),
    evidencePendingCount: 0,
    preloadedLibraries: [],
  };
}

function factsOf(
  entry: Systeminformation.ProcessesProcessData,
  coreCount: number,
  memoryTotalBytes: number,
  listening: readonly Systeminformation.NetworkConnectionsData[],
): ProcessFacts {
  const startedAtMs = Date.parse(entry.started);
  return {
    pid: entry.pid,
    ppid: entry.parentPid,
    startTicks: null,
    startedAtMs: Number.isNaN(startedAtMs) ? null : startedAtMs,
    name: entry.name,
    command: entry.params === '' ? entry.command : `${entry.command} ${entry.params}`,
    exe: entry.path === '' ? null : entry.path,
    exeDeleted: null,
    user: entry.user === '' ? null : entry.user,
    uid: null,
    // Its percentage is of all cores together.
    cpuCores: Number.isFinite(entry.cpu) ? (entry.cpu / 100) * coreCount : null,
    // memRss is in KiB; 0 where the platform did not tell, then the share of memory is the better source.
    rssBytes: entry.memRss > 0 ? entry.memRss * 1024 : (entry.mem / 100) * memoryTotalBytes,
    pssBytes: null,
    threadCount: 1,
    state: stateLetter(entry.state),
    kernelThread: false,
    listening: listening.filter((socket) => socket.pid === entry.pid).map(listeningSocketOf),
    container: null,
    pod: null,
    unit: null,
    sessionId: null,
    terminal: null,
    heldStateSinceMs: null,
    busySinceMs: null,
    memoryTrend: null,
    evidence: null,
  };
}
