import { availableParallelism, hostname, loadavg, uptime } from 'node:os';
import type { HostFacts } from '../../../src-shared/snapshots/host';

/**
 * The machine on macOS and Windows, by systeminformation (imported on first use: Linux never loads it here).
 * Written from its documentation and types; not run on a device. It makes rates itself, from call to call, and gives
 * null in the first. Pressure exists on Linux only.
 */
export function createOtherPlatformReader(nodeName: string | null, platform: NodeJS.Platform): () => Promise<HostFacts> {
  let identity: { osName: string | null; kernel: string | null; modelName: string | null } | null = null;
  let sampled = false;

  return async () => {
    const si = await import('systeminformation');
    if (identity === null) {
      const [os, cpu] = await Promise.all([si.osInfo(), si.cpu()]);
      identity = {
        osName: `${os.distro} ${os.release}`.trim() || null,
        kernel: os.kernel || null,
        modelName: `${cpu.manufacturer} ${cpu.brand}`.trim() || null,
      };
    }
    const [cpuLoad, memory, fileSystems, io, networks, temperature, battery] = await Promise.all([
      si.currentLoad(),
      si.mem(),
      si.fsSize(),
      si.fsStats(),
      si.networkStats('*'),
      si.cpuTemperature(),
      si.battery(),
    ]);
    const uptimeSeconds = uptime();
    // Its first figure is an average since boot, which is not what "now" means.
    const busy = (percent: number) => (sampled ? percent / 100 : null);
    sampled = true;
    const [one = 0, five = 0, fifteen = 0] = loadavg();
    return {
      node: nodeName ?? hostname(),
      platform,
      osName: identity.osName,
      kernel: identity.kernel,
      bootedAtMs: Date.now() - uptimeSeconds * 1000,
      uptimeSeconds,
      cpu: {
        modelName: identity.modelName,
        coreCount: availableParallelism(),
        busyRatio: busy(cpuLoad.currentLoad),
        coreBusyRatios: cpuLoad.cpus.map((core) => busy(core.load)),
        iowaitRatio: null,
        stealRatio: null,
      },
      load: platform === 'win32' ? null : { one, five, fifteen },
      memory: {
        totalBytes: memory.total,
        availableBytes: memory.available,
        usedBytes: memory.total - memory.available,
        freeBytes: memory.free,
        cachedBytes: memory.buffcache > 0 ? memory.buffcache : null,
      },
      swap: { totalBytes: memory.swaptotal, usedBytes: memory.swapused },
      pressure: null,
      mounts: fileSystems
        .filter((mount) => mount.size > 0 && !mount.mount.startsWith('/System/Volumes/'))
        .map((mount) => ({
          path: mount.mount,
          device: mount.fs,
          fileSystem: mount.type,
          readOnly: mount.rw === false,
          totalBytes: mount.size,
          usedBytes: mount.used,
          availableBytes: mount.available,
        })),
      // It has no figures per disk there, only the sum.
      disks: [{ name: 'all disks', readBytesPerSecond: io?.rx_sec ?? null, writeBytesPerSecond: io?.wx_sec ?? null, busyRatio: null }],
      networks: networks
        .filter(({ iface }) => !/^lo\d*$/.test(iface))
        .map(({ iface, rx_sec, tx_sec }) => ({ name: iface, receivedBytesPerSecond: rx_sec ?? null, sentBytesPerSecond: tx_sec ?? null })),
      // Null where the machine tells nobody (most Macs, Windows without administrator rights).
      temperatures: temperature.main === null ? [] : [{ label: 'CPU', celsius: temperature.main }],
      battery: battery.hasBattery ? { chargeRatio: battery.percent / 100, charging: battery.isCharging } : null,
    };
  };
}
