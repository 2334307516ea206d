import { X } from 'lucide-react';
import { useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { ContainerDetail } from './container-detail';
import styles from './detail-panel.module.css';
import { PodDetail } from './pod-detail';
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
      {selected.kind === 'pod' && <PodDetail id={selected.id} />}
      {selected.kind === 'service' && <ServiceDetail id={selected.id} />}
      {selected.kind === 'process' && <ProcessDetail id={selected.id} />}
    </aside>
  );
}
