/** Counters since boot of one whole disk. */
export interface DiskCounters {
  readonly name: string;
  readonly readBytes: number;
  readonly writtenBytes: number;
  /** Milliseconds with at least one request under way. */
  readonly busyMs: number;
}

export interface NetworkCounters {
  readonly name: string;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** diskstats counts in these whatever the disk's own sector size is. */
const sectorBytes = 512;

/** Parses /proc/diskstats (Documentation/admin-guide/iostats.rst), every device in it. */
export function parseDiskCounters(text: string): readonly DiskCounters[] {
  const disks: DiskCounters[] = [];
  for (const line of text.split('\n')) {
    const [, , name, , , sectorsRead, , , , sectorsWritten, , , busyMs] = line.trim().split(/\s+/);
    if (name === undefined || busyMs === undefined) continue;
    disks.push({
      name,
      readBytes: Number(sectorsRead) * sectorBytes,
      writtenBytes: Number(sectorsWritten) * sectorBytes,
      busyMs: Number(busyMs),
    });
  }
  return disks;
}

const virtualDisk = /^(?:loop|ram|zram|fd|sr|dm-|md|nbd|drbd)/;
const partition = /^(?:(?:sd|vd|xvd|hd)[a-z]+\d+|(?:nvme\d+n\d+|mmcblk\d+)(?:p\d+|boot\d+|rpmb))$/;

/**
 * Whole disks that are hardware for this machine. Device-mapper and RAID devices are left out: their bytes are counted
 * again on the disks below. `blockDevices` is the listing of /sys/block, which holds no partitions; null when unreadable.
 */
export function isWholeDisk(name: string, blockDevices: ReadonlySet<string> | null): boolean {
  if (virtualDisk.test(name)) return false;
  return blockDevices === null ? !partition.test(name) : blockDevices.has(name);
}

/** Parses /proc/net/dev, every interface in it. A name may hold ":" (alias), so the last one before the figures counts. */
export function parseNetworkCounters(text: string): readonly NetworkCounters[] {
  const networks: NetworkCounters[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(\S+):\s*(\d+(?:\s+\d+){8,})\s*$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const figures = match[2].split(/\s+/).map(Number);
    networks.push({ name: match[1], receivedBytes: figures[0] ?? 0, sentBytes: figures[8] ?? 0 });
  }
  return networks;
}

/** Made by container engines, hypervisors and tunnels inside the kernel: their traffic passes a real interface as well. */
const virtualNetwork =
  /^(?:veth|docker|br-|virbr|vnet|cni|flannel|cali|cilium|lxc|lxdbr|podman|kube-|nodelocaldns|weave|ifb|dummy|tunl\d|sit\d|gre\d|gretap|erspan|ip6tnl|ip6gre|ip_vti|ip6_vti|teql|nlmon|vmnet|bonding_masters)/;

/**
 * The interfaces worth showing: hardware (`hasDevice`) and what a person set up (bond0, wg0, tun0), without loopback.
 * When nothing is left (inside some containers) every interface but loopback.
 */
export function selectNetworks<T extends { readonly name: string }>(
  networks: readonly T[],
  hasDevice: (name: string) => boolean,
): readonly T[] {
  const withoutLoopback = networks.filter(({ name }) => name !== 'lo');
  const chosen = withoutLoopback.filter(({ name }) => hasDevice(name) || !virtualNetwork.test(name));
  return chosen.length > 0 ? chosen : withoutLoopback;
}
