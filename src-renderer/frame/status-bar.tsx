import { memo } from 'react';
import { formatBytes, formatPercent, unknownText } from '../../src-shared/format';
import type { Level } from '../../src-shared/level';
import type { SourceId } from '../../src-shared/snapshots';
import { LevelShape } from '../components/level-shape';
import { useApp, useNow, usePanelState, useReadings, useWindowState } from '../state/context';
import type { PanelState } from '../state/panel-state';
import { goTo, type Section } from '../state/ui-store';
import { absenceWords } from '../words/absence-words';
import { formatAgo } from '../words/time';
import { useWords, type Words } from '../words/use-words';
import { sourceLabel } from './source-label';
import styles from './status-bar.module.css';

/** The last line: every source and whether it can be read, how old the data are, what LogScope itself costs. */
export function StatusBar() {
  const { t } = useWords();
  const node = useApp((app) => app.info?.node ?? '');
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a footer of the page is contentinfo, which may be named
    <footer className={styles.bar} aria-label={t('frame.status')}>
      <ul className={styles.sources}>
        <SourceState source="host" section="overview" />
        <SourceState source="containers" section="containers" />
        <SourceState source="pods" section="pods" />
        <SourceState source="services" section="services" />
        <SourceState source="processes" section="processes" />
        <SourceState source="logs" section="logs" />
      </ul>
      <div className={styles.self}>
        <Connection />
        <Paused />
        <Dropped />
        <DataAge />
        <OwnCost />
        <span className={styles.node} title={`${t('status.node')} ${node}`}>
          {node}
        </span>
      </div>
    </footer>
  );
}

const SourceState = memo(function SourceState({ source, section }: { readonly source: SourceId; readonly section: Section }) {
  const words = useWords();
  const { ui } = useWindowState();
  const state = usePanelState(source);
  const tookMs = useReadings((readings) => readings[source].reading?.tookMs ?? null);
  const level = levelOfState[state.kind];
  const name = sourceLabel(words, source, state);
  const word = stateWord(words, state);
  return (
    <li>
      <button type="button" className={styles.source} title={sourceTitle(words, state, tookMs)} onClick={() => goTo(ui, { section })}>
        <LevelShape level={level} size={8} />
        <span className={styles.name}>{name}</span>
        {word === null ? <span className="visually-hidden"> {words.t('status.ok')}</span> : <span className={styles.quiet}>{word}</span>}
      </button>
    </li>
  );
});

const levelOfState: Readonly<Record<PanelState<unknown>['kind'], Level>> = {
  loading: 'unknown',
  unavailable: 'inactive',
  failed: 'warning',
  stale: 'unknown',
  data: 'ok',
};

function stateWord(words: Words, state: PanelState<unknown>): string | null {
  if (state.kind === 'data') return null;
  return state.kind === 'unavailable' ? words.t(`status.unavailable.${state.cause.reason}`) : words.t(`status.${state.kind}`);
}

function sourceTitle(words: Words, state: PanelState<unknown>, tookMs: number | null): string {
  const took = tookMs === null ? '' : words.t('status.took', { ms: tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs) });
  switch (state.kind) {
    case 'unavailable':
      return Object.values(absenceWords(words, state.cause)).filter(Boolean).join(' ');
    case 'failed':
      return `${state.cause.message} ${took}`;
    default:
      return took;
  }
}

function Connection() {
  const { t } = useWords();
  const connection = useApp((app) => app.connection);
  if (connection === 'open') return null;
  return (
    <span role="status" className={styles.loud}>
      <LevelShape level="warning" size={8} /> {t(`connection.${connection}`)}
    </span>
  );
}

function Paused() {
  const { t } = useWords();
  const paused = useApp((app) => app.info?.paused ?? false);
  return paused ? (
    <span role="status" className={styles.loud}>
      <LevelShape level="inactive" size={8} /> {t('status.paused')}
    </span>
  ) : null;
}

/** Nothing is left out in silence: events a slow window missed, and log lines that fell out of a ring. */
function Dropped() {
  const { t } = useWords();
  const eventCount = useApp((app) => app.self?.droppedEventCount ?? 0);
  const lineCount = useReadings((readings) => readings.logs.lastOk?.data.droppedCount ?? 0);
  if (eventCount + lineCount === 0) return null;
  return (
    <span title={t('status.droppedTitle', { events: eventCount, lines: lineCount })}>
      {t('status.dropped', { count: eventCount + lineCount })}
    </span>
  );
}

function DataAge() {
  const words = useWords();
  const nowMs = useNow();
  const readAtMs = useReadings(({ host: { reading } }) => (reading?.kind === 'ok' ? reading.startedAtMs + reading.tookMs : null));
  if (readAtMs === null) return null;
  const ageMs = Math.max(0, nowMs - readAtMs);
  return <span>{ageMs < 2000 ? words.t('status.dataFresh') : words.t('status.dataAge', { ago: formatAgo(words, readAtMs, nowMs) })}</span>;
}

function OwnCost() {
  const { t } = useWords();
  const self = useApp((app) => app.self);
  if (self === null) return null;
  const cpu = self.cpuCores === null ? unknownText : formatPercent(self.cpuCores, true);
  return (
    <span className={styles.cost} title={t(self.memoryKind === 'pss' ? 'status.costPss' : 'status.costRss')}>
      LogScope {cpu} · {formatBytes(self.memoryBytes)}
    </span>
  );
}
