import { ChevronRight } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { LogRecord } from '../../../../src-shared/logs/log-record';
import { useWords } from '../../../words/use-words';
import { LevelWord } from '../level-word';
import { SourceMark } from '../source-mark';
import type { SourceMark as Mark } from '../source-marks';
import { type FrameOpener, LineText, shownLength } from '../text/line-text';
import type { MarkedRange } from '../text/mark-text';
import type { ConsolePrefs } from './console-prefs';
import styles from './console-row.module.css';
import { lineClock, lineStamp } from './line-times';

interface ConsoleRowProps {
  readonly record: LogRecord;
  readonly mark: Mark;
  readonly sourceName: string;
  /** Instead of the time of day: its age. */
  readonly age?: string | undefined;
  readonly zone: ConsolePrefs['zone'];
  readonly expanded: boolean;
  readonly marker: (text: string) => readonly MarkedRange[];
  readonly onOpenFrame?: FrameOpener | undefined;
  /** Below the text of an expanded one. */
  readonly children?: ReactNode;
}

/** The cells of one entry: when, who, how bad, what. Folded to its first line until somebody asks for the rest. */
export const ConsoleRow = memo(function ConsoleRow(props: ConsoleRowProps) {
  const { record, mark, sourceName, age, zone, expanded, marker, onOpenFrame, children } = props;
  const { t } = useWords();
  const firstBreak = record.text.indexOf('\n');
  const shown = (expanded || firstBreak === -1 ? record.text : record.text.slice(0, firstBreak)).slice(
    0,
    expanded ? undefined : shownLength,
  );
  const moreLines = expanded || firstBreak === -1 ? 0 : countBreaks(record.text);
  const hiddenChars = expanded || firstBreak !== -1 ? 0 : record.text.length - shown.length;
  return (
    <>
      <span role="gridcell" className={styles.time} title={lineStamp(record.atMs, zone)}>
        <time>{age ?? lineClock(record.atMs, zone)}</time>
      </span>
      <span role="gridcell" className={styles.source} title={sourceName}>
        <SourceMark mark={mark} /> <span className={styles.name}>{shortName(sourceName)}</span>
      </span>
      <span role="gridcell" className={styles.level}>
        <LevelWord level={record.level} />
      </span>
      <div role="gridcell" className={styles.body}>
        <div className={styles.line}>
          <span className={styles.text} title={expanded || shown.length < 80 ? undefined : shown.slice(0, 600)}>
            <LineText text={shown} origin={record.origin} marker={marker} onOpenFrame={onOpenFrame} />
          </span>
          {moreLines > 0 && (
            <span className={styles.more}>
              <ChevronRight size={11} aria-hidden="true" />
              {t('logs.moreLines', { count: moreLines })}
            </span>
          )}
          {hiddenChars > 0 && <span className={styles.more}>{t('logs.cut', { count: hiddenChars })}</span>}
        </div>
        {children}
      </div>
    </>
  );
});

/** Of a path its last two parts: the rest is in the title. */
export function shortName(name: string): string {
  return name.startsWith('/') ? name.split('/').slice(-2).join('/') : name;
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
