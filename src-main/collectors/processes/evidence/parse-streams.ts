import type { StreamKind } from '../../../../src-shared/snapshots/process-evidence';

/** What the target of /proc/PID/fd/N says by itself: the kind, the inode of a socket, or a path that has to be looked at. */
export type StreamTarget = { readonly kind: StreamKind } | { readonly socket: number } | { readonly path: string };

export function parseStreamTarget(target: string): StreamTarget {
  const socket = /^socket:\[(\d{1,15})\]$/.exec(target)?.[1];
  if (socket !== undefined) return { socket: Number(socket) };
  if (target.startsWith('pipe:[')) return { kind: 'pipe' };
  if (target === '/dev/null') return { kind: 'null' };
  if (/^\/dev\/(?:pts\/\d+|tty\w*|console|hvc\d+)(?: \(deleted\))?$/.test(target)) return { kind: 'terminal' };
  return target.startsWith('/') ? { path: target } : { kind: 'other' };
}

/** Whether a line of /proc/net/{tcp,udp,raw}* belongs to the socket with this inode (its tenth field). */
export function hasSocketLine(lines: string, inode: number): boolean {
  const text = ` ${inode} `;
  for (let at = lines.indexOf(text); at >= 0; at = lines.indexOf(text, at + 1)) {
    const start = lines.lastIndexOf('\n', at) + 1;
    const end = lines.indexOf('\n', at);
    const fields = lines
      .slice(start, end < 0 ? lines.length : end)
      .trim()
      .split(/\s+/);
    if (fields[9] === String(inode)) return true;
  }
  return false;
}

/** Inodes of /proc/net/unix: the seventh field, the path may follow. */
export function parseUnixInodes(text: string): ReadonlySet<number> {
  const inodes = new Set<number>();
  for (const line of text.split('\n')) {
    const inode = Number(line.trim().split(/\s+/, 7)[6]);
    if (Number.isInteger(inode) && inode > 0) inodes.add(inode);
  }
  return inodes;
}

/** Inodes of /proc/net/packet (last field) or of raw and raw6 (tenth field). */
export function parseRawInodes(text: string, table: 'packet' | 'raw'): readonly number[] {
  const inodes: number[] = [];
  for (const line of text.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const inode = Number(table === 'packet' ? fields[8] : fields[9]);
    if (Number.isInteger(inode) && inode > 0) inodes.push(inode);
  }
  return inodes;
}
