import { Pause, Play } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { parseLogQuery } from '../../../../src-shared/logs/parse-log-query';
import { Button } from '../../../components/button';
import { copyText } from '../../../components/copy-button';
import { FollowPill } from '../../../components/follow-pill';
import { joinClasses } from '../../../components/join-classes';
import panel from '../../../components/panel.module.css';
import { useApp, useReadings, useUi, useWindowState } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { readChoices, sourceWord } from '../query-terms';
import { createMarker } from '../text/mark-text';
import { windowSourceMarks } from '../window-source-marks';
import { AroundPane } from './around-pane';
import bar from './console-bar.module.css';
import { recordAsText } from './console-export';
import { type ConsoleFeed, createConsoleFeed } from './console-feed';
import { ConsoleFoot } from './console-foot';
import { ConsoleList } from './console-list';
import { windowPrefs } from './console-prefs';
import styles from './console-view.module.css';
import { ExportMenu } from './export-menu';
import { KindChips, LevelChips } from './level-chips';
import { SearchBar } from './search-bar';
import { TimelineStrip } from './timeline-strip';
import { useConsoleKeys } from './use-console-keys';
import { useOpenFrame } from './use-open-frame';
import { useTimeline } from './use-timeline';

/** All kept lines of all sources, by time: live, searched, folded, at a place in the past. */
export function ConsoleView() {
  const { t } = useWords();
  const { ui } = useWindowState();
  useSourceWish();
  const query = useUi((state) => state.logQuery);
  const start = useUi((state) => state.logStart);
  const feed = useConsoleFeed(query, start);
  const { timeline, counts } = useTimeline(query, feed?.store ?? null);
  const zone = useStore(windowPrefs(), (prefs) => prefs.zone);
  const change = useCallback((logQuery: string) => ui.setState({ logQuery, logStart: { kind: 'end' } }), [ui]);
  const goToTime = useCallback((toMs: number) => ui.setState({ logStart: { kind: 'time', toMs } }), [ui]);
  const choices = useMemo(() => {
    const parsed = parseLogQuery(query);
    return readChoices(parsed.ok ? parsed.query : { terms: [] });
  }, [query]);
  return (
    <section className={joinClasses(panel.panel, styles.view)} aria-label={t('logs.console')}>
      <SearchBar query={query} onChange={change}>
        {feed !== null && <ExportMenu feed={feed.store} />}
        {feed !== null && <PauseButton feed={feed} />}
      </SearchBar>
      <div className={bar.chipRow}>
        <LevelChips query={query} choices={choices} counts={counts} onChange={change} />
        <KindChips query={query} choices={choices} onChange={change} />
      </div>
      <div className={styles.timeline}>{timeline !== null && <TimelineStrip timeline={timeline} zone={zone} onGo={goToTime} />}</div>
      {feed !== null && (
        <Listed key={feedKey(query, start)} feed={feed} query={query} targetId={start.kind === 'record' ? start.id : null} />
      )}
    </section>
  );
}

function feedKey(query: string, start: object): string {
  return `${JSON.stringify(start)} ${query}`;
}

/** One search at a time: another query or place begins anew, and the one before is let go. */
function useConsoleFeed(query: string, start: Parameters<typeof createConsoleFeed>[0]['start']): ConsoleFeed | null {
  const { client } = useWindowState();
  const [feed, setFeed] = useState<ConsoleFeed | null>(null);
  useEffect(() => {
    const made = createConsoleFeed({ client, query, start });
    setFeed(made);
    return () => made.close();
  }, [client, query, start]);
  return feed;
}

/** A source that another view asked for becomes a part of the search, as soon as its name is known. */
function useSourceWish(): void {
  const { ui } = useWindowState();
  const wish = useUi((state) => state.logSourceId);
  const sources = useReadings((readings) => readings.logs.lastOk?.data.sources);
  useEffect(() => {
    if (wish === null || sources === undefined) return;
    const found = sources.find(({ id }) => id === wish);
    const word =
      found === undefined
        ? goneSource(wish)
        : sourceWord(
            { key: `${found.kind}/${found.id}`, name: found.name },
            sources.map(({ name }) => name),
          );
    ui.setState({ logSourceId: null, logQuery: `source:${/[\s"]/.test(word) ? JSON.stringify(word) : word}`, logStart: { kind: 'end' } });
  }, [wish, sources, ui]);
}

