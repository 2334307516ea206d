import { DamagedSegment } from './damaged-segment';
import { isFileProblem } from './read-bytes';
import type { Segment } from './segment';
import { openSegment, type SegmentHead, type SegmentView } from './segment-view';

/** Heads kept between searches: 16 GiB of text. */
const maxHeads = 2_000;

/** Opens segments for searching, and remembers what their heads say. */
export interface SegmentShelf {
  /** Null: it is gone, or cannot be read at all (counted). The caller closes it. */
  open(segment: Segment): SegmentView | null;
  /** Runs `read`; null for a part that is damaged, which is counted. */
  attempt<T>(read: () => T): T | null;
  /** Parts that could not be read since the start. */
  readonly damagedCount: number;
}

export function createSegmentShelf(directory: string): SegmentShelf {
  const heads = new Map<number, SegmentHead>();
  let damagedCount = 0;

  function attempt<T>(read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof DamagedSegment) && !isFileProblem(error)) throw error;
      damagedCount += 1;
      return null;
    }
  }

  return {
    attempt,
    open(segment) {
      const opened = attempt(() => openSegment(directory, segment, heads.get(segment.number)));
      if (opened === null) return null;
      heads.delete(segment.number);
      heads.set(segment.number, opened.head);
      for (const oldest of heads.keys()) {
        if (heads.size <= maxHeads) break;
        heads.delete(oldest);
      }
      return opened.view;
    },
    get damagedCount() {
      return damagedCount;
    },
  };
}
