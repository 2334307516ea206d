import { Modal } from '../components/modal';
import { useUi, useWindowState } from '../state/context';
import { useWords } from '../words/use-words';
import { StopFlow } from './stop-dialog-flow';

/** Ending a process: what it would mean, the better way, a request to end, what came of it, and force only after that. */
export function StopDialog() {
  const target = useUi((ui) => ui.stopTarget);
  const { ui } = useWindowState();
  const { t } = useWords();
  if (target === null) return null;
  const close = () => ui.setState({ stopTarget: null });
  return (
    <Modal title={t('stop.title')} onClose={close}>
      <StopFlow key={target.id} id={target.id} name={target.name} onClose={close} />
    </Modal>
  );
}