/** Of one that is no longer followed only its id is known: a container or pod is found by its key, a unit or file by its name. */
function goneSource(id: string): string {
  if (/^[0-9a-f]{64}$/.test(id)) return `container/${id}`;
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[a-z0-9-]+$/.test(id) ? `pod/${id}` : id;
}

function PauseButton({ feed }: { readonly feed: ConsoleFeed }) {
  const { t } = useWords();
  const paused = useStore(feed.store, (state) => state.mode === 'paused');
  return (
    <Button
      aria-pressed={paused}
      title={`${t(paused ? 'logs.follow' : 'logs.pause')} (${t('liveLog.space')})`}
      onClick={() => (paused ? feed.follow() : feed.dispatch({ type: 'pause' }))}
    >
      {paused ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
      {t(paused ? 'logs.follow' : 'logs.pause')}
    </Button>
  );
}

interface ListedProps {
  readonly feed: ConsoleFeed;
  readonly query: string;
  readonly targetId: number | null;
}

function Listed({ feed, query, targetId }: ListedProps) {
  const { t } = useWords();
  const state = useStore(feed.store);
  const prefs = useStore(windowPrefs());
  const highlights = useApp((app) => app.settings.logs.highlights);
  const [cursorId, setCursorId] = useState<number | null>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  const [aroundId, setAroundId] = useState<number | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const onOpenFrame = useOpenFrame(setSaid);
  const { records, mode, newCount, endIsAway, phase, problem } = state;
  const marker = useMemo(() => {
    const parsed = parseLogQuery(query);
    return createMarker(parsed.ok ? parsed.query : null, highlights);
  }, [query, highlights]);
  const toggle = useCallback(
    (id: number) => {
      feed.dispatch({ type: 'left-end' });
      setCursorId(id);
      setExpanded((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    [feed],
  );

  useConsoleKeys({
    onFollow: feed.follow,
    onPause: () => (mode === 'paused' ? feed.follow() : feed.dispatch({ type: 'pause' })),
    onMove: (step) => {
      const at = records.findIndex(({ id }) => id === cursorId);
      const next = at === -1 ? records.at(-1) : records[at + step];
      if (next === undefined) return;
      feed.dispatch({ type: 'left-end' });
      setCursorId(next.id);
    },
    onOpen: () => {
      if (cursorId !== null) toggle(cursorId);
      return cursorId !== null;
    },
    onCopy: () => {
      const record = records.find(({ id }) => id === cursorId);
      if (record !== undefined)
        void copyText(recordAsText(record, state.origins, prefs.zone)).then((came) =>
          setSaid(t(came === 'copied' ? 'copy.done' : 'copy.refused')),
        );
      return record !== undefined;
    },
    onClose: () => {
      if (aroundId !== null) setAroundId(null);
      else if (cursorId !== null) setCursorId(null);
      else return false;
      return true;
    },
  });

  return (
    <>
      <div className={styles.split}>
        <div className={styles.frame}>
          {records.length === 0 ? (
            <p className={styles.empty} role="status">
              {phase === 'loading' ? t('panel.loading') : (problem ?? t(query.trim() === '' ? 'logs.noneYet' : 'logs.noneFound'))}
            </p>
          ) : (
            <ConsoleList
              records={records}
              origins={state.origins}
              markOf={windowSourceMarks}
              mode={mode}
              prefs={prefs}
              marker={marker}
              cursorId={cursorId}
              expanded={expanded}
              targetId={targetId}
              onToggle={toggle}
              onLeaveEnd={() => feed.dispatch({ type: 'left-end' })}
              onReachEnd={() => feed.dispatch({ type: 'reached-end' })}
              onNearTop={feed.loadOlder}
              onAround={setAroundId}
              onOpenFrame={onOpenFrame}
            />
          )}
          {mode !== 'following' && (
            <FollowPill
              says={
                newCount > 0
                  ? t('logs.newLines', { count: newCount })
                  : t(endIsAway ? 'logs.toNewest' : mode === 'paused' ? 'logs.pausedPill' : 'logs.toEnd')
              }
              onFollow={feed.follow}
            />
          )}
        </div>
        {aroundId !== null && (
          <AroundPane
            key={aroundId}
            id={aroundId}
            zone={prefs.zone}
            marker={marker}
            onOpenFrame={onOpenFrame}
            onClose={() => setAroundId(null)}
          />
        )}
      </div>
      <ConsoleFoot state={state} said={said} />
    </>
  );
}
