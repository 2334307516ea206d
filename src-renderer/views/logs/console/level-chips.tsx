import { logKinds } from '../../../../src-shared/logs/log-record';
import { type LogLevel, logLevels } from '../../../../src-shared/logs/parsed-line';
import { LevelShape } from '../../../components/level-shape';
import { useWords } from '../../../words/use-words';
import { levelWords } from '../level-word';
import { type QueryChoices, toggleHiddenLevel, withFromLevel, withKind } from '../query-terms';
import styles from './console-bar.module.css';
import type { LevelCounts } from './use-timeline';

interface ChipsProps {
  readonly query: string;
  readonly choices: QueryChoices;
  readonly counts: LevelCounts | null;
  readonly onChange: (query: string) => void;
}

/** Always there; the others only where there are lines of them. */
const usual: ReadonlySet<LogLevel> = new Set(['critical', 'error', 'warning', 'info', 'debug']);

/** Worst first. A click narrows to that level or worse, a second one widens again; with Shift only that level is hidden. */
export function LevelChips({ query, choices, counts, onChange }: ChipsProps) {
  const { t } = useWords();
  const from = choices.fromLevel === null ? 0 : logLevels.indexOf(choices.fromLevel);
  const levels = [...logLevels].reverse().filter((level) => usual.has(level) || (counts?.[level] ?? 0) > 0 || choices.fromLevel === level);
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{t('logs.levels')}</legend>
      {levels.map((level) => {
        const hidden = choices.hiddenLevels.has(level) || logLevels.indexOf(level) < from;
        const count = counts?.[level] ?? 0;
        return (
          <button
            key={level}
            type="button"
            className={styles.chip}
            data-hidden={hidden}
            data-empty={count === 0}
            aria-pressed={choices.fromLevel === level}
            aria-label={t('logs.levelChip', { word: levelWords[level], level, count: count.toLocaleString('en') })}
            title={t('logs.levelHint', { level })}
            onClick={(event) =>
              onChange(event.shiftKey ? toggleHiddenLevel(query, level) : withFromLevel(query, choices.fromLevel === level ? null : level))
            }
          >
            {shapes[level] !== undefined && <LevelShape level={shapes[level]} size={8} />}
            {levelWords[level]} <span>{counts === null ? '' : count.toLocaleString('en')}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

const shapes: Partial<Record<LogLevel, 'critical' | 'warning'>> = { critical: 'critical', error: 'critical', warning: 'warning' };

/** What the lines tell of: one kind at a time. */
export function KindChips({ query, choices, onChange }: Omit<ChipsProps, 'counts'>) {
  const { t } = useWords();
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{t('logs.kinds')}</legend>
      {logKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className={styles.chip}
          aria-pressed={choices.kind === kind}
          title={t(`logs.kindHint.${kind}`)}
          onClick={() => onChange(withKind(query, choices.kind === kind ? null : kind))}
        >
          {t(`logs.kind.${kind}`)}
        </button>
      ))}
    </fieldset>
  );
}
