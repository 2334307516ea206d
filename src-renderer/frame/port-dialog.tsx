import { lazy, Suspense } from 'react';
import { Modal } from '../components/modal';
import { useUi, useWindowState } from '../state/context';
import { useWords } from '../words/use-words';

// Not needed for the first screen.
const PortCard = lazy(() => import('../views/ports/port-card').then(({ PortCard: view }) => ({ default: view })));

/** "Who has 3000?": opened by the palette, an alert, or a row of the ports. */
export function PortDialog() {
  const port = useUi((ui) => ui.askedPort);
  const { ui } = useWindowState();
  const { t } = useWords();
  if (port === null) return null;
  const close = () => ui.setState({ askedPort: null });
  return (
    <Modal title={t('port.whoHas', { port })} onClose={close}>
      <Suspense fallback={null}>
        <PortCard key={port} port={port} onClose={close} />
      </Suspense>
    </Modal>
  );
}
