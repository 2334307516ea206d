import { useDeferredValue, useState } from 'react';
import type { PodsSnapshot } from '../../../src-shared/snapshots';
import { FilterField } from '../../components/filter-field';
import { LevelShape } from '../../components/level-shape';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useApp, useNow, useReadings } from '../../state/context';
import { formatAgo } from '../../words/time';
import { useWords } from '../../words/use-words';
import { ClusterSwitch } from './cluster-switch';
import { OtherCluster } from './other-cluster';
import { PodTable } from './pod-table';
import { podsSummary } from './pod-words';
import styles from './pods-view.module.css';

/** Every pod of the chosen context and namespace, with what is wrong in words. */
export function PodsView() {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? true);
  // Of another cluster, or from before, while this one cannot be read: it says nothing then.
  const seen = useReadings(({ pods }) => (pods.reading?.kind === 'unavailable' ? undefined : pods.lastOk?.data));
  const summary = seen ? podsSummary(words, seen.pods) : '';
  return (
    <Panel
      title={words.t('region.pods')}
      summary={actionsAllowed ? summary : `${summary === '' ? '' : `${summary} · `}${words.t('pods.readOnly')}`}
      className={styles.view}
      aside={
        seen && (
          <>
            <ClusterSwitch seen={seen} />
            <FilterField label={words.t('pods.filter')} value={filter} onChange={setFilter} />
          </>
        )
      }
    >
      <SourceBody source="pods" whenUnavailable={<OtherCluster />}>
        {(snapshot) => (
          <>
            <PodTable snapshot={snapshot} filter={applied} />
            <Foot snapshot={snapshot} />
          </>
        )}
      </SourceBody>
    </Panel>
  );
}

/** The last line: which cluster this is, and what of it cannot be had. Always there, so that no row moves when it has more to say. */
function Foot({ snapshot: { context, serverVersion, metricsUnavailable, broken, watch } }: { readonly snapshot: PodsSnapshot }) {
  const { t } = useWords();
  return (
    <footer className={styles.foot}>
      <span className={styles.cluster}>{serverVersion === null ? context : t('pods.cluster', { context, version: serverVersion })}</span>
      {metricsUnavailable !== null && (
        <span className={styles.note} title={metricsUnavailable}>
          {t('pods.noMetrics')} {t('pods.noMetricsRemedy')}
        </span>
      )}
      {watch === 'resuming' && (
        <span role="status" className={styles.broken} title={broken?.detail}>
          <LevelShape level="unknown" size={9} /> <Resuming sinceMs={broken?.sinceMs ?? null} />
        </span>
      )}
    </footer>
  );
}

function Resuming({ sinceMs }: { readonly sinceMs: number | null }) {
  const words = useWords();
  const nowMs = useNow();
  return <span aria-live="off">{words.t('pods.resuming', { ago: sinceMs === null ? '' : formatAgo(words, sinceMs, nowMs) })}</span>;
}
