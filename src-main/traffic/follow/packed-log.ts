import { DamagedGzip, unpacked } from '../../platform/gunzip';
import type { LogFile } from '../../platform/log-file';
import { readPart } from './file-generation';
import type { LogReader } from './log-reader';

const chunkBytes = 256 * 1024;
/** Logs pack to a tenth, the most monotonous to a hundredth of themselves. */
export const mostUnpackedRatio = 200;
const leastUnpackedBytes = 64 * 1024 * 1024;

export type PackedEnd = 'read' | 'damaged' | 'bomb' | 'stopped';

/**
 * Reads a gzip file into `reader`, in pieces of bounded size. `onBytes`: of the file, packed. `rest` is waited for after each piece; false: it is
 * enough.
 */
export async function readPackedLog(
  file: LogFile,
  reader: LogReader,
  onBytes: (byteCount: number) => void,
  rest: () => Promise<boolean>,
): Promise<PackedEnd> {
  let packedBytes = 0;
  let unpackedBytes = 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      const chunk = readPart(file, packedBytes, chunkBytes);
      if (chunk.length === 0) return;
      packedBytes += chunk.length;
      onBytes(chunk.length);
      yield chunk;
    }
  }
  try {
    for await (const piece of unpacked(chunks())) {
      unpackedBytes += piece.length;
      if (unpackedBytes > Math.max(leastUnpackedBytes, packedBytes * mostUnpackedRatio)) return 'bomb';
      reader.write(piece);
      if (!(await rest())) return 'stopped';
    }
    return 'read';
  } catch (error) {
    if (error instanceof DamagedGzip) return 'damaged';
    throw error;
  } finally {
    reader.end();
  }
}
