import { useDeferredValue, useMemo, useState } from 'react';
import type { Service, ServiceScope, ServicesSnapshot, UnitKind } from '../../../src-shared/snapshots';
import { FilterField } from '../../components/filter-field';
import { Panel } from '../../components/panel';
import { Segments } from '../../components/segments';
import { compareValues } from '../../components/sort';
import { SourceBody } from '../../components/source-body';
import { useReadings } from '../../state/context';
import { useWords } from '../../words/use-words';
import { PortStrip } from './port-strip';
import { ServiceDots } from './service-dots';
import { ServiceTable } from './service-table';
import { matchesService, serviceSummary, troubleFirst } from './service-words';
import styles from './services-view.module.css';
import { SocketTable } from './socket-table';
import { TimerTable } from './timer-table';

const kinds = ['service', 'timer', 'socket'] as const satisfies readonly UnitKind[];
const tables = { service: ServiceTable, timer: TimerTable, socket: SocketTable } as const;
type Scope = ServiceScope | 'all';

/** All units: is the stack up, the dots for the glance, rows for the reading; services, timers and sockets apart. */
export function ServicesView() {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const summary = useReadings(({ services: { lastOk } }) =>
    lastOk
      ? serviceSummary(
          words,
          lastOk.data.services.filter((one) => one.kind === 'service'),
        )
      : '',
  );
  return (
    <Panel
      title={words.t('region.services')}
      summary={summary}
      className={styles.view}
      aside={<FilterField label={words.t('filter.services')} value={filter} onChange={setFilter} />}
    >
      <SourceBody source="services">{(snapshot) => <Body snapshot={snapshot} filter={applied} />}</SourceBody>
    </Panel>
  );
}

function Body({ snapshot, filter }: { readonly snapshot: ServicesSnapshot; readonly filter: string }) {
  const words = useWords();
  const { t } = words;
  const [kind, setKind] = useState<UnitKind>('service');
  const [scope, setScope] = useState<Scope>('all');
  // Only systemd has timers and sockets of its own.
  const hasKinds = snapshot.method === 'systemd';
  const hasUserScope = snapshot.services.some((one) => one.scope === 'user');
  const shownScope = hasUserScope ? scope : 'all';
  const inScope = useMemo(
    () => snapshot.services.filter((one) => shownScope === 'all' || one.scope === shownScope),
    [snapshot, shownScope],
  );
  const shown = useMemo(
    () =>
      inScope.filter((one) => one.kind === kind && matchesService(words, one, filter)).sort(kind === 'timer' ? nextFirst : troubleFirst),
    [inScope, kind, words, filter],
  );
  const Table = tables[kind];
  const isFiltered = filter.trim() !== '' || shownScope !== 'all';
  const hasChoices = hasKinds || hasUserScope || snapshot.unreadScopes.length > 0;
  return (
    <div className={styles.body}>
      <PortStrip ports={snapshot.ports} />
      <div className={styles.choices} hidden={!hasChoices}>
        {hasKinds && (
          <Segments
            label={t('services.kinds')}
            value={kind}
            options={kinds.map((one) => ({
              value: one,
              label: t(`services.ofKind.${one}`),
              count: inScope.filter((service) => service.kind === one).length,
            }))}
            onChange={setKind}
          />
        )}
        {hasUserScope && (
          <Segments
            label={t('services.scopes')}
            value={shownScope}
            options={(['all', 'system', 'user'] as const).map((one) => ({
              value: one,
              label: t(`services.scope.${one}`),
            }))}
            onChange={setScope}
          />
        )}
        {snapshot.unreadScopes.map(({ scope: unread, detail }) => (
          <p key={unread} className={styles.unread} title={detail}>
            {t('services.unread', { scope: t(`service.scope.${unread}`) })} {detail}
          </p>
        ))}
      </div>
      {kind === 'service' && (
        <div className={styles.dots}>
          <ServiceDots services={shown} method={snapshot.method} grouped />
        </div>
      )}
      <Table units={shown} empty={t(isFiltered ? 'filter.nothing' : kind === 'service' ? 'services.none' : 'services.noneOfKind')} />
    </div>
  );
}

/** Trouble first, then whichever starts something soonest; those with nothing planned last. */
function nextFirst(a: Service, b: Service): number {
  return (
    Number(b.level === 'critical') - Number(a.level === 'critical') ||
    compareValues(a.timer?.nextRunAtMs ?? null, b.timer?.nextRunAtMs ?? null, false) ||
    troubleFirst(a, b)
  );
}
