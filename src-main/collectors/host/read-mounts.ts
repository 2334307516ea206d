import { statfs } from 'node:fs/promises';
import type { Mount } from '../../../src-shared/snapshots/host';
import { createLane, type SlowReading, slowReading, waitAtMost } from '../../platform/host-slow-reading';
import { errorCodeOf } from '../../platform/proc-errors';
import { isRemoteFileSystem, type MountEntry } from './parse-mounts';

type Usage = Pick<Mount, 'totalBytes' | 'usedBytes' | 'availableBytes'>;
/** What came of asking: figures, or the code of why not (EACCES, ESTALE, EIO, …). */
type Answer = { readonly usage: Usage } | { readonly errorCode: string };

/** As statfs(2) of node:fs/promises: counts of blocks. */
export type Statfs = (
  path: string,
) => Promise<{ readonly bsize: number; readonly blocks: number; readonly bfree: number; readonly bavail: number }>;

export interface MountReader {
  /** Never takes longer than 500 ms, and that only when a mount is new. */
  read(mounts: readonly MountEntry[], nowMs: number): Promise<{ readonly mounts: readonly Mount[]; readonly warnings: readonly string[] }>;
}

const everyMs = 5_000;
const firstWaitMs = 500;
const slowAfterMs = 2_000;

export function createMountReader(ask: Statfs = statfs): MountReader {
  const readings = new Map<string, SlowReading<Answer>>();
  // A dead server holds the asking thread for ever, and Node has four: network file systems share one.
  const remoteLane = createLane();

  async function answer(path: string): Promise<Answer> {
    try {
      const { bsize, blocks, bfree, bavail } = await ask(path);
      return { usage: { totalBytes: blocks * bsize, usedBytes: (blocks - bfree) * bsize, availableBytes: bavail * bsize } };
    } catch (error) {
      const errorCode = errorCodeOf(error);
      if (errorCode === null) throw error;
      return { errorCode };
    }
  }

  function readingOf(mount: MountEntry): SlowReading<Answer> {
    const key = keyOf(mount);
    const known = readings.get(key);
    if (known !== undefined) return known;
    const remote = isRemoteFileSystem(mount.fileSystem);
    const created = slowReading(everyMs, () => (remote ? remoteLane(() => answer(mount.path)) : answer(mount.path)));
    readings.set(key, created);
    return created;
  }

  return {
    async read(entries, nowMs) {
      const wanted = new Set(entries.map(keyOf));
      for (const key of readings.keys()) if (!wanted.has(key)) readings.delete(key);
      const fresh: Promise<void>[] = [];
      for (const entry of entries) {
        const isNew = !readings.has(keyOf(entry));
        const reading = readingOf(entry);
        reading.refresh(nowMs);
        if (isNew) fresh.push(reading.settled);
      }
      if (fresh.length > 0) await waitAtMost(Promise.all(fresh), firstWaitMs);

      const mounts: Mount[] = [];
      const warnings: string[] = [];
      for (const entry of entries) {
        const { value, pendingSinceMs } = readingOf(entry);
        const place = `${entry.path} (${entry.fileSystem})`;
        if (pendingSinceMs !== null && (value === null || nowMs - pendingSinceMs >= slowAfterMs)) {
          warnings.push(value === null ? `${place} has not answered yet` : `${place} does not answer: its last figures are shown`);
        }
        if (value === null) continue;
        if ('errorCode' in value) warnings.push(`${place} cannot be read: ${value.errorCode}`);
        else if (value.usage.totalBytes > 0) mounts.push(mountOf(entry, value.usage));
      }
      return { mounts, warnings };
    },
  };
}

function keyOf({ path, device, deviceNumber }: MountEntry): string {
  return `${path}\0${device}\0${deviceNumber}`;
}

function mountOf({ path, device, fileSystem, readOnly }: MountEntry, usage: Usage): Mount {
  return { path, device, fileSystem, readOnly, ...usage };
}
