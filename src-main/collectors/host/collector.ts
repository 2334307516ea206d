import { type Outcome, ok, unavailable } from '../../../src-shared/reading';
import { say } from '../../../src-shared/sentence';
import type { HostFacts } from '../../../src-shared/snapshots/host';
import type { Clock } from '../../platform/clock';
import { slowReading, waitAtMost } from '../../platform/host-slow-reading';
import { elapsedBetweenSamples } from '../../platform/proc-elapsed';
import type { Roots } from '../../platform/roots';
import type { Collector } from '../collector';
import { deriveCpuRatios, deriveDiskRates, deriveNetworkRates } from './derive';
import { type CpuSample, parseCpuSample, parseLoad, parseMemory, parsePressure, parseUptimeSeconds } from './parse';
import { type DiskCounters, type NetworkCounters, parseDiskCounters, parseNetworkCounters, selectNetworks } from './parse-io';
import { type MountEntry, parseMountInfo, selectMounts } from './parse-mounts';
import { createHardwareNames, createHostReader, type HostIdentity, readHostIdentity, readMountInfo } from './read';
import { createMountReader, type Statfs } from './read-mounts';
import { createOtherPlatformReader } from './read-other-platforms';
import { readSensors } from './read-sensors';

export interface HostCollectorDeps {
  readonly roots: Roots;
  readonly clock: Clock;
  /** Shown instead of the host name; null for the host name. */
  readonly nodeName: string | null;
  /** Node's platform name, by default this machine's. Linux reads /proc itself, the others go through systeminformation. */
  readonly platform?: NodeJS.Platform;
  /** How full a file system is, by default node:fs. A test puts a dead server here. */
  readonly statfs?: Statfs;
}

const everyMs = 1_000;
const mountsEveryMs = 5_000;
const sensorsEveryMs = 10_000;
const firstSensorsWaitMs = 300;

/** Facts about the machine itself. Sources, costs and limits: docs/sources/host.md. */
export function createHostCollector(deps: HostCollectorDeps): Collector<'host'> {
  const platform = deps.platform ?? process.platform;
  return platform === 'linux' ? createLinuxCollector(deps) : createOtherCollector(deps, platform);
}

function createOtherCollector({ nodeName }: HostCollectorDeps, platform: NodeJS.Platform): Collector<'host'> {
  const read = createOtherPlatformReader(nodeName, platform);
  // Each sample starts programs there, so it comes more rarely than on Linux.
  return { id: 'host', everyMs: 2_000, timeoutMs: 15_000, collect: async () => ok(await read()) };
}

interface Counters {
  readonly cpu: CpuSample;
  readonly disks: readonly DiskCounters[];
  readonly networks: readonly NetworkCounters[];
}

function createLinuxCollector({ roots, clock, nodeName, statfs }: HostCollectorDeps): Collector<'host'> {
  const reader = createHostReader(roots.proc);
  const hardware = createHardwareNames(roots.sys);
  const mountReader = createMountReader(statfs);
  const sensors = slowReading(sensorsEveryMs, () => readSensors(roots.sys));
  const elapsed = elapsedBetweenSamples(clock, everyMs);
  let identity: HostIdentity | null = null;
  let previous: Counters | null = null;
  let mounts: readonly MountEntry[] = [];
  let nextMountsMs = Number.NEGATIVE_INFINITY;

  function currentMounts(nowMs: number): readonly MountEntry[] {
    if (nowMs >= nextMountsMs) {
      mounts = selectMounts(parseMountInfo(readMountInfo(roots.proc)));
      nextMountsMs = nowMs + mountsEveryMs;
    }
    return mounts;
  }

  async function collect(): Promise<Outcome<HostFacts>> {
    const nowMs = clock.monotonicMs();
    identity ??= readHostIdentity(roots);
    const texts = reader.readTexts();
    const elapsedMs = elapsed.mark();
    const memorySample = parseMemory(texts.memory ?? '');
    const uptimeSeconds = parseUptimeSeconds(texts.uptime ?? '');
    if (texts.stat === null || memorySample === null || uptimeSeconds === null) {
      return unavailable('unsupported-platform', say('proc.why.noFiles', { path: roots.proc }), say('proc.remedy.mount'));
    }
    const cpu = parseCpuSample(texts.stat);
    const disks = parseDiskCounters(texts.disks ?? '').filter(({ name }) => hardware.isDisk(name, nowMs));
    const networks = selectNetworks(parseNetworkCounters(texts.networks ?? ''), (name) => hardware.isNetwork(name, nowMs));
    const before = previous;
    previous = { cpu, disks, networks };

    sensors.refresh(nowMs);
    if (before === null) await waitAtMost(sensors.settled, firstSensorsWaitMs);
    const mounted = await mountReader.read(currentMounts(nowMs), nowMs);

    const facts: HostFacts = {
      node: nodeName ?? identity.node ?? 'localhost',
      platform: 'linux',
      osName: identity.osName,
      kernel: identity.kernel,
      bootedAtMs: cpu.bootedAtMs,
      uptimeSeconds,
      cpu: {
        modelName: identity.cpuModel,
        coreCount: cpu.cores.length,
        ...deriveCpuRatios(before?.cpu ?? null, cpu, elapsedMs),
      },
      load: parseLoad(texts.load ?? ''),
      memory: memorySample.memory,
      swap: memorySample.swap,
      pressure: parsePressure(texts.pressureCpu, texts.pressureMemory, texts.pressureIo),
      mounts: mounted.mounts,
      disks: deriveDiskRates(before?.disks ?? [], disks, elapsedMs),
      networks: deriveNetworkRates(before?.networks ?? [], networks, elapsedMs),
      temperatures: sensors.value?.temperatures ?? [],
      battery: sensors.value?.battery ?? null,
    };
    return ok(facts, mounted.warnings);
  }

  return {
    id: 'host',
    everyMs,
    timeoutMs: 5_000,
    collect,
    async close() {
      reader.close();
    },
  };
}
