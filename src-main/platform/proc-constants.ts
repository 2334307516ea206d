import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { isDenied, isVanished } from './proc-errors';

/** Units in which the kernel counts in /proc/PID/stat. */
export interface KernelUnits {
  readonly ticksPerSecond: number;
  readonly pageBytes: number;
}

/** What every Linux on x64 has; arm64 kernels also come with pages of 16 and 64 KiB. */
export const usualKernelUnits: KernelUnits = { ticksPerSecond: 100, pageBytes: 4096 };

const auxvPageSize = 6;
const auxvClockTicks = 17;

/**
 * Reads the auxiliary vector of a process (pairs of native words, see getauxval(3)): the same source as sysconf(3),
 * which Node does not offer. `wordBytes` is 8 or 4.
 */
export function parseAuxiliaryVector(bytes: Buffer, wordBytes: 4 | 8, littleEndian: boolean): KernelUnits {
  let { ticksPerSecond, pageBytes } = usualKernelUnits;
  const wordAt = (offset: number): number => {
    if (wordBytes === 4) return littleEndian ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
    return Number(littleEndian ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset));
  };
  for (let offset = 0; offset + 2 * wordBytes <= bytes.length; offset += 2 * wordBytes) {
    const type = wordAt(offset);
    const value = wordAt(offset + wordBytes);
    if (type === 0) break;
    if (type === auxvPageSize && value > 0) pageBytes = value;
    if (type === auxvClockTicks && value > 0) ticksPerSecond = value;
  }
  return { ticksPerSecond, pageBytes };
}

/** The units of this kernel; the usual ones where the vector cannot be read (a recorded tree). */
export function readKernelUnits(procRoot: string): KernelUnits {
  try {
    const wordBytes = ['arm', 'ia32', 'mips', 'mipsel'].includes(process.arch) ? 4 : 8;
    return parseAuxiliaryVector(readFileSync(`${procRoot}/self/auxv`), wordBytes, endianness() === 'LE');
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return usualKernelUnits;
    throw error;
  }
}

/** The soft limit of open files from the text of /proc/self/limits; null when not stated or unlimited. */
export function parseOpenFilesLimit(limits: string): number | null {
  const match = /^Max open files\s+(\d+)/m.exec(limits);
  return match?.[1] === undefined ? null : Number(match[1]);
}
