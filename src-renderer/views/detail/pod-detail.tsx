import type { Pod } from '../../../src-shared/snapshots';
import { LevelShape } from '../../components/level-shape';
import { useReadings } from '../../state/context';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { isPod, isRemedy } from '../pods/pod-words';
import { Detail, Fact, Gone } from './detail-parts';
import styles from './pod-detail.module.css';
import { PodContainers } from './pod-detail-containers';
import { PodEventList } from './pod-detail-events';
import { PodLog } from './pod-detail-log';

/** One pod: what is wrong, its containers, what the cluster noted about it, its log. */
export function PodDetail({ id }: { readonly id: string }) {
  const pod = useReadings(({ pods }) => pods.lastOk?.data.pods.find((one) => isPod(one, id)));
  return pod ? <FoundPod key={pod.uid} pod={pod} /> : <Gone />;
}

function FoundPod({ pod }: { readonly pod: Pod }) {
  const words = useWords();
  const { t } = words;
  const day = (atMs: number | null) => (atMs === null ? null : formatDay(words.language, atMs));
  const said = pod.reasons.filter(({ rule }) => !isRemedy(rule)).map(words.reason);
  const remedies = pod.reasons.filter(({ rule }) => isRemedy(rule)).map(words.reason);
  return (
    <>
      <Detail
        kind={t('pod.kind')}
        head={
          <>
            <LevelShape level={pod.level} size={12} /> {pod.name}
          </>
        }
        level={pod.level}
        says={said}
        ways={remedies.length > 0 ? <p className={styles.remedy}>{remedies.join(' ')}</p> : undefined}
      >
        <Fact
          name={t('column.status')}
          value={pod.reason === null || pod.reason === pod.status ? pod.status : `${pod.status} · ${pod.reason}`}
        />
        <Fact
          name={t('pod.message')}
          value={pod.message === null || said.some((one) => one.includes(pod.message ?? '')) ? null : pod.message}
        />
        <Fact name={t('column.namespace')} value={pod.namespace} />
        <Fact name={t('column.owner')} value={pod.owner === null ? null : `${pod.owner.kind}/${pod.owner.name}`} />
        <Fact name={t('column.node')} value={pod.node ?? t('pods.noNode')} />
        <Fact name={t('pod.created')} value={day(pod.createdAtMs)} />
        <Fact name={t('pod.deleting')} value={day(pod.deletingSinceMs)} />
      </Detail>
      <PodContainers pod={pod} />
      <PodLog pod={pod} />
      <PodEventList namespace={pod.namespace} name={pod.name} changed={`${pod.status} ${pod.restartCount}`} />
    </>
  );
}
