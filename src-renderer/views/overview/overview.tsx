import { RiskPanel } from '../processes/risk-panel';
import { ContainersPanel } from './containers-panel';
import { HostTiles } from './host-tiles';
import { NewestErrors } from './newest-errors';
import styles from './overview.module.css';
import { ServicesPanel } from './services-panel';

/** Everything at a glance: the machine, containers, services, risks, errors. */
export function Overview() {
  return (
    <div className={styles.overview}>
      <HostTiles />
      <ContainersPanel />
      <ServicesPanel />
      <RiskPanel className={styles.risks} />
      <NewestErrors />
    </div>
  );
}
