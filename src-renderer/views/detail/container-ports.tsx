import { ExternalLink } from 'lucide-react';
import type { EngineState, PortMapping } from '../../../src-shared/snapshots';
import { useWords } from '../../words/use-words';
import styles from './container-detail.module.css';

/** "127.0.0.1:8080 → 80/tcp"; only exposed: "80/tcp". */
export function portText({ hostAddress, hostPort, containerPort, protocol }: PortMapping): string {
  const inside = `${containerPort}/${protocol}`;
  return hostPort === null ? inside : `${hostAddress ?? ''}:${hostPort} → ${inside}`;
}

const anyAddress: ReadonlySet<string> = new Set(['', '0.0.0.0', '::', '127.0.0.1', '::1', 'localhost']);
const secureInside: ReadonlySet<number> = new Set([443, 8443]);

/**
 * Where a browser on this machine reaches the port; null when it does not: not published, not TCP, bound to another address, or
 * the engine is elsewhere.
 */
export function portAddress(port: PortMapping, engine: Pick<EngineState, 'endpoint'> | undefined): string | null {
  const { hostPort, hostAddress, protocol, containerPort } = port;
  if (hostPort === null || protocol !== 'tcp' || !anyAddress.has(hostAddress ?? '') || !isLocalEngine(engine?.endpoint)) return null;
  return `${secureInside.has(containerPort) ? 'https' : 'http'}://localhost:${hostPort}`;
}

function isLocalEngine(endpoint: string | undefined): boolean {
  return endpoint !== undefined && /^(unix|npipe):|^(tcp|http|https):\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/.test(endpoint);
}

interface PortListProps {
  readonly ports: readonly PortMapping[];
  readonly engine: Pick<EngineState, 'endpoint'> | undefined;
}

/** The same port on IPv4 and IPv6 is one line. */
export function PortList({ ports, engine }: PortListProps) {
  const { t } = useWords();
  const lines = new Map<string, PortMapping>();
  for (const port of ports) {
    const key = `${port.hostPort} ${port.containerPort} ${port.protocol}`;
    if (!lines.has(key)) lines.set(key, port);
  }
  return (
    <ul className={styles.ports}>
      {[...lines].map(([key, port]) => {
        const address = portAddress(port, engine);
        return (
          <li key={key}>
            <code>{portText(port)}</code>
            {address !== null && (
              <a href={address} target="_blank" rel="noreferrer" aria-label={t('detail.openPort', { address })}>
                {address} <ExternalLink size={11} aria-hidden="true" />
              </a>
            )}
            {port.hostPort === null && <span className={styles.quiet}>{t('detail.notPublished')}</span>}
          </li>
        );
      })}
    </ul>
  );
}
