import { formatBytes } from '../../src-shared/format';
import type { Finding } from '../../src-shared/judgement';
import type { EngineDiskUse, EngineState } from '../../src-shared/snapshots';
import type { JudgeContext } from './judgement';
import { reason } from './reason';

/** Said this much before the disk itself is yellow, while there is time to give something back. */
const earlierRatio = 0.05;
/** Less than this is no remedy worth a word. */
const worthGivingBackBytes = 1024 ** 3;
/** Builds and pulls come and go. */
const diskHoldMs = 60_000;

/** An engine that was there and went away beside others that stay, and one whose leftovers fill its disk. */
export function judgeEngines(engines: readonly EngineState[], { thresholds }: JudgeContext): readonly Finding[] {
  const warnFromRatio = thresholds.diskWarningRatio - earlierRatio;
  return engines.flatMap((engine) => [...judgeGone(engine), ...judgeDisk(engine, warnFromRatio)]);
}

function judgeGone({ id, identity, state, detail }: EngineState): readonly Finding[] {
  if (identity === null || state === 'ok' || state === 'starting') return [];
  const why = reason('engine-stopped', { detail: detail ?? state });
  return [finding(`containers/engine/${id}`, identity.name, why, 0)];
}

function judgeDisk({ id, identity, state, diskUse }: EngineState, warnFromRatio: number): readonly Finding[] {
  if (identity === null || state !== 'ok' || diskUse === null) return [];
  const { rootAvailableBytes: available, rootTotalBytes: total } = diskUse;
  if (available === null || total === null || total <= 0) return [];
  const { heldBytes, reclaimableBytes } = sumUse(diskUse);
  if (1 - available / total < warnFromRatio || reclaimableBytes < worthGivingBackBytes) return [];
  const values = {
    engine: identity.name,
    held: formatBytes(heldBytes),
    reclaimable: formatBytes(reclaimableBytes),
    available: formatBytes(available),
  };
  return [finding(`containers/engine-disk/${id}`, identity.name, reason('engine-disk-filling', values), diskHoldMs)];
}

function sumUse({ images, containers, volumes, buildCache }: EngineDiskUse) {
  const lines = [images, containers, volumes, buildCache];
  return {
    heldBytes: lines.reduce((sum, line) => sum + line.totalBytes, 0),
    // Volumes hold data: what "system prune" leaves alone is not counted as given back.
    reclaimableBytes: [images, containers, buildCache].reduce((sum, line) => sum + line.reclaimableBytes, 0),
  };
}

function finding(key: string, subject: string, why: Finding['reason'], holdMs: number): Finding {
  return { key, source: 'containers', subject, level: 'warning', reason: why, holdMs, place: { section: 'containers' }, sinceMs: null };
}
