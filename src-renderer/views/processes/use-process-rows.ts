import { useEffect, useMemo, useRef, useState } from 'react';
import type { Process, ProcessesSnapshot } from '../../../src-shared/snapshots';
import { useWindowState } from '../../state/context';
import { markedForMs, nextMarks, type ProcessMarks } from './process-marks';

interface MarkedProcesses {
  /** Those that run, and those that ended a moment ago. */
  readonly processes: readonly Process[];
  readonly marks: ProcessMarks;
}

/** The processes of the latest look together with what is new and gone since the ones before it. */
export function useProcessRows(snapshot: ProcessesSnapshot): MarkedProcesses {
  const { now } = useWindowState();
  const last = useRef<{ readonly snapshot: ProcessesSnapshot | null; readonly round: number; readonly marks: ProcessMarks | null }>({
    snapshot: null,
    round: 0,
    marks: null,
  });
  const [round, setRound] = useState(0);
  if (last.current.snapshot !== snapshot || last.current.round !== round || last.current.marks === null) {
    last.current = { snapshot, round, marks: nextMarks(last.current.marks, snapshot.processes, now()) };
  }
  const marks = last.current.marks ?? nextMarks(null, snapshot.processes, now());
  const isMarked = marks.newUntilMs.size > 0 || marks.gone.size > 0;
  // Where no other look follows (collecting is paused) the marks still come off.
  useEffect(() => {
    if (!isMarked) return;
    const timer = setTimeout(() => setRound((before) => before + 1), markedForMs);
    return () => clearTimeout(timer);
  }, [isMarked]);
  const processes = useMemo(
    () => (marks.gone.size === 0 ? snapshot.processes : [...snapshot.processes, ...[...marks.gone.values()].map(({ process }) => process)]),
    [snapshot, marks],
  );
  return { processes, marks };
}
