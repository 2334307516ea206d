import { memo } from 'react';
import type { Leftover } from '../../../src-shared/contract';
import { formatBytes } from '../../../src-shared/format';
import { Button } from '../../components/button';
import { Middle } from '../../components/middle';
import { useWindowState } from '../../state/context';
import { printable } from '../../words/highlight';
import { useWords } from '../../words/use-words';
import { ThingLink } from '../ports/port-links';
import { projectText } from '../ports/port-words';
import { Since } from '../ports/since';
import styles from './leftovers.module.css';

interface LeftoverRowProps {
  /** The same object as long as nothing about it changed. */
  readonly leftover: Leftover;
  readonly actionsAllowed: boolean;
}

/** One program that was left behind: what and where, why it is listed, and the way to its end. */
export const LeftoverRow = memo(function LeftoverRow({ leftover, actionsAllowed }: LeftoverRowProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const { processId, pid, name, command, listening, project, memoryBytes, because, startedAtMs } = leftover;
  const why = because.map((one) => t(`leftover.because.${one}`)).join(', ');
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <ThingLink thing={{ kind: 'process', id: processId }} name={name} quiet={String(pid)} />
        {project !== null && (
          <span className={styles.project} title={printable(project.root)}>
            {projectText(project)}
          </span>
        )}
        {listening.map((port) => (
          <Button
            key={port}
            kind="link"
            className={styles.port}
            aria-label={t('port.whoHas', { port })}
            onClick={() => ui.setState({ askedPort: port })}
          >
            :{port}
          </Button>
        ))}
      </div>
      <div className={styles.why} title={why}>
        {why}
      </div>
      <div className={styles.command}>
        <Middle text={printable(command)} />
      </div>
      <div className={styles.age}>
        <Since atMs={startedAtMs} />
      </div>
      <div className={styles.memory}>{formatBytes(memoryBytes)}</div>
      <div className={styles.end}>
        {actionsAllowed && (
          <Button
            aria-label={t('leftover.endName', { name: printable(name), pid })}
            onClick={() => ui.setState({ stopTarget: { id: processId, name } })}
          >
            {t('leftover.end')}
          </Button>
        )}
      </div>
    </li>
  );
});
