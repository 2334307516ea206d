import { ExternalLink, Globe, Network } from 'lucide-react';
import type { LocalPort, PortReach } from '../../../src-shared/contract';
import { Button } from '../../components/button';
import { useReadings, useWindowState } from '../../state/context';
import { type Selected, toggleSelected } from '../../state/ui-store';
import { printable } from '../../words/highlight';
import { useWords } from '../../words/use-words';
import { serviceId } from '../services/service-words';
import { localAddress, shortAddress } from './port-words';
import styles from './ports.module.css';

/** Opens the detail of a thing beside the view. `onFollow`: before, e.g. to close a card that stands over it. */
export function ThingLink({
  thing,
  name,
  quiet,
  onFollow,
}: {
  readonly thing: Selected;
  readonly name: string;
  /** Beside the name: the pid, the port inside. */
  readonly quiet?: string | undefined;
  readonly onFollow?: (() => void) | undefined;
}) {
  const { ui } = useWindowState();
  return (
    <Button
      kind="link"
      className={styles.thing}
      data-calm={onFollow === undefined}
      title={printable(name)}
      onClick={() => {
        onFollow?.();
        if (onFollow === undefined) toggleSelected(ui, thing);
        else ui.setState({ selected: thing });
      }}
    >
      <span>{printable(name)}</span> {quiet !== undefined && <span className={styles.quiet}>{quiet}</span>}
    </Button>
  );
}

/** A unit by its name: its detail where it is listed, the name alone elsewhere. */
export function UnitLink({ unit, onFollow }: { readonly unit: string; readonly onFollow?: (() => void) | undefined }) {
  const id = useReadings(({ services }) => {
    const found = services.lastOk?.data.services.find((one) => one.unit === unit);
    return found === undefined ? null : serviceId(found);
  });
  if (id !== null) return <ThingLink thing={{ kind: 'service', id }} name={unit} onFollow={onFollow} />;
  return (
    <span className={styles.quiet} title={printable(unit)}>
      {printable(unit)}
    </span>
  );
}

/** Opened in the browser as the ports of containers are: pages of this machine, nothing else. */
export function PageLink({ url }: { readonly url: string | null }) {
  const { t } = useWords();
  const address = localAddress(url);
  if (address === null) return null;
  // Where room is short the port is enough: it is always this machine.
  const host = /^[^:/]+(?=:\d)/.exec(shortAddress(address))?.[0] ?? '';
  return (
    <a className={styles.page} href={address} target="_blank" rel="noreferrer" aria-label={t('port.open', { address })}>
      <span>
        <span className={styles.host}>{host}</span>
        {shortAddress(address).slice(host.length)}
      </span>
      <ExternalLink size={11} aria-hidden="true" />
    </a>
  );
}

const reachIcons: Readonly<Record<PortReach, typeof Globe | null>> = { loopback: null, network: Network, all: Globe };

/** Who can reach it, with a shape for what goes beyond this machine. */
export function ReachWord({ port: { reach, addresses } }: { readonly port: Pick<LocalPort, 'reach' | 'addresses'> }) {
  const { t } = useWords();
  const Icon = reachIcons[reach];
  return (
    <span className={styles.reach} data-reach={reach} title={addresses.join(', ')}>
      {Icon !== null && <Icon size={12} aria-hidden="true" />}
      <span>{t(`port.reach.${reach}`)}</span>
    </span>
  );
}
