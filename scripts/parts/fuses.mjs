/**
 * Reads and sets the fuses of an Electron binary: one character each after a marker in the file.
 * Same wire format as @electron/fuses, whose current version needs Node 22 (https://github.com/electron/fuses).
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const marker = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
export const fuseNames = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
];

/** @returns {Record<string, 'on' | 'off' | 'removed'>} the fuses as they are in the file */
export function readFuses(binary) {
  const content = readFileSync(binary);
  const at = firstFuse(content, content.indexOf(marker));
  const letters = { 48: 'off', 49: 'on', 114: 'removed' };
  return Object.fromEntries(fuseNames.slice(0, at.count).map((name, index) => [name, letters[content[at.offset + index]] ?? 'unknown']));
}

/** @param {Record<string, boolean>} wanted by fuse name. A universal binary holds the marker twice: both are set. */
export function setFuses(binary, wanted) {
  const content = readFileSync(binary);
  const file = openSync(binary, 'r+');
  try {
    let found = content.indexOf(marker);
    if (found === -1) throw new Error(`no fuse marker in ${binary}`);
    for (; found !== -1; found = content.indexOf(marker, found + marker.length)) {
      const at = firstFuse(content, found);
      for (const [name, on] of Object.entries(wanted)) {
        const index = fuseNames.indexOf(name);
        if (index === -1 || index >= at.count) throw new Error(`no such fuse: ${name}`);
        writeSync(file, on ? '1' : '0', at.offset + index, 'latin1');
      }
    }
  } finally {
    closeSync(file);
  }
}

function firstFuse(content, markerAt) {
  if (markerAt === -1) throw new Error('no fuse marker');
  const base = markerAt + marker.length;
  return { count: content[base + 1], offset: base + 2 };
}
