import type { ReactNode } from 'react';
import type { StopPreview } from '../../src-shared/contract';
import { formatSocket } from '../../src-shared/format';
import { useReadings } from '../state/context';
import { printable } from '../words/highlight';
import { useWords } from '../words/use-words';
import styles from './stop-dialog.module.css';

interface StopFactsProps {
  readonly preview: StopPreview;
  /** Null: there is nothing to choose (now). */
  readonly withDescendants: boolean | null;
  readonly onWithDescendants: (withDescendants: boolean) => void;
}

/** What ending it touches: ports, those connected, what is below it, what it belongs to. */
export function StopFacts({ preview, withDescendants, onWithDescendants }: StopFactsProps) {
  const { t } = useWords();
  const { listening, unit, container, descendants } = preview;
  const containerName = useReadings(({ containers }) =>
    container === null ? null : (containers.lastOk?.data.containers.find((one) => one.id === container)?.name ?? null),
  );
  return (
    <dl className={styles.facts}>
      <Fact name={t('stop.frees')}>
        {listening.length === 0 ? (
          t('stop.noPorts')
        ) : (
          <code>{listening.map(({ address, port, protocol }) => `${formatSocket(address, port)}/${protocol}`).join(', ')}</code>
        )}
      </Fact>
      {listening.length > 0 && (
        <Fact name={t('stop.clients')}>
          <Clients preview={preview} />
        </Fact>
      )}
      {(unit !== null || container !== null) && (
        <Fact name={t('stop.owner')}>
          <code>
            {[unit, container === null ? null : (containerName ?? container.slice(0, 12))].filter((one) => one !== null).join(' · ')}
          </code>
        </Fact>
      )}
      <Fact name={t('stop.descendants')}>
        {descendants.length === 0 ? (
          t('stop.noChildren')
        ) : (
          <div className={styles.below}>
            {withDescendants !== null && (
              <label className={styles.switch}>
                <input type="checkbox" checked={withDescendants} onChange={(event) => onWithDescendants(event.target.checked)} />
                {t('stop.withDescendants', { count: descendants.length })}
              </label>
            )}
            <Descendants descendants={descendants} />
            {withDescendants !== null && (
              <p className={styles.quiet}>{t(withDescendants ? 'stop.descendantsAsked' : 'stop.descendantsStay')}</p>
            )}
          </div>
        )}
      </Fact>
    </dl>
  );
}

/** A list of hundreds says no more than its first ones and their number. */
const shownCount = 100;

function Descendants({ descendants }: Pick<StopPreview, 'descendants'>) {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reachable by keys
    <ul className={styles.tree} tabIndex={0} aria-label={t('stop.descendants')}>
      {descendants.slice(0, shownCount).map(({ pid, name, depth, killClass }) => (
        <li key={pid} style={{ paddingInlineStart: (Math.min(depth, 10) - 1) * 14 }}>
          {t('stop.of', { name: printable(name), pid })}
          {(killClass === 'K0' || killClass === 'K1') && <span className={styles.quiet}> {t('stop.protected')}</span>}
        </li>
      ))}
      {descendants.length > shownCount && (
        <li className={styles.quiet}>{t('stop.moreBelow', { count: descendants.length - shownCount })}</li>
      )}
    </ul>
  );
}

function Clients({ preview: { clients, clientCount } }: Pick<StopFactsProps, 'preview'>) {
  const { t } = useWords();
  if (clientCount === null) return <span className={styles.quiet}>{t('stop.clientsUnknown')}</span>;
  if (clientCount === 0) return t('stop.clientsNone');
  return (
    <>
      {t('process.ports.clients', { count: clientCount })}
      {clients !== null && clients.length > 0 && (
        <code className={styles.quiet}>
          {' '}
          {clients.map(({ address, count }) => (count > 1 ? `${address} ×${count}` : address)).join(', ')}
        </code>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
