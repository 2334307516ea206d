import { Modal } from '../components/modal';
import { useUi, useWindowState } from '../state/context';
import { useWords } from '../words/use-words';
import { modifierText } from './keyboard';
import styles from './keys-dialog.module.css';

/** `?`: what the keys do. */
export function KeysDialog() {
  const open = useUi((ui) => ui.keysOpen);
  const { ui } = useWindowState();
  const { t } = useWords();
  if (!open) return null;
  const modifier = modifierText();
  const keys: readonly (readonly [string, string])[] = [
    [`${modifier} K`, t('keys.palette')],
    [`${modifier} 1–9`, t('keys.sections')],
    [`${modifier} ,`, t('section.settings')],
    ['/', t('keys.filter')],
    ['← ↑ → ↓', t('keys.dots')],
    ['Space', t('keys.pause')],
    ['Esc', t('keys.close')],
    ['?', t('keys.title')],
  ];
  const processKeys: readonly (readonly [string, string])[] = [
    ['← →', t('keys.branch')],
    [`${modifier} C`, t('keys.copyRow')],
    ['Delete', t('keys.endProcess')],
  ];
  const logKeys: readonly (readonly [string, string])[] = [
    ['f', t('keys.follow')],
    ['j  k', t('keys.lines')],
    ['Enter', t('keys.openLine')],
    ['c', t('keys.copyLine')],
  ];
  const trafficKeys: readonly (readonly [string, string])[] = [
    ['← →', t('keys.trafficTime')],
    ['Enter', t('keys.trafficNarrow')],
  ];
  return (
    <Modal title={t('keys.title')} onClose={() => ui.setState({ keysOpen: false })}>
      <KeyList keys={keys} />
      <h3 className={styles.heading}>{t('keys.processes')}</h3>
      <KeyList keys={processKeys} />
      <h3 className={styles.heading}>{t('keys.logs')}</h3>
      <KeyList keys={logKeys} />
      <h3 className={styles.heading}>{t('keys.traffic')}</h3>
      <KeyList keys={trafficKeys} />
    </Modal>
  );
}

function KeyList({ keys }: { readonly keys: readonly (readonly [key: string, meaning: string])[] }) {
  return (
    <dl className={styles.keys}>
      {keys.map(([key, meaning]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
