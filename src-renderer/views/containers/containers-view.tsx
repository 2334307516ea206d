import { useDeferredValue, useState } from 'react';
import { Button } from '../../components/button';
import { FilterField } from '../../components/filter-field';
import { Panel } from '../../components/panel';
import { Segments } from '../../components/segments';
import { SourceBody } from '../../components/source-body';
import { useReadings, useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { ContainerTable } from './container-table';
import { runSummary } from './container-words';
import styles from './containers-view.module.css';
import { EngineStrip } from './engine-strip';

/** Every container of every engine, what the engines are doing and what they keep on disk. */
export function ContainersView() {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const summary = useReadings(({ containers: { lastOk } }) => (lastOk ? runSummary(words, lastOk.data.containers) : ''));
  return (
    <Panel
      title={words.t('region.containers')}
      summary={summary}
      className={styles.view}
      aside={
        <>
          <ListOptions />
          <FilterField label={words.t('filter.containers')} value={filter} onChange={setFilter} />
        </>
      }
    >
      <SourceBody source="containers">
        {(snapshot) => (
          <>
            <EngineStrip engines={snapshot.engines} containers={snapshot.containers} />
            <ContainerTable snapshot={snapshot} filter={applied} />
          </>
        )}
      </SourceBody>
    </Panel>
  );
}

function ListOptions() {
  const { t } = useWords();
  const { ui } = useWindowState();
  const scale = useUi((state) => state.cpuScale);
  const grouped = useUi((state) => state.containersGrouped);
  return (
    <>
      <span title={t(scale === 'core' ? 'containers.scale.coreTitle' : 'containers.scale.hostTitle')}>
        <Segments
          label={t('containers.scale')}
          value={scale}
          options={[
            { value: 'core', label: t('containers.scale.core') },
            { value: 'host', label: t('containers.scale.host') },
          ]}
          onChange={(cpuScale) => ui.setState({ cpuScale })}
        />
      </span>
      <Button aria-pressed={grouped} onClick={() => ui.setState({ containersGrouped: !grouped })}>
        {t('containers.group')}
      </Button>
    </>
  );
}
