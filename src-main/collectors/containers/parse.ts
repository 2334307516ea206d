/**
 * Control-group and network files of one container, as text -> figures. Formats: kernel Documentation/admin-guide/
 * cgroup-v1/*.rst and cgroup-v2.rst, proc(5).
 */

/** Where a container's figures are: a folder below the mount of each v1 controller, or one folder of the unified tree. */
export interface CgroupPlaces {
  /** v1: controller list as the kernel writes it ("cpu,cpuacct") -> path below that mount. */
  readonly v1: ReadonlyMap<string, string>;
  /** v2 (or the unified part of a hybrid machine); null if there is none. */
  readonly unified: string | null;
}

/**
 * `/proc/<pid>/cgroup` -> places, each cut off behind the component that holds the container's id: processes of a
 * container may sit in groups further down (an init system inside it). Null: the process is not this container's, so the
 * engine runs on another machine or in a virtual one, or the number was given to a new process.
 */
export function parseCgroupPlaces(text: string, containerId: string): CgroupPlaces | null {
  const v1 = new Map<string, string>();
  let unified: string | null = null;
  for (const line of text.split('\n')) {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
    if (match === null) continue;
    const path = cutBehindId(match[2] ?? '', containerId);
    if (path === null) continue;
    if (match[1] === '') unified = path;
    else v1.set(match[1] ?? '', path);
  }
  return v1.size === 0 && unified === null ? null : { v1, unified };
}

function cutBehindId(path: string, containerId: string): string | null {
  const components = path.split('/');
  const index = components.findIndex((component) => component.includes(containerId));
  if (index === -1 || components.includes('..')) return null;
  return components.slice(0, index + 1).join('/');
}

/** Folder of a v1 controller among the lists of `places.v1`; null when this machine does not have it in v1. */
export function findController(places: CgroupPlaces, controller: string): { readonly mount: string; readonly path: string } | null {
  for (const [list, path] of places.v1) if (list.split(',').includes(controller)) return { mount: list, path };
  return null;
}

/** A file that holds one number; null for anything else ("max"). */
export function parseNumber(text: string): number | null {
  const match = /^(\d{1,20})\s*$/.exec(text);
  return match === null ? null : Number(match[1]);
}

/** The value of `key value` in a flat-keyed file (memory.stat, cpu.stat). */
export function parseKeyed(text: string, key: string): number | null {
  let at = text.startsWith(`${key} `) ? 0 : text.indexOf(`\n${key} `);
  if (at === -1) return null;
  at += key.length + (text.charCodeAt(at) === 10 ? 2 : 1);
  const end = text.indexOf('\n', at);
  return parseNumber(text.slice(at, end === -1 ? undefined : end));
}

export interface ReadAndWritten {
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/** v1 blkio.*.io_service_bytes_recursive: `8:0 Read 4096` a device and operation, all devices together. */
export function parseBlkio(text: string): ReadAndWritten {
  const sum = (operation: string) =>
    [...text.matchAll(new RegExp(`^\\d+:\\d+ ${operation} (\\d+)$`, 'gm'))].reduce((total, match) => total + Number(match[1]), 0);
  return { readBytes: sum('Read'), writtenBytes: sum('Write') };
}

/** v2 io.stat: `8:0 rbytes=4096 wbytes=0 …` a device, all devices together. */
export function parseIoStat(text: string): ReadAndWritten {
  const sum = (key: string) =>
    [...text.matchAll(new RegExp(`\\b${key}=(\\d+)`, 'g'))].reduce((total, match) => total + Number(match[1]), 0);
  return { readBytes: sum('rbytes'), writtenBytes: sum('wbytes') };
}

/** /proc/<pid>/net/dev: all interfaces but the loopback together. */
export function parseNetworkDevices(text: string): { readonly receivedBytes: number; readonly sentBytes: number } {
  let receivedBytes = 0;
  let sentBytes = 0;
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon === -1 || line.slice(0, colon).trim() === 'lo') continue;
    const fields = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/);
    receivedBytes += Number(fields[0] ?? 0) || 0;
    sentBytes += Number(fields[8] ?? 0) || 0;
  }
  return { receivedBytes, sentBytes };
}
