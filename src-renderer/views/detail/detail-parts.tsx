import type { ReactNode } from 'react';
import type { Level } from '../../../src-shared/level';
import { useWords } from '../../words/use-words';
import styles from './detail-panel.module.css';

interface DetailProps {
  readonly head: ReactNode;
  readonly kind: string;
  readonly says: readonly string[];
  readonly level: Level;
  readonly ways?: ReactNode;
  readonly children: ReactNode;
}

/** Name, judgement in words, what can be done, facts. */
export function Detail({ ways, children, ...head }: DetailProps) {
  return (
    <>
      <DetailHead {...head} />
      {ways !== undefined && <div className={styles.ways}>{ways}</div>}
      <FactList>{children}</FactList>
    </>
  );
}

/** The top of a panel: kind, name, and the judgement in words. */
export function DetailHead({ head, kind, says, level }: Omit<DetailProps, 'ways' | 'children'>) {
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
    </>
  );
}

/** Holds `Fact`s. */
export function FactList({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
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
