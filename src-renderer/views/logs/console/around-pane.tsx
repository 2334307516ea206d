import { X } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { CopyButton } from '../../../components/copy-button';
import { useWindowState } from '../../../state/context';
import { usePolledAnswer } from '../../../state/use-polled-answer';
import { useWords } from '../../../words/use-words';
import { LevelWord } from '../level-word';
import { type FrameOpener, LineText } from '../text/line-text';
import type { MarkedRange } from '../text/mark-text';
import styles from './around-pane.module.css';
import { recordsAsText } from './console-export';
import type { ConsolePrefs } from './console-prefs';
import { lineClock } from './line-times';

interface AroundPaneProps {
  readonly id: number;
  readonly zone: ConsolePrefs['zone'];
  readonly marker: (text: string) => readonly MarkedRange[];
  readonly onOpenFrame?: FrameOpener | undefined;
  readonly onClose: () => void;
}

const each = 60;
/** What came before an entry does not change, and what comes after it soon no longer does. */
const everyMs = 15_000;

/** The lines of the same source before and after one, whatever the search leaves out. */
export function AroundPane({ id, zone, marker, onOpenFrame, onClose }: AroundPaneProps) {
  const { t } = useWords();
  const { client } = useWindowState();
  const target = useRef<HTMLLIElement>(null);
  const ask = useCallback(() => client.request('logs.around', { id, before: each, after: each }), [client, id]);
  const { data, problem } = usePolledAnswer(ask, everyMs);
  const isThere = data !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each entry
  useEffect(() => {
    // In braces: Chromium gives a promise back, which React would call as a clean-up.
    target.current?.scrollIntoView({ block: 'center' });
  }, [id, isThere]);
  const records = data?.records ?? [];
  const name = records[0] === undefined ? '' : (data?.origins[records[0].origin]?.name ?? records[0].origin);
  return (
    <section className={styles.pane} aria-label={t('logs.aroundTitle')}>
      <header className={styles.head}>
        <h3 className={styles.title} title={name}>
          {t('logs.aroundTitle')} <span>{name}</span>
        </h3>
        <CopyButton label={t('logs.copyAround')} iconOnly text={() => recordsAsText(records, data?.origins ?? {}, zone)} />
        <button type="button" className={styles.close} aria-label={t('logs.close')} title={`${t('logs.close')} (Esc)`} onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </button>
      </header>
      {problem !== null && (
        <p className={styles.quiet} role="alert">
          {problem}
        </p>
      )}
      {data === null && problem === null && <p className={styles.quiet}>{t('panel.loading')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <ol className={styles.lines} tabIndex={0}>
        {records.map((record) => (
          <li
            key={record.id}
            ref={record.id === id ? target : undefined}
            className={styles.line}
            data-target={record.id === id || undefined}
            data-stamps="hidden"
            data-long={record.text.includes('\n') || undefined}
            aria-current={record.id === id || undefined}
          >
            <time>{lineClock(record.atMs, zone)}</time>
            <LevelWord level={record.level} />
            <span className={styles.text}>
              <LineText text={record.text.slice(0, 4000)} origin={record.origin} marker={marker} onOpenFrame={onOpenFrame} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
