/** An engine's time stamp to the nanosecond; a JavaScript number of milliseconds would lose the order of lines. */
export interface Stamp {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** RFC 3339 with up to nine digits of a second, as Docker (always nine, Z) and Podman (any offset) write it; null for anything else. */
export function parseStamp(text: string): Stamp | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return null;
  const atMs = Date.parse(`${match[1]}${match[3]}`);
  if (!Number.isFinite(atMs)) return null;
  return { seconds: atMs / 1000, nanoseconds: Number((match[2] ?? '').padEnd(9, '0')) };
}

export function compareStamps(left: Stamp, right: Stamp): number {
  return left.seconds - right.seconds || left.nanoseconds - right.nanoseconds;
}

/** As the engine's `since` wants it: "seconds.nanoseconds". */
export function formatSince(stamp: Stamp): string {
  return `${stamp.seconds}.${String(stamp.nanoseconds).padStart(9, '0')}`;
}

export function stampToMs(stamp: Stamp): number {
  return stamp.seconds * 1000 + stamp.nanoseconds / 1e6;
}

export function msToStamp(atMs: number): Stamp {
  const seconds = Math.floor(atMs / 1000);
  return { seconds, nanoseconds: Math.round((atMs - seconds * 1000) * 1e6) };
}
