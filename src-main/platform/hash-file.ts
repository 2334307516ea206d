import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isDenied, isUnsupported, isVanished } from './proc-errors';

export interface FileHasher {
  /**
   * SHA-256 in hexadecimal of the file that a process runs, by /proc/PID/exe: also of one that is deleted. Null when the process
   * is gone, these rights do not reach, or it is no ordinary file of at most 2 GiB. Rejects when `signal` aborts.
   */
  hashOfProcess(pid: number, signal?: AbortSignal): Promise<string | null>;
}

const chunkBytes = 1024 * 1024;
const longestFileBytes = 2n * 1024n ** 3n;
const maxRemembered = 500;

/** A content is read once for each device, inode, time of change and size. */
export function createFileHasher(procRoot: string): FileHasher {
  const known = new Map<string, string>();

  async function hashOf(file: FileHandle, signal: AbortSignal | undefined): Promise<string | null> {
    const stat = await file.stat({ bigint: true });
    if (!stat.isFile() || stat.size > longestFileBytes) return null;
    const key = `${stat.dev}:${stat.ino}:${stat.mtimeNs}:${stat.ctimeNs}:${stat.size}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let position = 0; ; ) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      hash.update(buffer.subarray(0, bytesRead));
    }
    const text = hash.digest('hex');
    const [oldest] = known.keys();
    if (known.size >= maxRemembered && oldest !== undefined) known.delete(oldest);
    known.set(key, text);
    return text;
  }

  return {
    async hashOfProcess(pid, signal) {
      let file: FileHandle | null = null;
      try {
        // Not blocking: whatever the link leads to, opening it must not wait.
        file = await open(`${procRoot}/${pid}/exe`, constants.O_RDONLY | constants.O_NONBLOCK);
        return await hashOf(file, signal);
      } catch (error) {
        if (isVanished(error) || isDenied(error) || isUnsupported(error)) return null;
        throw error;
      } finally {
        await file?.close();
      }
    },
  };
}
