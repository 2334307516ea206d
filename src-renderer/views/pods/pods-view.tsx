import { useDeferredValue, useState } from 'react';
import type { PodsSnapshot } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { FilterField } from '../../components/filter-field';
import { LevelShape } from '../../components/level-shape';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useApp, useNow, useReadings, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { formatAgo } from '../../words/time';
import { useWords } from '../../words/use-words';
import { ClusterSwitch } from './cluster-switch';
import { PodTable } from './pod-table';
import { podsSummary } from './pod-words';
import styles from './pods-view.module.css';

/** Every pod of the chosen context and namespace, with what is wrong in words. */
export function PodsView() {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? true);
  const seen = useReadings(({ pods }) => pods.lastOk?.data);
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

/** Nothing was ever read, so no list of contexts is known here: the settings take one by name. */
function OtherCluster() {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <p className={styles.other}>
      {t('pods.otherCluster')}{' '}
      <Button kind="link" onClick={() => goTo(ui, { section: 'settings' })}>
        {t('pods.toSettings')}
      </Button>
    </p>
  );
}
