import { memo } from 'react';
import type { Level } from '../../../src-shared/level';
import { portContainer, portOwner } from '../../../src-shared/port-owner';
import type { PortCheck } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { useReadingsShallow, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import styles from './port-strip.module.css';

const shapes: Readonly<Record<PortCheck['state'], Level>> = { open: 'ok', closed: 'inactive', timeout: 'unknown' };

/** "Is my stack up?": the named ports of this machine, open or closed, and who answers. */
export function PortStrip({ ports }: { readonly ports: readonly PortCheck[] }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  return (
    <section className={styles.strip} aria-label={t('ports.question')}>
      <h3 className={styles.question}>{t('ports.question')}</h3>
      <ul className={styles.ports}>
        {ports.map((one) => (
          <OnePort key={`${one.name} ${one.port}`} name={one.name} port={one.port} state={one.state} tookMs={one.tookMs} />
        ))}
      </ul>
      <Button kind="link" className={styles.edit} onClick={() => goTo(ui, { section: 'settings' })}>
        {t('ports.edit')}
      </Button>
    </section>
  );
}

const OnePort = memo(function OnePort({ name, port, state, tookMs }: Omit<PortCheck, 'checkedAtMs'>) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const owner = useOwner(port, state === 'open');
  return (
    <li
      className={styles.port}
      title={tookMs === null ? undefined : t('ports.took', { ms: tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs) })}
    >
      <LevelShape level={shapes[state]} size={9} />
      <strong>{name}</strong>
      <span className={styles.quiet}>{port}</span>
      {state === 'open' && owner.id !== null ? (
        <>
          <span className="visually-hidden">{t('ports.state.open')}</span>
          <button type="button" className={styles.owner} onClick={() => goTo(ui, { section: owner.section, item: owner.id ?? '' })}>
            {owner.name}
          </button>
        </>
      ) : (
        <span className={styles.quiet} title={state === 'open' ? t('ports.noOwner') : undefined}>
          {t(`ports.state.${state}`)}
        </span>
      )}
    </li>
  );
});

interface Owner {
  readonly section: 'processes' | 'containers';
  readonly name: string;
  /** Null when these rights see nobody. */
  readonly id: string | null;
}
const nobody: Owner = { section: 'processes', name: '', id: null };

/** A published port is answered by its container, whatever process holds the socket. */
function useOwner(port: number, open: boolean): Owner {
  return useReadingsShallow(({ processes, containers }): Owner => {
    if (!open) return nobody;
    const container = portContainer(port, containers.lastOk?.data.containers ?? []);
    if (container) return { section: 'containers', name: container.name, id: container.id };
    const process = portOwner(port, processes.lastOk?.data.processes ?? []);
    return process ? { section: 'processes', name: process.name, id: process.id } : nobody;
  });
}
