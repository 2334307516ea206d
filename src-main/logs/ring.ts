import type { LogError } from '../../src-shared/snapshots/logs';

/**
 * The newest error lines by their own time, whatever the order they came in: attaching to fifty logs brings old lines of
 * the fiftieth after new lines of the first.
 */
export class ErrorRing {
  /** Oldest first. */
  private readonly lines: LogError[] = [];
  private kept = 0;
  private dropped = 0;

  constructor(private readonly capacity: number) {}

  /** How many lines were added since the start. */
  get keptCount(): number {
    return this.kept;
  }

  /** How many of them fell out again. */
  get droppedCount(): number {
    return this.dropped;
  }

  add(line: Omit<LogError, 'id'>): void {
    this.kept += 1;
    let at = this.lines.length;
    while (at > 0 && (this.lines[at - 1]?.atMs ?? 0) > line.atMs) at -= 1;
    this.lines.splice(at, 0, { id: this.kept, ...line });
    if (this.lines.length <= this.capacity) return;
    this.lines.shift();
    this.dropped += 1;
  }

  /** Newest first, at most `maxTextLength` characters of text together (one line at least): a snapshot is sent every second. */
  newest(maxTextLength: number): readonly LogError[] {
    const newest: LogError[] = [];
    let length = 0;
    for (let at = this.lines.length - 1; at >= 0; at -= 1) {
      const line = this.lines[at];
      if (line === undefined) break;
      length += line.text.length;
      if (length > maxTextLength && newest.length > 0) break;
      newest.push(line);
    }
    return newest;
  }
}
