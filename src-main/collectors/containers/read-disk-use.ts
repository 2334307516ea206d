import { statfs } from 'node:fs/promises';
import { release } from 'node:os';
import type { EngineDiskUse } from '../../../src-shared/snapshots/containers';
import type { Clock } from '../../platform/clock';
import { type ContainerEngineClient, ContainerEngineError } from '../../platform/container-engine';

const everyMs = 10 * 60_000;
const afterChangeMs = 60_000;
/** The engine walks through all files of containers and volumes: it is busy with that for a hundredth of the time at most. */
const restPerLook = 100;

export interface LookTimes {
  readonly nowMs: number;
  /** Null before the first look. */
  readonly startedAtMs: number | null;
  readonly tookMs: number;
  readonly hasChanged: boolean;
}

/** Every ten minutes; a minute after the last look when something was removed, cleared away or pulled since. */
export function isLookDue({ nowMs, startedAtMs, tookMs, hasChanged }: LookTimes): boolean {
  if (startedAtMs === null) return true;
  return nowMs - startedAtMs >= Math.max(hasChanged ? afterChangeMs : everyMs, tookMs * restPerLook);
}

/** The disk use of one engine, looked at beside the readings: each reading gets the last known value. */
export class DiskUseReader {
  private readonly lifetime = new AbortController();
  private value: EngineDiskUse | null = null;
  private startedAtMs: number | null = null;
  private tookMs = 0;
  private seenChangeCount = 0;
  private isLooking = false;
  private callCount = 0;
  private unexpected: unknown = null;

  constructor(
    private readonly client: ContainerEngineClient,
    private readonly clock: Clock,
  ) {}

  /** The last known value; starts a look when one is due. Throws what a bug in an earlier look threw. */
  read(): EngineDiskUse | null {
    if (this.unexpected !== null) throw this.unexpected;
    this.callCount += 1;
    // Not with the first reading: a command that takes one and ends would leave the engine working for nobody.
    if (this.callCount > 1 && !this.isLooking && this.isDue()) void this.look();
    return this.value;
  }

  close(): void {
    this.lifetime.abort();
  }

  private isDue(): boolean {
    const hasChanged = this.client.storageChangeCount !== this.seenChangeCount;
    return isLookDue({ nowMs: this.clock.monotonicMs(), startedAtMs: this.startedAtMs, tookMs: this.tookMs, hasChanged });
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    const startedAtMs = this.clock.monotonicMs();
    this.startedAtMs = startedAtMs;
    this.seenChangeCount = this.client.storageChangeCount;
    try {
      const figures = await this.client.diskUse(this.lifetime.signal);
      const root = await this.readRoot();
      if (figures !== null) this.value = { atMs: this.clock.nowMs(), ...figures, ...root };
    } catch (error) {
      // It takes too long, cannot do it (501), or went away, which the watch will tell: the last known value stays.
      if (!(error instanceof ContainerEngineError)) this.unexpected = error;
    } finally {
      this.tookMs = this.clock.monotonicMs() - startedAtMs;
      this.isLooking = false;
    }
  }

  private async readRoot(): Promise<Pick<EngineDiskUse, 'rootDirectory' | 'rootAvailableBytes' | 'rootTotalBytes'>> {
    const { rootDirectory, kernelRelease } = this.client.about;
    const unknown = { rootDirectory, rootAvailableBytes: null, rootTotalBytes: null };
    // Behind a local socket may be a virtual machine, and its /var/lib/docker is not ours.
    if (rootDirectory === null || !this.client.isLocalSocket || kernelRelease !== release()) return unknown;
    try {
      const { bavail, blocks, bsize } = await statfs(rootDirectory);
      return { rootDirectory, rootAvailableBytes: bavail * bsize, rootTotalBytes: blocks * bsize };
    } catch (error) {
      if (['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) return unknown;
      throw error;
    }
  }
}
