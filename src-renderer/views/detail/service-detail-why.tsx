import type { ReactNode } from 'react';
import type { ServiceExplanation } from '../../../src-shared/contract';
import type { Service } from '../../../src-shared/snapshots';
import { LogLine } from '../../components/log-line';
import { useNow } from '../../state/context';
import { formatClock, formatDay, formatIn } from '../../words/time';
import { useWords } from '../../words/use-words';
import { needsALook, resultText, serviceState } from '../services/service-words';
import styles from './service-detail.module.css';

interface WhyCardProps {
  readonly service: Service;
  /** Null until it was read: the reasons of the reading stand meanwhile. */
  readonly explanation: ServiceExplanation | null;
  readonly problem: string | null;
}

/** So many journal lines stand as evidence; the live journal has the rest. */
const evidenceCount = 6;

/** The first thing of the card: what happened and what will happen, in sentences; below them what they rest on. */
export function WhyCard({ service, explanation, problem }: WhyCardProps) {
  const words = useWords();
  const { t } = words;
  const sentences = (explanation?.sentences ?? service.reasons).map(words.reason);
  const troubled = needsALook(service);
  const result = resultText(words, service);
  const nextStartAtMs = explanation?.nextStartAtMs ?? null;
  const evidence = troubled ? (explanation?.lastLines.slice(-evidenceCount) ?? []) : [];
  return (
    <section className={styles.why} aria-label={t('unit.why')} data-level={troubled ? service.level : 'ok'}>
      <ul className={styles.sentences}>
        {sentences.length === 0 && <li>{serviceState(words, service)}</li>}
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {problem !== null && <p className={styles.quiet}>{t('unit.unexplained', { detail: problem })}</p>}
      <dl className={styles.figures}>
        <Figure name={t('unit.exit')} value={service.state.startsWith('active') ? null : result} />
        <Figure name={t('unit.restarts')} value={service.restartCount === 0 ? null : service.restartCount} />
        <Figure name={t('unit.nextStart')} value={nextStartAtMs === null ? null : <NextStart atMs={nextStartAtMs} />} />
      </dl>
      {evidence.length > 0 && (
        <div className={styles.evidence} role="group" aria-label={t('unit.lastLines')}>
          {evidence.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be alike in everything
            <div key={index} className={styles.line} data-priority={priorityOf(line.priority)}>
              <time>{formatClock(words.language, line.atMs)}</time>
              <LogLine text={line.text} keyword="" />
            </div>
          ))}
        </div>
      )}
      {troubled && explanation !== null && explanation.journalUnreadable !== null && (
        <p className={styles.quiet}>
          {t('unit.journalUnreadable')} {explanation.journalUnreadable}
        </p>
      )}
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: ReactNode }) {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function NextStart({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return <time title={formatDay(words.language, atMs)}>{formatIn(words, atMs, useNow())}</time>;
}

/** Of syslog's eight: 0-3 are errors, 4 is a warning. */
function priorityOf(priority: number | null): 'error' | 'warning' | 'other' {
  if (priority === null || priority > 4) return 'other';
  return priority === 4 ? 'warning' : 'error';
}
