import { memo, type ReactNode } from 'react';
import type { LocalPort } from '../../../src-shared/contract';
import { useReadings } from '../../state/context';
import { printable } from '../../words/highlight';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { roleSentence, useRoleBase } from '../processes/role-base';
import styles from './port-card.module.css';
import { PageLink, ThingLink, UnitLink } from './port-links';
import { pageTitle, shortAddress } from './port-words';
import { Since } from './since';

interface PortHolderProps {
  readonly holder: LocalPort;
  /** A link led to something beside the view: what stands over it should go. */
  readonly onFollow: () => void;
}

/** Everything known of one holder of a port: what it is, who can reach it, what answers there. */
export const PortHolder = memo(function PortHolder({ holder, onFollow }: PortHolderProps) {
  const words = useWords();
  const { t } = words;
  const { process, container, unit, project, page, speaks, reach, addresses, processCount, startedAtMs, url } = holder;
  const title = pageTitle(words, holder);
  return (
    <>
      {process !== null && <Role id={process.id} />}
      <dl className={styles.facts}>
        {process !== null && (
          <Fact name={t('port.card.process')}>
            <ThingLink thing={{ kind: 'process', id: process.id }} name={process.name} quiet={`PID ${process.pid}`} onFollow={onFollow} />
            {process.user !== null && <span className={styles.quiet}>{t('port.card.runsAs', { user: printable(process.user) })}</span>}
            {processCount > 1 && <span className={styles.quiet}>{t('port.shared', { count: processCount })}</span>}
          </Fact>
        )}
        {container !== null && (
          <Fact name={t('port.card.container')}>
            <ThingLink
              thing={{ kind: 'container', id: container.id }}
              name={
                container.containerPort === null
                  ? container.name
                  : t('port.containerPort', { name: container.name, port: container.containerPort })
              }
              onFollow={onFollow}
            />
          </Fact>
        )}
        {process === null && container === null && (
          <Fact name={t('port.card.process')}>
            <span className={styles.quiet}>{t('port.unseenTitle')}</span>
          </Fact>
        )}
        {unit !== null && (
          <Fact name={t('port.card.unit')}>
            <UnitLink unit={unit} onFollow={onFollow} />
          </Fact>
        )}
        {project !== null && (
          <Fact name={t('port.card.project')}>
            <span title={printable(project.root)}>
              {project.branch === null
                ? printable(project.name)
                : t('port.card.branch', { name: printable(project.name), branch: printable(project.branch) })}
            </span>
          </Fact>
        )}
        {(url !== null || page !== null) && (
          <Fact name={t('port.card.page')}>
            {title !== null && <span>{title}</span>}
            {page !== null && <span className={styles.quiet}>{t('port.status', { status: page.status })}</span>}
            {url !== null && (
              <span title={shortAddress(url)}>
                <PageLink url={url} />
              </span>
            )}
          </Fact>
        )}
        {speaks !== null && (
          <Fact name={t('port.card.speaks')}>
            <span title={t(`port.speaks.${speaks.by}`, { name: speaks.name })}>
              {speaks.by === 'port' ? t('port.card.usually', { name: speaks.name }) : speaks.name}
            </span>
            {holder.protocol === 'udp' && <span className={styles.quiet}>udp</span>}
          </Fact>
        )}
        <Fact name={t('port.card.reach')}>
          <span title={addresses.join(', ')}>{t(`port.card.reach.${reach}`, { addresses: addresses.join(', ') })}</span>
        </Fact>
        {startedAtMs !== null && (
          <Fact name={t('port.card.since')}>
            <span>{formatDay(words.language, startedAtMs)}</span>
            <span className={styles.quiet}>
              <Since atMs={startedAtMs} />
            </span>
          </Fact>
        )}
      </dl>
    </>
  );
});

/** What the process is, in one sentence. */
function Role({ id }: { readonly id: string }) {
  const words = useWords();
  const roles = useRoleBase();
  const sentence = useReadings(({ processes }) => {
    const role = processes.lastOk?.data.processes.find((one) => one.id === id)?.role;
    return role === undefined ? '' : roleSentence(words, role, roles);
  });
  return sentence === '' ? null : <p className={styles.role}>{printable(sentence)}</p>;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
