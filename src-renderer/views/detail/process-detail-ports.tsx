import type { ProcessExplanation } from '../../../src-shared/contract';
import { formatSocket } from '../../../src-shared/format';
import type { ListeningSocket, Process } from '../../../src-shared/snapshots';
import { Fold } from '../../components/fold';
import { useWords } from '../../words/use-words';
import styles from './process-detail.module.css';

interface PortsSectionProps {
  readonly process: Process;
  readonly explanation: ProcessExplanation | null;
}

/** Where it listens, who can reach that, and whether somebody is connected. Absent for what listens nowhere. */
export function PortsSection({ process: { listening }, explanation }: PortsSectionProps) {
  const { t } = useWords();
  const clientCount = explanation?.clientCount ?? null;
  if (listening.length === 0) return null;
  return (
    <Fold
      id="process.ports"
      title={t('process.ports')}
      summary={
        clientCount === null
          ? undefined
          : clientCount === 0
            ? t('process.ports.noClients')
            : t('process.ports.clients', { count: clientCount })
      }
    >
      <ul className={styles.ports}>
        {listening.map((socket) => (
          <li key={`${socket.protocol} ${socket.address} ${socket.port}`}>
            <code>
              {formatSocket(socket.address, socket.port)}/{socket.protocol}
            </code>
            <span className={styles.quiet}>{t(`process.ports.reach.${reachOf(socket)}`)}</span>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function reachOf({ address }: ListeningSocket): 'loopback' | 'network' | 'all' {
  if (address === '0.0.0.0' || address === '::') return 'all';
  return address.startsWith('127.') || address === '::1' ? 'loopback' : 'network';
}
