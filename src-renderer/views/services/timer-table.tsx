import { memo } from 'react';
import { unknownText } from '../../../src-shared/format';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { Service } from '../../../src-shared/snapshots';
import { type LevelMark, LevelShape } from '../../components/level-shape';
import row from '../../components/row.module.css';
import { useNow } from '../../state/context';
import { formatAgo, formatDay, formatIn } from '../../words/time';
import { useWords } from '../../words/use-words';
import { resultText, serviceId, serviceMark } from './service-words';
import { type UnitFrame, UnitLine, UnitTable } from './unit-table';
import styles from './unit-table.module.css';

const columns: readonly { readonly label: MessageKey }[] = [
  { label: 'column.starts' },
  { label: 'column.nextRun' },
  { label: 'column.lastRun' },
  { label: 'column.lastResult' },
];

/** Timers: what each starts, when next, when last, and how that ended. */
export function TimerTable({ units, empty }: { readonly units: readonly Service[]; readonly empty: string }) {
  const words = useWords();
  return (
    <UnitTable
      label={words.t('services.timers')}
      columns={columns}
      grid={styles.timers}
      units={units}
      empty={empty}
      renderLine={(timer, frame) => (
        <TimerLine
          key={serviceId(timer)}
          {...frame}
          id={serviceId(timer)}
          level={serviceMark(timer)}
          unit={timer.unit}
          watched={timer.watched}
          starts={timer.timer?.unit ?? unknownText}
          nextRunAtMs={timer.timer?.nextRunAtMs ?? null}
          lastRunAtMs={timer.timer?.lastRunAtMs ?? null}
          result={timer.timer?.lastRunAtMs === null ? null : resultText(words, timer)}
          failed={timer.result !== null && timer.result !== 'success'}
        />
      )}
    />
  );
}

interface TimerLineProps extends UnitFrame {
  readonly id: string;
  readonly level: LevelMark;
  readonly unit: string;
  readonly watched: boolean;
  readonly starts: string;
  readonly nextRunAtMs: number | null;
  readonly lastRunAtMs: number | null;
  readonly result: string | null;
  readonly failed: boolean;
}

const TimerLine = memo(function TimerLine(props: TimerLineProps) {
  const { t } = useWords();
  return (
    <UnitLine {...props} grid={styles.timers}>
      <div role="cell" className={row.cell} title={props.starts}>
        {props.starts}
      </div>
      <div role="cell" className={row.cell}>
        {props.nextRunAtMs === null ? (
          <span className={row.quiet}>{t('services.noNextRun')}</span>
        ) : (
          <When atMs={props.nextRunAtMs} ahead />
        )}
      </div>
      <div role="cell" className={row.cell}>
        {props.lastRunAtMs === null ? <span className={row.quiet}>{t('services.neverRan')}</span> : <When atMs={props.lastRunAtMs} />}
      </div>
      <div role="cell" className={styles.result} title={props.result ?? undefined}>
        {props.failed && <LevelShape level="critical" size={9} />}
        <span>{props.result ?? unknownText}</span>
      </div>
    </UnitLine>
  );
});

function When({ atMs, ahead = false }: { readonly atMs: number; readonly ahead?: boolean }) {
  const words = useWords();
  const nowMs = useNow();
  return (
    <time className={styles.when}>
      {ahead ? formatIn(words, atMs, nowMs) : formatAgo(words, atMs, nowMs)} <span>{formatDay(words.language, atMs)}</span>
    </time>
  );
}
