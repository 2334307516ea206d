import type { LogFileStat } from '../../platform/log-file';
import { type FilePosition, identityKey, isSameBirth, isSameFile } from './position';

/** Older ones are forgotten first; each is about 300 bytes. */
const maxPositions = 20_000;

/** How far every file was read that is known, whatever its path is by now: a file that was renamed is not read twice. */
export class Positions {
  /** The one updated last comes last. */
  private readonly byIdentity = new Map<string, FilePosition>();
  private readonly keysByPath = new Map<string, Set<string>>();

  constructor(stored: readonly FilePosition[]) {
    for (const position of stored) this.set(position);
  }

  set(position: FilePosition): void {
    const key = identityKey(position);
    this.forget(key);
    this.byIdentity.set(key, position);
    const keys = this.keysByPath.get(position.path);
    if (keys === undefined) this.keysByPath.set(position.path, new Set([key]));
    else keys.add(key);
    if (this.byIdentity.size <= maxPositions) return;
    for (const oldest of this.byIdentity.keys()) {
      this.forget(oldest);
      break;
    }
  }

  /** Null: this file was never read, or another one that had its number. */
  find(path: string, stat: LogFileStat): FilePosition | null {
    const position = this.byIdentity.get(identityKey(stat));
    if (position !== undefined) return isSameFile(position, stat) ? position : null;
    // Device numbers may change with a restart of the machine; births do not.
    const moved = this.ofPath(path).find(
      ({ inode, birthAtMs }) => inode === stat.inode && birthAtMs !== null && isSameBirth(birthAtMs, stat.birthAtMs),
    );
    return moved ?? null;
  }

  ofPath(path: string): readonly FilePosition[] {
    return [...(this.keysByPath.get(path) ?? [])].flatMap((key) => this.byIdentity.get(key) ?? []);
  }

  private forget(key: string): void {
    const position = this.byIdentity.get(key);
    if (position === undefined) return;
    this.byIdentity.delete(key);
    const keys = this.keysByPath.get(position.path);
    keys?.delete(key);
    if (keys?.size === 0) this.keysByPath.delete(position.path);
  }
}
