import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { ContainerDetail } from './container-detail';
import styles from './detail-panel.module.css';
import { ProcessDetail } from './process-detail';
import { ServiceDetail } from './service-detail';

/** The detail of the selected thing, beside the view and never over it where there is room. */
export function DetailPanel() {
  const selected = useUi((ui) => ui.selected);
  const { ui } = useWindowState();
  const { t } = useWords();
  if (selected === null) return null;
  return (
    <aside className={styles.panel} aria-label={t('detail.title')}>
      <button type="button" className={styles.close} aria-label={t('action.close')} onClick={() => ui.setState({ selected: null })}>
        <X size={15} aria-hidden="true" />
      </button>
      {selected.kind === 'container' && <ContainerDetail id={selected.id} />}
      {selected.kind === 'service' && <ServiceDetail id={selected.id} />}
      {selected.kind === 'process' && <ProcessDetail id={selected.id} />}
    </aside>
  );
}

interface DetailProps {
  readonly head: ReactNode;
  readonly kind: string;
  readonly says: readonly string[];
  readonly level: 'ok' | 'inactive' | 'unknown' | 'warning' | 'critical';
  readonly ways?: ReactNode;
  readonly children: ReactNode;
}

/** Name, judgement in words, what can be done, facts. */
export function Detail({ head, kind, says, level, ways, children }: DetailProps) {
  return (
    <>
      <p className={styles.kind}>{kind}</p>
      <h2 className={styles.head}>{head}</h2>
      {says.length > 0 && (
        <ul className={styles.says} data-level={level}>
          {says.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {ways !== undefined && <div className={styles.ways}>{ways}</div>}
      <dl className={styles.facts}>{children}</dl>
    </>
  );
}

interface FactProps {
  readonly name: string;
  /** Null leaves the line out. */
  readonly value: ReactNode;
  readonly mono?: boolean;
}

export function Fact({ name, value, mono = false }: FactProps) {
  if (value === null) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className={mono ? 'mono' : undefined}>{value}</dd>
    </div>
  );
}

/** It was there when it was chosen and is not any more. */
export function Gone() {
  const { t } = useWords();
  return <p className={styles.gone}>{t('detail.gone')}</p>;
}
