import { memo, useMemo } from 'react';
import type { Service, ServicesSnapshot } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useReadings, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import { ServiceDots } from '../services/service-dots';
import { needsALook, serviceId, serviceState, serviceSummary, troubleFirst } from '../services/service-words';
import overview from './overview.module.css';
import styles from './services-panel.module.css';

/** Every service as a dot; what failed, with its reason, below. */
export function ServicesPanel() {
  const words = useWords();
  const { ui } = useWindowState();
  const summary = useReadings(({ services: { lastOk } }) => (lastOk ? serviceSummary(words, lastOk.data.services.filter(isShown)) : ''));
  return (
    <Panel
      title={words.t('region.services')}
      summary={summary}
      className={overview.services}
      aside={
        <Button kind="link" onClick={() => goTo(ui, { section: 'services' })}>
          {words.t('services.all')}
        </Button>
      }
    >
      <SourceBody source="services">{(snapshot) => <ServicesBody snapshot={snapshot} />}</SourceBody>
    </Panel>
  );
}

/** Drawn again only when something of the services changed. */
const ServicesBody = memo(function ServicesBody({ snapshot }: { readonly snapshot: ServicesSnapshot }) {
  const { t } = useWords();
  // A new array per snapshot only: the grid below remembers its order by it.
  const shown = useMemo(() => snapshot.services.filter(isShown), [snapshot]);
  const troubled = shown.filter(needsALook).sort(troubleFirst);
  return (
    <div className={styles.body}>
      {shown.length === 0 && <p className={styles.empty}>{t('services.none')}</p>}
      <ServiceDots services={shown} method={snapshot.method} />
      {troubled.length > 0 && (
        <ul className={styles.cards}>
          {troubled.map((service) => (
            <FailedCard key={serviceId(service)} service={service} />
          ))}
        </ul>
      )}
    </div>
  );
});

/** The overview shows the watch list; a failure is never left out. */
function isShown(service: Service): boolean {
  return service.watched || service.level === 'critical';
}

function FailedCard({ service }: { readonly service: Service }) {
  const words = useWords();
  const { ui } = useWindowState();
  const id = serviceId(service);
  return (
    <li className={styles.card} data-level={service.level}>
      <LevelShape level={service.level} />
      <div className={styles.text}>
        <p className={styles.what} title={service.unit}>
          <strong>{service.unit}</strong> {service.reasons.length === 0 && serviceState(words, service)}
        </p>
        <p className={styles.why}>{service.reasons.map(words.reason).join(' · ') || service.description}</p>
      </div>
      <div className={styles.ways}>
        <Button kind="link" onClick={() => ui.setState({ selected: { kind: 'service', id } })}>
          {words.t('action.why')}
        </Button>
        <Button kind="link" onClick={() => goTo(ui, { section: 'logs', item: service.unit })}>
          {words.t('action.logs')}
        </Button>
      </div>
    </li>
  );
}
