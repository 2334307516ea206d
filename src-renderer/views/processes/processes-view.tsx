import styles from './processes-view.module.css';
import { RiskPanel } from './risk-panel';

/** Every process of the machine with its risk, over the whole height. */
export function ProcessesView() {
  return <RiskPanel className={styles.view} />;
}
