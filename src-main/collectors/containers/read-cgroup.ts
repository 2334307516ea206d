import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock';
import type { Roots } from '../../platform/roots';
import { type ContainerFigures, type CpuSample, deriveCpuCores, withoutInactiveFile } from './derive';
import {
  type CgroupPlaces,
  findController,
  parseBlkio,
  parseCgroupPlaces,
  parseIoStat,
  parseKeyed,
  parseNetworkDevices,
  parseNumber,
} from './parse';

const leastWindowMs = 500;

export interface CgroupTarget {
  readonly id: string;
  readonly pid: number;
  readonly networkMode: string;
}

/** A container that rests is looked at whole again this often. */
const wholeLookMs = 5_000;

/**
 * Figures of one container straight from the kernel: about 10 µs a container and second, where the engine's stats
 * interface costs 2.5 ms. Descriptors are kept open and read synchronously; promise-based reads cost 4 to 15 times as much.
 */
export class CgroupReader {
  private previous: CpuSample | null = null;
  private cpuCores: number | null = null;
  private whole: {
    readonly figures: ContainerFigures;
    readonly cpuText: string;
    readonly memoryText: string;
    readonly atMs: number;
  } | null = null;

  private constructor(
    private readonly files: CgroupFiles,
    private readonly networkMode: string,
    private readonly clock: Clock,
  ) {}

  /** Null: not a process of this machine, or its files cannot be read; the engine has to be asked then. */
  static open(target: CgroupTarget, roots: Roots, clock: Clock): CgroupReader | null {
    const membership = readSmallFile(join(roots.proc, String(target.pid), 'cgroup'));
    const places = membership === null ? null : parseCgroupPlaces(membership, target.id);
    const files = places === null ? null : openFiles(places, target, roots);
    return files === null ? null : new CgroupReader(files, target.networkMode, clock);
  }

  /** Null: the container is gone. */
  read(): ContainerFigures | null {
    const { cpu, memory, memoryStat, blockIo, processes, network, isV2 } = this.files;
    const cpuText = cpu.read();
    const atMs = this.clock.monotonicMs();
    const memoryText = memory.read();
    if (cpuText === null || memoryText === null) return null;
    const resting = this.rested(cpuText, memoryText, atMs);
    if (resting !== null) return resting;
    const usageNanoseconds = isV2 ? scale(parseKeyed(cpuText, 'usage_usec'), 1000) : parseNumber(cpuText);
    if (usageNanoseconds !== null) this.advance({ atMs, usageNanoseconds });
    const usage = parseNumber(memoryText);
    const inactive = parseKeyed(memoryStat?.read() ?? '', isV2 ? 'inactive_file' : 'total_inactive_file') ?? 0;
    const blockText = blockIo?.read() ?? null;
    const block = blockText === null ? null : isV2 ? parseIoStat(blockText) : parseBlkio(blockText);
    const traffic = this.readNetwork(network);
    const figures = {
      cpuCores: this.cpuCores,
      memoryUsedBytes: usage === null ? null : withoutInactiveFile(usage, inactive),
      networkReceivedBytes: traffic?.receivedBytes ?? null,
      networkSentBytes: traffic?.sentBytes ?? null,
      blockReadBytes: block?.readBytes ?? null,
      blockWrittenBytes: block?.writtenBytes ?? null,
      processCount: parseNumber(processes?.read() ?? ''),
    };
    this.whole = { figures, cpuText, memoryText, atMs };
    return figures;
  }

  /**
   * The figures of the last whole look when no process of the container has run since: two files tell that, the other four need not
   * be read. Only what others do to it (a packet that arrives, memory taken back) is seen some seconds later.
   */
  private rested(cpuText: string, memoryText: string, atMs: number): ContainerFigures | null {
    const { whole } = this;
    if (whole === null || whole.cpuText !== cpuText || whole.memoryText !== memoryText) return null;
    if (this.previous === null || atMs - whole.atMs >= wholeLookMs) return null;
    this.advance({ atMs, usageNanoseconds: this.previous.usageNanoseconds });
    return this.cpuCores === whole.figures.cpuCores ? whole.figures : { ...whole.figures, cpuCores: this.cpuCores };
  }

  close(): void {
    const { cpu, memory, memoryStat, blockIo, processes, network } = this.files;
    for (const file of [cpu, memory, memoryStat, blockIo, processes, network]) file?.close();
  }

