import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { parseOpenFilesLimit } from '../../platform/proc-constants';
import { isVanished } from '../../platform/proc-errors';
import { readTextIfThere } from '../../platform/proc-file';
import { emptyStatFields, isKernelThread, parseStat } from './parse-stat';
import { terminalName } from './parse-terminal';
import { readExecutable, readSlowFacts, type SlowFacts } from './read-slow-facts';

/** One process as it is followed from sample to sample. The reader owns and changes it; others only read. */
export interface TrackedProcess {
  readonly pid: number;
  readonly startTicks: number;
  readonly kernelThread: boolean;
  ppid: number;
  /** Null: the kernel does not say. */
  sessionId: number | null;
  /** As /dev names it; null: none. */
  terminal: string | null;
  state: string;
  threadCount: number;
  rssPages: number;
  cpuTicks: number;
  /** Of the sample before; null in the first one. */
  previousCpuTicks: number | null;
  slow: SlowFacts;
  /** Not in the sample before. */
  isNew: boolean;
}

interface Entry extends TrackedProcess {
  /** Kept open on stat; null when the share of descriptors is used up. */
  descriptor: number | null;
  nameBytes: Buffer;
  /** The number that `terminal` was made from. */
  terminalDevice: number;
  nextLinkCheckMs: number;
  nextFullCheckMs: number;
  sampleNumber: number;
  /** Of the sample in which it was read last. */
  readInSample: number;
  /** Readings in a row that found it asleep and as it was before. */
  stillReadings: number;
}

export interface ProcessTable {
  /** Reads the whole table, synchronously: 3 ms for 300 processes, 20 ms for 3,000. Never throws for a process that ends meanwhile. */
  sample(nowMs: number): readonly TrackedProcess[];
  close(): void;
}

/** The executable is deleted by an upgrade without a new identity. */
const linkCheckMs = 10_000;
const settledLinkCheckMs = 30_000;
/** Command line (setproctitle), user and control group change, but rarely once a program has settled. */
const fullCheckMs = 120_000;
const fallbackOpenFilesLimit = 1024;
/** Whoever was found asleep and unchanged this often (half a minute) is read in one sample of three: that it woke is seen two samples late at most. */
const settledReadings = 15;
const settledEvery = 3;

