import { BellOff, Pin } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import type { LogPatternSummary } from '../../../../src-shared/contract';
import { isErrorLevel } from '../../../../src-shared/logs/parsed-line';
import { joinClasses } from '../../../components/join-classes';
import row from '../../../components/row.module.css';
import { useNow } from '../../../state/context';
import { formatAgo, formatDay } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import { Badge } from '../badge';
import { shortName } from '../console/console-row';
import { LevelWord } from '../level-word';
import { MinuteBars } from '../minute-bars';
import { SourceMark } from '../source-mark';
import { plainText } from '../text/ansi';
import { windowSourceMarks } from '../window-source-marks';
import { templateParts } from './pattern-order';
import styles from './pattern-table.module.css';

interface PatternRowProps {
  readonly pattern: LogPatternSummary;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly onMark: (pattern: string, mark: 'muted' | 'pinned' | null) => void;
  readonly onOpen: (pattern: string) => void;
}

export const PatternRow = memo(function PatternRow({ pattern, place, rowIndex, onMark, onOpen }: PatternRowProps) {
  const words = useWords();
  const { t } = words;
  const { id, level, count, perMinute, origins, otherSourceCount, newSince, mark } = pattern;
  const template = plainText(pattern.template).replaceAll('\n', ' ');
  const [first] = origins;
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={joinClasses(row.row, styles.columns)}
      data-muted={mark === 'muted'}
      style={place}
      tabIndex={-1}
    >
      <div role="cell" className={joinClasses(row.action, styles.marks)}>
        {(['pinned', 'muted'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className={styles.mark}
            data-walk={one}
            aria-pressed={mark === one}
            aria-label={t(`logs.mark.${one}`, { pattern: template.slice(0, 80) })}
            title={t(mark === one ? `logs.unmarkHint.${one}` : `logs.markHint.${one}`)}
            onClick={() => onMark(id, mark === one ? null : one)}
          >
            {one === 'pinned' ? <Pin size={13} aria-hidden="true" /> : <BellOff size={13} aria-hidden="true" />}
          </button>
        ))}
      </div>
      <div role="cell">
        <LevelWord level={level} />
      </div>
      <div role="cell" className={joinClasses(row.name, styles.template)}>
        <button
          type="button"
          className={joinClasses(row.open, styles.open)}
          data-opens="true"
          data-walk="open"
          title={`${template}\n\n${plainText(pattern.example).slice(0, 1000)}`}
          onClick={() => onOpen(id)}
        >
          <code>
            {templateParts(template).map(({ text, mask }, index) =>
              mask ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name
                <span key={index} className={styles.mask}>
                  {text === '<*>' ? '∗' : text.slice(1, -1)}
                </span>
              ) : (
                text
              ),
            )}
          </code>
        </button>
        {newSince !== null && <NewBadge since={newSince} />}
      </div>
      <div role="cell" className={row.number}>
        {count.toLocaleString('en')}
      </div>
      <div role="cell" data-column="rate">
        <MinuteBars
          counts={perMinute}
          minutes={60}
          tone={isErrorLevel(level) ? 'critical' : 'plain'}
          label={t('logs.perHour', { count: perMinute.reduce((sum, one) => sum + one, 0) })}
        />
      </div>
      <div role="cell" className={styles.source} title={origins.map(({ name }) => name).join(', ')}>
        {first !== undefined && (
          <>
            <SourceMark mark={windowSourceMarks(first.key, first.name)} /> <span>{shortName(first.name)}</span>
            {origins.length - 1 + otherSourceCount > 0 && <small>+{origins.length - 1 + otherSourceCount}</small>}
          </>
        )}
      </div>
      <div role="cell" className={row.quiet} title={formatDay(words.language, pattern.firstSeenAtMs)}>
        <Ago atMs={pattern.firstSeenAtMs} />
      </div>
      <div role="cell" className={row.quiet} title={formatDay(words.language, pattern.lastSeenAtMs)}>
        <Ago atMs={pattern.lastSeenAtMs} />
      </div>
    </div>
  );
});

function NewBadge({ since: { kind, atMs, name } }: { readonly since: NonNullable<LogPatternSummary['newSince']> }) {
  const words = useWords();
  const says = words.t(`logs.newSince.${kind}`, { name: plainText(name), ago: formatAgo(words, atMs, useNow()) });
  return (
    <Badge title={says}>
      <span className={styles.longBadge}>{says}</span>
      <span className={styles.shortBadge}>{words.t('logs.new.short')}</span>
    </Badge>
  );
}

function Ago({ atMs }: { readonly atMs: number }) {
  return formatAgo(useWords(), atMs, useNow());
}
