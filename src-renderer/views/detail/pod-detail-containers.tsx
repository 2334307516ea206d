import { bytesQuantity, formatBytes } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import type { Pod, PodContainer } from '../../../src-shared/snapshots';
import { Bar } from '../../components/bar';
import { Fold } from '../../components/fold';
import { LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import { useNow } from '../../state/context';
import { formatAgo } from '../../words/time';
import { useWords } from '../../words/use-words';
import { containerStateText, cpuLimitText, exitText, memoryLimitText, milliCores, readyCounts } from '../pods/pod-words';
import styles from './pod-detail.module.css';

/** Every container of a pod: state and how it ended in words, the run before, restarts, use against limits. */
export function PodContainers({ pod }: { readonly pod: Pod }) {
  const { t } = useWords();
  const { ready, all } = readyCounts(pod);
  return (
    <Fold id="pod.containers" title={t('pod.containers')} summary={`${ready}/${all}`}>
      {pod.containers.length === 0 && <p className={styles.quiet}>{t('pod.noContainers')}</p>}
      <ul className={styles.containers}>
        {pod.containers.map((container) => (
          <OneContainer key={container.name} container={container} podLevel={pod.level} />
        ))}
      </ul>
    </Fold>
  );
}

function OneContainer({ container, podLevel }: { readonly container: PodContainer; readonly podLevel: Level }) {
  const words = useWords();
  const { t } = words;
  const { lastRun, restartCount } = container;
  const ended = lastRun === null ? null : exitText(words, lastRun.exitCode, lastRun.reason);
  return (
    <li className={styles.container}>
      <p className={styles.containerHead}>
        <LevelShape level={shapeOf(container, podLevel)} />
        <strong>{container.name}</strong>
        {container.init && <span className={styles.quiet}>{t('pod.init')}</span>}
        <span className={styles.state}>{containerStateText(words, container)}</span>
      </p>
      {container.message !== null && <p className={styles.message}>{container.message}</p>}
      {(restartCount > 0 || ended !== null) && (
        <p className={styles.quiet}>
          {[restartCount > 0 ? t('pod.restarts', { count: restartCount }) : null, ended === null ? null : t('pod.lastRun', { how: ended })]
            .filter((part) => part !== null)
            .join(' · ')}
          {lastRun !== null && lastRun.finishedAtMs !== null && <Ago atMs={lastRun.finishedAtMs} />}
        </p>
      )}
      {(container.cpuCores !== null || container.memoryBytes !== null) && <Use container={container} />}
      <div className={styles.quiet}>
        <Middle text={container.image} tailLength={16} />
      </div>
    </li>
  );
}

function Use({ container }: { readonly container: PodContainer }) {
  const words = useWords();
  const memory = bytesQuantity(container.memoryBytes);
  const { cpuCores, cpuLimitCores, memoryBytes, memoryLimitBytes } = container;
  return (
    <dl className={styles.use}>
      <dt>{words.t('column.cpu')}</dt>
      <dd title={cpuLimitText(words, container)}>
        <Bar ratio={cpuCores !== null && cpuLimitCores !== null ? cpuCores / cpuLimitCores : null} level="ok" />
        <span>
          {milliCores(cpuCores)}
          <span className={styles.quiet}> {cpuLimitCores === null ? 'm' : `/ ${milliCores(cpuLimitCores)} m`}</span>
        </span>
      </dd>
      <dt>{words.t('column.memory')}</dt>
      <dd title={memoryLimitText(words, container)}>
        <Bar ratio={memoryBytes !== null && memoryLimitBytes !== null ? memoryBytes / memoryLimitBytes : null} level="ok" />
        <span>
          {memory.figure}
          <span className={styles.quiet}>
            {' '}
            {memory.unit}
            {memoryLimitBytes !== null && ` / ${formatBytes(memoryLimitBytes)}`}
          </span>
        </span>
      </dd>
    </dl>
  );
}

function Ago({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return ` · ${formatAgo(words, atMs, useNow())}`;
}

/** Only the shape; what is wrong was judged for the pod as a whole. */
function shapeOf({ state, ready, exitCode }: PodContainer, podLevel: Level): Level {
  switch (state) {
    case 'running':
      return ready ? 'ok' : 'unknown';
    case 'terminated':
      return exitCode === 0 ? 'inactive' : podLevel;
    case 'waiting':
      return podLevel === 'ok' ? 'inactive' : podLevel;
    case 'unknown':
      return 'unknown';
  }
}
