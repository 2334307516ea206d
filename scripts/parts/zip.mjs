/**
 * Reads a zip archive without a program or package: `unzip` is missing on many minimal systems.
 * Enough of the format for one known, checksummed archive: stored and deflated entries, no encryption, no zip64.
 */
import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** @param {string} archive @param {(name: string) => string | null} place where an entry goes below `folder`; null leaves it out */
export function extractZip(archive, folder, place) {
  const file = openSync(archive, 'r');
  try {
    let count = 0;
    for (const entry of readDirectory(file)) {
      const target = entry.name.endsWith('/') ? null : place(entry.name);
      if (target === null) continue;
      const path = join(folder, normalize(target));
      if (!path.startsWith(folder + sep)) throw new Error(`zip entry points outside: ${entry.name}`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, readEntry(file, entry));
      if (entry.mode & 0o111) chmodSync(path, 0o755);
      count += 1;
    }
    return count;
  } finally {
    closeSync(file);
  }
}

function readDirectory(file) {
  const size = fstatSync(file).size;
  const tail = readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1) throw new Error('not a zip archive: no end record');
  const count = tail.readUInt16LE(end + 10);
  const directory = readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries = [];
  for (let at = 0, index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new Error('zip directory is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function readEntry(file, entry) {
  const header = readAt(file, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readAt(file, start, entry.compressedBytes);
  if (entry.method === 0) return packed;
  if (entry.method === 8) return inflateRawSync(packed);
  throw new Error(`zip method ${entry.method} is not known: ${entry.name}`);
}

function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, buffer, done, length - done, position + done);
    if (read === 0) throw new Error('zip archive is cut short');
    done += read;
  }
  return buffer;
}
