import { ArrowLeft, FileSearch, RotateCcw, Sparkles } from 'lucide-react';
import { useState } from 'react';
import type { TrafficFilter } from '../../../../src-shared/contract';
import { formatBytes, truncateMiddle } from '../../../../src-shared/format';
import { Button } from '../../../components/button';
import { LevelShape } from '../../../components/level-shape';
import { useNow, useWindowState } from '../../../state/context';
import type { TrafficTarget } from '../../../state/ui-store';
import { formatAgo } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import type { TrafficFeed } from '../feed/traffic-feed';
import { useFeed } from '../feed/use-traffic-feed';
import { shareText } from '../figure-text';
import { formatWords } from '../format-words';
import { PromptDialog } from '../report/prompt-dialog';
import { ReportMenu } from '../report/report-menu';
import { targetName } from '../target-name';
import styles from './traffic-bar.module.css';

interface TrafficBarProps {
  readonly target: TrafficTarget;
  readonly feed: TrafficFeed;
  readonly filter: TrafficFilter;
}

/** Which log, how far it is read, and what can be made of it. One row of one height, whatever happens. */
export function TrafficBar({ target, feed, filter }: TrafficBarProps) {
  const words = useWords();
  const { t } = words;
  const { ui } = useWindowState();
  const session = useFeed(feed, (state) => state.session);
  const report = useFeed(feed, (state) => state.report);
  const [prompting, setPrompting] = useState(false);
  const name = targetName(words, target);
  return (
    <div className={styles.bar}>
      <Button aria-label={t('traffic.otherLog')} title={t('traffic.otherLog')} onClick={() => ui.setState({ trafficTarget: null })}>
        <ArrowLeft size={13} aria-hidden="true" />
      </Button>
      <h2 className={styles.name} title={name}>
        {truncateMiddle(name, 48)}
      </h2>
      <Button
        kind="link"
        className={styles.format}
        title={t('traffic.lookAtFormat')}
        onClick={() => ui.setState({ trafficTarget: { ...target, stage: 'preview' } })}
      >
        <FileSearch size={12} aria-hidden="true" /> <span>{report ? formatWords(words, report.format) : t('traffic.lookAtFormat')}</span>
      </Button>
      <Progress feed={feed} />
      <div className={styles.actions}>
        <ReportMenu session={report === null ? null : session} filter={filter} />
        <Button disabled={session === null || report === null} onClick={() => setPrompting(true)}>
          <Sparkles size={13} aria-hidden="true" /> {t('traffic.prompts')}
        </Button>
      </div>
      {prompting && session !== null && <PromptDialog session={session} filter={filter} onClose={() => setPrompting(false)} />}
    </div>
  );
}

function Progress({ feed }: { readonly feed: TrafficFeed }) {
  const words = useWords();
  const { t } = words;
  const { phase, progress, problem } = useFeed(feed, (state) => state);
  const hasReport = useFeed(feed, (state) => state.report !== null);
  const hasFailed = phase === 'refused' || progress?.state === 'failed';
  if (hasFailed)
    return (
      <div className={styles.progress}>
        <LevelShape level="warning" /> {t('traffic.failed')}
        {hasReport && (
          <Button onClick={feed.retry}>
            <RotateCcw size={12} aria-hidden="true" /> {t('panel.retry')}
          </Button>
        )}
      </div>
    );
  if (problem !== null)
    return (
      <div className={styles.progress} role="status">
        <LevelShape level="unknown" /> <Text text={problem} />
      </div>
    );
  if (progress === null)
    return (
      <div className={styles.progress} role="status">
        {t('traffic.reading')}
      </div>
    );
  const { state, readBytes, totalBytes } = progress;
  if (state === 'reading') {
    const ratio = totalBytes === null || totalBytes === 0 ? null : Math.min(1, readBytes / totalBytes);
    return (
      <div className={styles.progress}>
        <progress className={styles.meter} aria-label={t('traffic.readingName')} max={1} {...(ratio === null ? {} : { value: ratio })} />
        <span className={styles.figure}>
          {ratio === null ? formatBytes(readBytes) : `${shareText(Math.floor(ratio * 100) / 100)} · ${formatBytes(totalBytes)}`}
        </span>
        <Button onClick={() => void feed.cancel()}>{t('traffic.cancel')}</Button>
      </div>
    );
  }
  const level = progress.problem !== null || state === 'cancelled' ? 'warning' : state === 'ended' ? 'inactive' : 'ok';
  return (
    <div className={styles.progress} role="status">
      <LevelShape level={level} />
      <Text text={t(`traffic.state.${state}`, { size: formatBytes(readBytes) })} />
      {state === 'following' && <Newest feed={feed} />}
      {state === 'cancelled' && <Button onClick={feed.retry}>{t('traffic.readAgain')}</Button>}
    </div>
  );
}

/** What could not be read, although figures are there: whole, since it names the remedy. */
export function PartProblem({ feed }: { readonly feed: TrafficFeed }) {
  const words = useWords();
  const part = useFeed(feed, ({ report, progress }) => (report === null ? null : (progress?.problem ?? null)));
  if (part === null) return null;
  return (
    <p className={styles.part} role="status">
      <LevelShape level="warning" size={10} /> {words.sentences([part])}
    </p>
  );
}

function Text({ text }: { readonly text: string }) {
  return (
    <span className={styles.text} title={text}>
      {text}
    </span>
  );
}

function Newest({ feed }: { readonly feed: TrafficFeed }) {
  const words = useWords();
  const lastAtMs = useFeed(feed, (state) => state.report?.lastAtMs ?? null);
  const nowMs = useNow();
  if (lastAtMs === null) return null;
  return <span className={styles.quiet}>{words.t('traffic.newest', { ago: formatAgo(words, lastAtMs, nowMs) })}</span>;
}