  private advance(current: CpuSample): void {
    // Two reads within a moment (an event, a manual refresh) would divide noise by almost nothing.
    if (this.previous !== null && current.atMs - this.previous.atMs < leastWindowMs) return;
    this.cpuCores = deriveCpuCores(this.previous, current);
    this.previous = current;
  }

  /** The namespace of another container or of the host says nothing about this one: no figure, as in `docker stats`. */
  private readNetwork(file: KeptFile | null): { readonly receivedBytes: number; readonly sentBytes: number } | null {
    if (this.networkMode === 'none') return { receivedBytes: 0, sentBytes: 0 };
    const text = file?.read() ?? null;
    return text === null ? null : parseNetworkDevices(text);
  }
}

interface CgroupFiles {
  readonly isV2: boolean;
  readonly cpu: KeptFile;
  readonly memory: KeptFile;
  readonly memoryStat: KeptFile | null;
  readonly blockIo: KeptFile | null;
  readonly processes: KeptFile | null;
  readonly network: KeptFile | null;
}

function openFiles(places: CgroupPlaces, target: CgroupTarget, roots: Roots): CgroupFiles | null {
  const mounts = join(roots.sys, 'fs/cgroup');
  const own = target.networkMode !== 'host' && target.networkMode !== 'none' && !target.networkMode.startsWith('container:');
  const network = own ? KeptFile.open(join(roots.proc, String(target.pid), 'net/dev')) : null;
  const isV2 = findController(places, 'memory') === null;
  const inController = (controller: string, name: string): KeptFile | null => {
    const found = findController(places, controller);
    if (found === null) return null;
    // Controllers mounted together are under "cpu,cpuacct"; some machines have the single name only.
    return KeptFile.open(join(mounts, found.mount, found.path, name)) ?? KeptFile.open(join(mounts, controller, found.path, name));
  };
  const inUnified = (name: string): KeptFile | null => {
    if (places.unified === null) return null;
    return KeptFile.open(join(existsSync(join(mounts, 'unified')) ? join(mounts, 'unified') : mounts, places.unified, name));
  };
  const cpu = isV2 ? inUnified('cpu.stat') : inController('cpuacct', 'cpuacct.usage');
  const memory = isV2 ? inUnified('memory.current') : inController('memory', 'memory.usage_in_bytes');
  if (cpu === null || memory === null) {
    for (const file of [cpu, memory, network]) file?.close();
    return null;
  }
  return {
    isV2,
    cpu,
    memory,
    memoryStat: isV2 ? inUnified('memory.stat') : inController('memory', 'memory.stat'),
    blockIo: isV2 ? inUnified('io.stat') : inController('blkio', 'blkio.throttle.io_service_bytes_recursive'),
    processes: isV2 ? inUnified('pids.current') : inController('pids', 'pids.current'),
    network,
  };
}

/** Shared by all files: reads are synchronous and each result is turned into a string at once. */
const buffer = Buffer.allocUnsafe(64 * 1024);

class KeptFile {
  private constructor(private descriptor: number | null) {}

  static open(path: string): KeptFile | null {
    try {
      return new KeptFile(openSync(path, 'r'));
    } catch (error) {
      return expectUnreadable(error);
    }
  }

  read(): string | null {
    if (this.descriptor === null) return null;
    try {
      let length = readSync(this.descriptor, buffer, 0, buffer.length, 0);
      // The kernel hands out such a file a page at a time; a short first piece is the whole.
      for (let more = length; more > 0 && length > 2048 && length < buffer.length; ) {
        more = readSync(this.descriptor, buffer, length, buffer.length - length, length);
        length += more;
      }
      return buffer.toString('latin1', 0, length);
    } catch (error) {
      this.close();
      return expectUnreadable(error);
    }
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }
}

function readSmallFile(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    return expectUnreadable(error);
  }
}

/** Gone, forbidden, or a kernel without it. Descriptors running out counts too: the engine's interface still works then. */
function expectUnreadable(error: unknown): null {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const expected = ['ENOENT', 'ENOTDIR', 'ESRCH', 'ENODEV', 'EACCES', 'EPERM', 'EOPNOTSUPP', 'EINVAL', 'EIO', 'ENXIO', 'EMFILE', 'ENFILE'];
  if (expected.includes(code)) return null;
  throw error;
}

function scale(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}
