import { formatBytes, formatPercent } from '../../src-shared/format';
import type { Finding } from '../../src-shared/judgement';
import { worstLevel } from '../../src-shared/level';
import type { HostFacts, HostSnapshot } from '../../src-shared/snapshots';
import type { JudgeContext, Judgement } from './judgement';
import { reason } from './reason';
import { levelOfRatio, ratioOf } from './thresholds';

/** A busy processor is not a failure: bars turn red at once, the tray only yellow and only after a minute. */
const cpuHoldMs = 60_000;
const memoryHoldMs = 30_000;

/** CPU, memory and disks against the thresholds of the settings. */
export function judgeHost(facts: HostFacts, context: JudgeContext): Judgement<'host'> {
  const { thresholds } = context;
  const memoryRatio = ratioOf(facts.memory.usedBytes, facts.memory.totalBytes);
  const cpuLevel = levelOfRatio(facts.cpu.busyRatio, thresholds.cpuWarningRatio, thresholds.cpuCriticalRatio);
  const memoryLevel = levelOfRatio(memoryRatio, thresholds.memoryWarningRatio, thresholds.memoryCriticalRatio);
  const mounts = facts.mounts.map((mount) => {
    // As df does: reserved blocks count as neither used nor available, so that 100 % means "nothing left for you".
    const usedRatio = ratioOf(mount.usedBytes, mount.usedBytes + mount.availableBytes) ?? 0;
    const level = mount.readOnly ? ('ok' as const) : levelOfRatio(usedRatio, thresholds.diskWarningRatio, thresholds.diskCriticalRatio);
    return { ...mount, usedRatio, level };
  });

  const findings: Finding[] = [];
  const common = { source: 'host', sinceMs: null, place: { section: 'overview' } } as const;
  if (cpuLevel === 'critical') {
    const why = reason('cpu-high', { percent: formatPercent(facts.cpu.busyRatio) });
    findings.push({ ...common, key: 'host/cpu', subject: facts.node, level: 'warning', reason: why, holdMs: cpuHoldMs });
  }
  if (memoryLevel === 'warning' || memoryLevel === 'critical') {
    const why = reason('memory-high', { percent: formatPercent(memoryRatio), available: formatBytes(facts.memory.availableBytes) });
    findings.push({ ...common, key: 'host/memory', subject: facts.node, level: memoryLevel, reason: why, holdMs: memoryHoldMs });
  }
  for (const mount of mounts) {
    if (mount.level !== 'warning' && mount.level !== 'critical') continue;
    const why = reason('disk-full', {
      path: mount.path,
      percent: formatPercent(mount.usedRatio),
      available: formatBytes(mount.availableBytes),
    });
    const place = { section: 'overview', item: mount.path } as const;
    findings.push({ ...common, place, key: `host/disk/${mount.path}`, subject: mount.path, level: mount.level, reason: why, holdMs: 0 });
  }

  const level = worstLevel([cpuLevel, memoryLevel, ...mounts.map((mount) => mount.level)]);
  const snapshot: HostSnapshot = { ...facts, mounts, cpuLevel, memoryLevel, level };
  return { snapshot, findings };
}