export function createProcessTable(procRoot: string): ProcessTable {
  const entries = new Map<number, Entry>();
  const fields = emptyStatFields();
  const buffer = Buffer.allocUnsafe(4096);
  const limits = readTextIfThere(`${procRoot}/self/limits`);
  // Half of the limit: the rest is for logs, sockets, containers and the store.
  const keptLimit = Math.floor((parseOpenFilesLimit(limits ?? '') ?? fallbackOpenFilesLimit) / 2);
  let keptCount = 0;
  let sampleNumber = 0;

  function release(entry: Entry): void {
    if (entry.descriptor === null) return;
    closeSync(entry.descriptor);
    entry.descriptor = null;
    keptCount--;
  }

  /** Fills `fields` and gives the descriptor it used if that is to be kept; undefined when the process is gone. */
  function readStatByPath(pid: number, mayKeep: boolean): number | null | undefined {
    let descriptor: number | null = null;
    let keep = false;
    try {
      descriptor = openSync(`${procRoot}/${pid}/stat`, 'r');
      const length = readSync(descriptor, buffer, 0, buffer.length, 0);
      if (!parseStat(buffer, length, fields)) return undefined;
      keep = mayKeep && keptCount < keptLimit;
      return keep ? descriptor : null;
    } catch (error) {
      if (isVanished(error)) return undefined;
      throw error;
    } finally {
      if (descriptor !== null && !keep) closeSync(descriptor);
    }
  }

  function readStatKept(descriptor: number): boolean {
    try {
      return parseStat(buffer, readSync(descriptor, buffer, 0, buffer.length, 0), fields);
    } catch (error) {
      if (isVanished(error)) return false;
      throw error;
    }
  }

  function sameName(entry: Entry): boolean {
    const length = fields.nameEnd - fields.nameStart;
    if (entry.nameBytes.length !== length) return false;
    for (let index = 0; index < length; index++) {
      if (entry.nameBytes[index] !== buffer[fields.nameStart + index]) return false;
    }
    return true;
  }

  function update(entry: Entry, nowMs: number): void {
    entry.isNew = false;
    const { cpuTicks, rssPages, readInSample } = entry;
    takeFigures(entry);
    // What it used since it was read is spread evenly over the samples since then.
    entry.previousCpuTicks = entry.cpuTicks - (entry.cpuTicks - cpuTicks) / (sampleNumber - readInSample);
    entry.readInSample = sampleNumber;
    const isStill = entry.cpuTicks === cpuTicks && entry.rssPages === rssPages && (entry.state === 'S' || entry.state === 'I');
    entry.stillReadings = isStill ? entry.stillReadings + 1 : 0;
    if (!sameName(entry)) {
      // Another name is another program (exec) or another title: everything slow is read again. Kernel workers
      // rename themselves with each task: only the name changes there.
      entry.nameBytes = Buffer.from(buffer.subarray(fields.nameStart, fields.nameEnd));
      if (entry.kernelThread) entry.slow = { ...entry.slow, name: entry.nameBytes.toString('utf8') };
      else refreshAll(entry, nowMs);
    } else if (entry.kernelThread) {
      return;
    } else if (nowMs >= entry.nextFullCheckMs) {
      refreshAll(entry, nowMs);
    } else if (nowMs >= entry.nextLinkCheckMs) {
      refreshExecutable(entry, nowMs);
    }
  }

  function takeFigures(entry: Entry): void {
    entry.ppid = fields.ppid;
    entry.sessionId = fields.sessionId > 0 ? fields.sessionId : null;
    if (entry.terminalDevice !== fields.terminalDevice) {
      entry.terminalDevice = fields.terminalDevice;
      entry.terminal = terminalName(fields.terminalDevice);
    }
    if (entry.state.charCodeAt(0) !== fields.state) entry.state = String.fromCharCode(fields.state);
    entry.threadCount = fields.threadCount;
    entry.rssPages = fields.rssPages;
    entry.cpuTicks = fields.utimeTicks + fields.stimeTicks;
  }

  function refreshAll(entry: Entry, nowMs: number): void {
    const fresh = readSlowFacts(procRoot, entry.pid, entry.nameBytes.toString('utf8'), entry.kernelThread);
    // The same object as long as nothing changed lets the join reuse the row.
    if (!sameFacts(entry.slow, fresh)) entry.slow = fresh;
    schedule(entry, nowMs);
  }

  function refreshExecutable(entry: Entry, nowMs: number): void {
    const executable = readExecutable(`${procRoot}/${entry.pid}`);
    const { slow } = entry;
    if (executable.exe !== slow.exe) {
      refreshAll(entry, nowMs);
      return;
    }
    if (executable.exeDeleted !== slow.exeDeleted) entry.slow = { ...slow, ...executable };
    entry.nextLinkCheckMs = nowMs + (entry.stillReadings >= settledReadings ? settledLinkCheckMs : linkCheckMs);
  }

  /** Spread by pid, so that the checks of processes first seen together do not all fall on one sample. */
  function schedule(entry: Entry, nowMs: number): void {
    const spread = (entry.pid % 32) / 32;
    entry.nextLinkCheckMs = nowMs + linkCheckMs * (0.75 + spread / 2);
    entry.nextFullCheckMs = nowMs + fullCheckMs * (0.75 + spread / 2);
  }

  function add(pid: number, nowMs: number): void {
    const descriptor = readStatByPath(pid, true);
    if (descriptor === undefined) return;
    if (descriptor !== null) keptCount++;
    const kernelThread = isKernelThread(fields.flags);
    const nameBytes = Buffer.from(buffer.subarray(fields.nameStart, fields.nameEnd));
    const entry: Entry = {
      pid,
      startTicks: fields.startTicks,
      kernelThread,
      ppid: 0,
      sessionId: null,
      terminal: null,
      terminalDevice: 0,
      state: '',
      threadCount: 0,
      rssPages: 0,
      cpuTicks: 0,
      previousCpuTicks: null,
      slow: readSlowFacts(procRoot, pid, nameBytes.toString('utf8'), kernelThread),
      isNew: true,
      descriptor,
      nameBytes,
      nextLinkCheckMs: 0,
      nextFullCheckMs: 0,
      sampleNumber,
      readInSample: sampleNumber,
      stillReadings: 0,
    };
    takeFigures(entry);
    schedule(entry, nowMs);
    // One that started while we watched may still be on its way (fork, move to its control group, drop rights, exec):
    // it is looked at once more in the next sample.
    if (sampleNumber > 1) entry.nextFullCheckMs = nowMs;
    entries.set(pid, entry);
  }

  function visit(pid: number, nowMs: number): void {
    const entry = entries.get(pid);
    if (entry === undefined) {
      add(pid, nowMs);
      return;
    }
    if (entry.stillReadings >= settledReadings && (pid + sampleNumber) % settledEvery !== 0) {
      entry.sampleNumber = sampleNumber;
      entry.previousCpuTicks = entry.cpuTicks;
      return;
    }
    const there = entry.descriptor === null ? readStatByPath(pid, false) !== undefined : readStatKept(entry.descriptor);
    if (there && fields.startTicks === entry.startTicks) {
      entry.sampleNumber = sampleNumber;
      update(entry, nowMs);
      return;
    }
    release(entry);
    entries.delete(pid);
    add(pid, nowMs);
  }

  return {
    sample(nowMs) {
      sampleNumber++;
      for (const name of readdirSync(procRoot)) {
        const first = name.charCodeAt(0);
        if (first >= 0x31 && first <= 0x39) visit(Number(name), nowMs);
      }
      for (const entry of entries.values()) {
        if (entry.sampleNumber === sampleNumber) continue;
        release(entry);
        entries.delete(entry.pid);
      }
      return [...entries.values()];
    },
    close() {
      for (const entry of entries.values()) release(entry);
      entries.clear();
    },
  };
}

function sameFacts(before: SlowFacts, after: SlowFacts): boolean {
  return (Object.keys(after) as (keyof SlowFacts)[]).every((key) => before[key] === after[key]);
}
