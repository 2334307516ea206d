import { useState } from 'react';
import type { TrafficFilter } from '../../../../src-shared/contract';
import { Button } from '../../../components/button';
import { LevelShape } from '../../../components/level-shape';
import { Panel } from '../../../components/panel';
import { formatDuration } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import { countText, timeText } from '../figure-text';
import { spanText } from '../time-text';
import type { MaybeReport } from './maybe-report';
import styles from './timeline.module.css';
import { type Range, TimelineChart } from './timeline-chart';
import layout from './traffic-figures.module.css';

interface TimelinePanelProps {
  readonly report: MaybeReport;
  readonly filter: TrafficFilter;
  readonly onRange: (fromMs: number, toMs: number) => void;
  readonly onReset: () => void;
}

/** Requests and times as they came. What the pointer or the keys are at is said in the heading. */
export function TimelinePanel({ report, filter, onRange, onReset }: TimelinePanelProps) {
  const words = useWords();
  const { t } = words;
  const [range, setRange] = useState<Range | null>(null);
  const timeline = report?.timeline ?? null;
  const said = timeline === null ? null : rangeFigures(timeline, range);
  const isNarrowed = filter.fromMs !== null || filter.toMs !== null;
  const hasTimes = timeline?.stretches.some(({ meanMs }) => meanMs !== null) ?? false;
  return (
    <Panel
      title={t('traffic.timeline')}
      className={layout.timeline}
      summary={
        <span className={styles.said} aria-live="polite">
          {said === null
            ? timeline === null
              ? ''
              : t('traffic.perStretch', { duration: formatDuration(words, timeline.stretchMs / 1000) })
            : [
                spanText(words, said.fromMs, said.toMs),
                t('traffic.requestsCount', { count: said.requests, requests: countText(said.requests) }),
                `4xx ${countText(said.clientErrors)}`,
                `5xx ${countText(said.serverErrors)}`,
                said.meanMs === null ? null : `${t('traffic.meanMs')} ${timeText(said.meanMs)}`,
              ]
                .filter((part) => part !== null)
                .join(' · ')}
        </span>
      }
      aside={
        <>
          {isNarrowed && (
            <Button kind="link" onClick={onReset}>
              {t('traffic.wholeTime')}
            </Button>
          )}
          <ul className={styles.legend} aria-label={t('traffic.legend')}>
            <li>
              <i data-kind="fine" /> {t('traffic.fine')}
            </li>
            <li>
              <LevelShape level="warning" size={9} /> 4xx
            </li>
            <li>
              <LevelShape level="critical" size={9} /> 5xx
            </li>
            {hasTimes && (
              <>
                <li>
                  <i data-kind="mean" /> {t('traffic.meanMs')}
                </li>
                <li>
                  <i data-kind="p90" /> p90
                </li>
              </>
            )}
          </ul>
        </>
      }
    >
      {timeline !== null && timeline.stretches.length > 0 ? (
        <TimelineChart timeline={timeline} range={range} onPoint={setRange} onRange={onRange} />
      ) : (
        <p className={styles.quiet}>{report === null ? '' : t('traffic.noTimesOfDay')}</p>
      )}
    </Panel>
  );
}

function rangeFigures({ stretches, stretchMs }: NonNullable<MaybeReport>['timeline'], range: Range | null) {
  if (range === null) return null;
  const chosen = stretches.slice(range.first, range.last + 1);
  const [start] = chosen;
  if (start === undefined) return null;
  const sum = (of: (one: (typeof chosen)[number]) => number) => chosen.reduce((total, one) => total + of(one), 0);
  const timed = chosen.filter(({ meanMs }) => meanMs !== null);
  const timedRequests = timed.reduce((total, { requests }) => total + requests, 0);
  return {
    fromMs: start.atMs,
    toMs: start.atMs + chosen.length * stretchMs,
    requests: sum(({ requests }) => requests),
    clientErrors: sum(({ clientErrors }) => clientErrors),
    serverErrors: sum(({ serverErrors }) => serverErrors),
    meanMs: timedRequests === 0 ? null : timed.reduce((total, { meanMs, requests }) => total + (meanMs ?? 0) * requests, 0) / timedRequests,
  };
}
