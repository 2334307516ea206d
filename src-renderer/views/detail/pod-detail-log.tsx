import { useState } from 'react';
import type { LogTarget } from '../../../src-shared/contract';
import type { Pod, PodContainer } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { Fold } from '../../components/fold';
import { LiveLog } from '../../components/live-log';
import { Segments } from '../../components/segments';
import { useWindowState } from '../../state/context';
import { showLogs } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import styles from './pod-detail.module.css';
import { keptLogsQuery } from './pod-kept-logs';

type Run = 'current' | 'previous';

/** The pod's live log: which container, this run or the one before, or all pods of its owner together. */
export function PodLog({ pod }: { readonly pod: Pod }) {
  const { t } = useWords();
  const { ui, readings } = useWindowState();
  const [containerName, setContainerName] = useState<string | null>(null);
  const [run, setRun] = useState<Run>('current');
  const [merged, setMerged] = useState(false);
  const container = pod.containers.find((one) => one.name === containerName) ?? mostTelling(pod.containers);
  const hasPrevious = container !== undefined && (container.restartCount > 0 || container.lastRun !== null);
  const shownRun = hasPrevious ? run : 'current';
  const { owner } = pod;
  const target: LogTarget =
    merged && owner !== null
      ? { kind: 'pods-of', namespace: pod.namespace, ownerKind: owner.kind, ownerName: owner.name }
      : { kind: 'pod', namespace: pod.namespace, name: pod.name, container: container?.name ?? null, previous: shownRun === 'previous' };
  return (
    <Fold id="pod.log" title={t('liveLog.title')}>
      <div className={styles.logWays}>
        {pod.containers.length > 1 && (
          <select
            className={styles.choice}
            aria-label={t('pod.log.of')}
            value={container?.name ?? ''}
            disabled={merged}
            onChange={(event) => setContainerName(event.target.value)}
          >
            {pod.containers.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
        <Segments
          label={t('pod.log.run')}
          value={shownRun}
          options={[
            { value: 'current', label: t('pod.log.current'), disabled: merged },
            { value: 'previous', label: t('pod.log.previous'), disabled: merged || !hasPrevious },
          ]}
          onChange={setRun}
        />
        {owner !== null && (
          <label className={styles.merged}>
            <input type="checkbox" checked={merged} onChange={(event) => setMerged(event.target.checked)} />
            {t('pod.log.allOf', { owner: owner.name })}
          </label>
        )}
      </div>
      <LiveLog target={target} />
      <p className={styles.toLogs}>
        <Button kind="link" onClick={() => showLogs(ui, keptLogsQuery(pod, readings.getState().logs.lastOk?.data.sources ?? []))}>
          {t('pod.log.kept')}
        </Button>
      </p>
    </Fold>
  );
}

/** Whose log one wants to see first: the one in trouble, else the first that stays. */
function mostTelling(containers: readonly PodContainer[]): PodContainer | undefined {
  return (
    containers.find((one) => one.state === 'waiting' && one.restartCount > 0) ??
    containers.find((one) => one.state === 'terminated' && one.exitCode !== 0) ??
    containers.find((one) => !one.init) ??
    containers[0]
  );
}
