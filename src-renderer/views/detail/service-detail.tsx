import type { Service, ServiceMethod } from '../../../src-shared/snapshots';
import { Fold } from '../../components/fold';
import { LevelShape } from '../../components/level-shape';
import { LiveLog } from '../../components/live-log';
import { useReadings } from '../../state/context';
import { useWords } from '../../words/use-words';
import { serviceId, serviceMark } from '../services/service-words';
import { DetailHead, Gone } from './detail-parts';
import { AboutUnit, UnitFacts } from './service-detail-about';
import { ServiceActions } from './service-detail-actions';
import { useExplanation } from './service-detail-explanation';
import { WhyCard } from './service-detail-why';

/** One unit on one card: why it is as it is, what can be done, its journal, what it is. */
export function ServiceDetail({ id }: { readonly id: string }) {
  const service = useReadings(({ services }) => services.lastOk?.data.services.find((one) => serviceId(one) === id));
  const method = useReadings(({ services }) => services.lastOk?.data.method);
  return service && method ? <FoundUnit key={id} service={service} method={method} /> : <Gone />;
}

function FoundUnit({ service, method }: { readonly service: Service; readonly method: ServiceMethod }) {
  const { t } = useWords();
  const { unit, scope, kind } = service;
  const revision = [
    service.activeState,
    service.subState,
    service.stateSinceMs,
    service.result,
    service.restartCount,
    service.timer?.nextRunAtMs,
  ].join(' ');
  const { explanation, problem } = useExplanation(unit, scope, revision);
  const hasJournal = method === 'systemd';
  return (
    <>
      <DetailHead
        kind={t(`unit.kind.${kind}`)}
        head={
          <>
            <LevelShape level={serviceMark(service)} size={12} /> {unit}
          </>
        }
        level={service.level}
        says={[]}
      />
      <WhyCard service={service} explanation={explanation} problem={problem} />
      <ServiceActions service={service} explanation={explanation} mayAct={method === 'systemd'} />
      <UnitFacts service={service} />
      {hasJournal && (
        <Fold id="unit.log" title={t('liveLog.title')}>
          <LiveLog target={{ kind: 'unit', unit, scope }} />
        </Fold>
      )}
      <AboutUnit service={service} method={method} explanation={explanation} />
    </>
  );
}
