import { Box, FileText, Ship } from 'lucide-react';
import type { TrafficSource } from '../../../../src-shared/contract';
import { formatBytes } from '../../../../src-shared/format';
import { Button } from '../../../components/button';
import { LevelShape } from '../../../components/level-shape';
import { Middle } from '../../../components/middle';
import { useNow } from '../../../state/context';
import { formatAgo } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import { logText } from '../figure-text';
import styles from './source-choice.module.css';

const icons = { files: FileText, container: Box, pod: Ship, demo: FileText } as const;

/** One log that could be looked at; why it cannot be, where it cannot. */
export function SourceRow({ source, onOpen }: { readonly source: TrafficSource; readonly onOpen: () => void }) {
  const words = useWords();
  const { t } = words;
  const { input, why, problem, sizeBytes, changedAtMs } = source;
  const Icon = icons[input.kind];
  const name = logText(source.name);
  return (
    <li className={styles.row} data-problem={problem !== null}>
      <Icon size={15} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.name}>
          <Middle text={name} strong />
        </p>
        {problem === null ? (
          <p className={styles.quiet}>
            <Middle text={source.detail === '' ? t(`traffic.why.${why}`) : logText(source.detail)} tailLength={16} />
          </p>
        ) : (
          <p className={styles.trouble}>
            <LevelShape level="unknown" size={10} /> {words.sentences([problem])}
          </p>
        )}
      </div>
      <span className={styles.why}>{source.detail === '' || problem !== null ? '' : t(`traffic.why.${why}`)}</span>
      <span className={styles.size}>{sizeBytes === null ? '' : formatBytes(sizeBytes)}</span>
      <span className={styles.age}>{changedAtMs === null ? '' : <Changed atMs={changedAtMs} />}</span>
      <Button aria-label={t('traffic.openName', { name })} onClick={onOpen} disabled={problem !== null}>
        {t('traffic.open')}
      </Button>
    </li>
  );
}

function Changed({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return formatAgo(words, atMs, useNow());
}
