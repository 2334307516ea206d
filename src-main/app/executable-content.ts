import type { ProcessFacts } from '../../src-shared/snapshots';
import type { FileHasher } from '../platform/hash-file';

type Executable = Pick<ProcessFacts, 'pid' | 'startTicks'> & Partial<Pick<ProcessFacts, 'evidence'>>;

/** Whether a process runs the content that somebody decided about. */
export interface ContentCheck {
  /** Reads the file that runs; null when these rights do not reach or the process is gone. */
  sha256Of(process: Pick<ProcessFacts, 'pid'>): Promise<string | null>;
  /** Does not wait: false until the content was read once, which this starts. */
  isKnownToBe(process: Executable, sha256: string): boolean;
}

const mostRemembered = 1_000;

export function createContentCheck(hasher: FileHasher, onUnexpected: (error: unknown) => void): ContentCheck {
  /** By file, or by process while its file is not known. Null: not read yet, or not readable. */
  const known = new Map<string, string | null>();

  async function read(key: string, pid: number): Promise<void> {
    try {
      const hash = await hasher.hashOfProcess(pid);
      // The entry may have made room for others meanwhile.
      if (hash !== null && known.has(key)) known.set(key, hash);
    } catch (error) {
      onUnexpected(error);
    }
  }

  return {
    sha256Of: ({ pid }) => hasher.hashOfProcess(pid),
    isKnownToBe(process, sha256) {
      const key = keyOf(process);
      const hash = known.get(key);
      if (hash !== undefined) return hash === sha256;
      const [oldest] = known.keys();
      if (known.size >= mostRemembered && oldest !== undefined) known.delete(oldest);
      known.set(key, null);
      void read(key, process.pid);
      return false;
    },
  };
}

function keyOf({ pid, startTicks, evidence }: Executable): string {
  const file = evidence?.file ?? null;
  if (file === null) return `process ${pid}:${startTicks}`;
  return `file ${file.device}:${file.inode}:${file.modifiedAtMs}:${file.sizeBytes}`;
}
