import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LogRetention } from './log-store';
import { archivedFile, archiveFolder, archiveNameOf, type Segment, segmentFiles } from './segment';
import type { SegmentKeeper } from './segment-keeper';

const dayMs = 86_400_000;
/** Segments taken away in one step, so that appends do not wait. */
const stepCount = 8;
/** An open segment is ended after this long, so that it can become too old as a whole. */
const maxOpenMs = dayMs;

/** Segments that are too old or too much, the oldest first. Archived ones are kept for ever. */
function expiredSegments(segments: readonly Segment[], limits: LogRetention, nowMs: number): readonly Segment[] {
  const live = segments.filter((segment) => segment.form !== 'archived');
  let bytes = live.reduce((sum, segment) => sum + segment.diskBytes, 0);
  const expired: Segment[] = [];
  for (const [at, segment] of live.entries()) {
    const old = storedByMs(live, at, nowMs) < nowMs - limits.days * dayMs;
    if (!old && bytes <= limits.maxBytes) continue;
    if (segment.form === 'sealed') expired.push(segment);
    bytes -= segment.diskBytes;
  }
  return expired;
}

/** When its last record was stored. What was stamped by a clock that ran ahead was so before the next segment at the latest. */
function storedByMs(segments: readonly Segment[], at: number, nowMs: number): number {
  return segments.slice(at).find(({ lastStoredAtMs }) => lastStoredAtMs <= nowMs)?.lastStoredAtMs ?? nowMs;
}

/** One step of retention: gives how many records went, and whether there is more to do. Throws what the system or the database says. */
export function retainStep(
  directory: string,
  keeper: SegmentKeeper,
  limits: LogRetention,
  nowMs: number,
): { readonly expiredCount: number; readonly more: boolean } {
  const open = keeper.segments().at(-1);
  if (open?.form === 'open' && nowMs - open.firstStoredAtMs > maxOpenMs) keeper.endOpen();
  const expired = expiredSegments(keeper.segments(), limits, nowMs);
  const step = expired.slice(0, stepCount);
  if (step.length === 0) return { expiredCount: 0, more: false };
  if (limits.archive) {
    mkdirSync(join(directory, archiveFolder), { recursive: true, mode: 0o700 });
    const archived = step.map((segment): Segment => ({ ...segment, form: 'archived', archiveName: archiveNameOf(segment) }));
    for (const segment of archived)
      renameSync(segmentFiles(directory, segment.number).sealed, archivedFile(directory, archiveNameOf(segment)));
    keeper.replace(archived, []);
  } else {
    keeper.replace(
      [],
      step.map((segment) => segment.number),
    );
    for (const segment of step) rmSync(segmentFiles(directory, segment.number).sealed, { force: true });
  }
  return { expiredCount: step.reduce((sum, segment) => sum + segment.recordCount, 0), more: expired.length > step.length };
}
