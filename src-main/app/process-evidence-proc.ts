import { type FileHandle, open, readdir, readlink } from 'node:fs/promises';
import { errorCodeOf, isDenied, isUnsupported, isVanished } from '../platform/proc-errors';

/** Text of /proc as latin1, so that no byte is lost, and what was cut of it. */
export interface ProcPiece {
  readonly content: string;
  readonly remark: string | null;
}

const longestBytes = 16 * 1024 * 1024;
const chunkBytes = 256 * 1024;
const mostOpenFiles = 20_000;
const socketTables = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6', 'packet', 'unix', 'netlink'] as const;

/** A file of /proc as it is, at most 16 MB. Throws what reading says. */
export async function readProcFile(path: string, limitBytes: number = longestBytes): Promise<ProcPiece> {
  const file = await open(path, 'r');
  try {
    return await readUpTo(file, limitBytes);
  } finally {
    await file.close();
  }
}

async function readUpTo(file: FileHandle, limitBytes: number): Promise<ProcPiece> {
  const pieces: string[] = [];
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let readBytes = 0;
  while (readBytes < limitBytes) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(chunkBytes, limitBytes - readBytes), null);
    if (bytesRead === 0) return { content: pieces.join(''), remark: null };
    pieces.push(buffer.toString('latin1', 0, bytesRead));
    readBytes += bytesRead;
  }
  return { content: pieces.join(''), remark: `cut after ${limitBytes} bytes` };
}

/** Each descriptor with what it leads to, a line each. */
export async function listOpenFiles(directory: string): Promise<ProcPiece> {
  const links = await readLinks(directory);
  const content = links.shown.map(([descriptor, target]) => `${descriptor}\t${oneLine(target)}\n`).join('');
  return { content, remark: links.hiddenCount > 0 ? `${links.hiddenCount} more are left out` : null };
}

/** The rows of the kernel's tables that stand for its sockets, below the name of each table. */
export async function listSockets(directory: string): Promise<ProcPiece> {
  const links = await readLinks(directory);
  const inodes = new Set(links.shown.flatMap(([, target]) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
  const parts: string[] = [];
  const remarks: string[] = links.hiddenCount > 0 ? ['not all descriptors were looked at'] : [];
  for (const table of inodes.size === 0 ? [] : socketTables) {
    try {
      const { content, remark } = await readProcFile(`${directory}/net/${table}`);
      const rows = content.split('\n').filter((row) => row.split(/\s+/).some((word) => inodes.has(word)));
      if (rows.length > 0) parts.push(`# ${table}\n${content.slice(0, content.indexOf('\n') + 1)}${rows.join('\n')}\n`);
      if (remark !== null) remarks.push(`${table} ${remark}`);
    } catch (error) {
      if (!isVanished(error) && !isDenied(error) && !isUnsupported(error)) throw error;
      remarks.push(`${table} ${errorCodeOf(error)}`);
    }
  }
  return { content: parts.join('\n'), remark: remarks.length > 0 ? remarks.join(', ') : null };
}

async function readLinks(
  directory: string,
): Promise<{ readonly shown: readonly (readonly [string, string])[]; readonly hiddenCount: number }> {
  const names = (await readdir(`${directory}/fd`)).sort((a, b) => Number(a) - Number(b));
  const shown: [string, string][] = [];
  for (const name of names.slice(0, mostOpenFiles)) {
    try {
      shown.push([name, await readlink(`${directory}/fd/${name}`, 'latin1')]);
    } catch (error) {
      // Closed since the listing.
      if (!isVanished(error)) throw error;
    }
  }
  return { shown, hiddenCount: Math.max(0, names.length - mostOpenFiles) };
}

/** A file name may hold line breaks. */
function oneLine(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
