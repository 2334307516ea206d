import { Pause, Play } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { LogError } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { FilterField } from '../../components/filter-field';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { isTyping } from '../../frame/keyboard';
import { useLogTail, useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { LogTail } from './log-tail';
import styles from './logs-view.module.css';
import { SourceChips } from './source-chips';

/** The kept error lines of all sources as one tail: follow, pause, narrow by source and by text. */
export function LogsView() {
  const words = useWords();
  const { ui } = useWindowState();
  const lines = useLogTail((tail) => tail.lines);
  const droppedCount = useLogTail((tail) => tail.droppedCount);
  const sourceId = useUi((state) => state.logSourceId);
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const { paused, frozenAtId, setPaused } = usePause(lines);
  const shown = useMemo(() => selectLines(lines, sourceId, applied, frozenAtId), [lines, sourceId, applied, frozenAtId]);
  const newCount = frozenAtId === null ? 0 : lines.filter((line) => line.id > frozenAtId).length;
  return (
    <Panel
      title={words.t('region.errors')}
      summary={droppedCount > 0 ? words.t('logs.droppedHere', { count: droppedCount }) : words.t('logs.kept', { count: lines.length })}
      className={styles.view}
      aside={
        <>
          <FilterField label={words.t('filter.logs')} value={filter} onChange={setFilter} />
          <Button aria-pressed={paused} onClick={() => setPaused(!paused)}>
            {paused ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
            {words.t(paused ? 'logs.follow' : 'logs.pause')}
          </Button>
        </>
      }
    >
      <SourceBody source="logs">
        {(snapshot) => (
          <>
            <SourceChips
              sources={snapshot.sources}
              lines={lines}
              selectedId={sourceId}
              onSelect={(id) => ui.setState({ logSourceId: id })}
            />
            <LogTail lines={shown} paused={paused} newCount={newCount} onPause={setPaused} />
          </>
        )}
      </SourceBody>
    </Panel>
  );
}

/** Paused: nothing below the line that was last when it was paused. Space turns it. */
function usePause(lines: readonly LogError[]) {
  const [frozenAtId, setFrozenAtId] = useState<number | null>(null);
  const lastId = useRef(0);
  lastId.current = lines.at(-1)?.id ?? 0;
  const paused = frozenAtId !== null;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const onControl = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
      if (event.key !== ' ' || isTyping(event.target) || onControl) return;
      event.preventDefault();
      setFrozenAtId((before) => (before === null ? lastId.current : null));
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return { paused, frozenAtId, setPaused: (pause: boolean) => setFrozenAtId(pause ? (frozenAtId ?? lastId.current) : null) };
}

function selectLines(lines: readonly LogError[], sourceId: string | null, filter: string, frozenAtId: number | null): readonly LogError[] {
  const needle = filter.trim().toLowerCase();
  if (sourceId === null && needle === '' && frozenAtId === null) return lines;
  return lines.filter(
    (line) =>
      (sourceId === null || line.sourceId === sourceId) &&
      (frozenAtId === null || line.id <= frozenAtId) &&
      (needle === '' || line.text.toLowerCase().includes(needle) || line.source.toLowerCase().includes(needle)),
  );
}
