import { formatBytes, formatPercent } from '../../../src-shared/format';
import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { useReadings, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { serviceId, serviceState } from '../services/service-words';
import { Detail, Fact, Gone } from './detail-parts';

export function ServiceDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const { ui } = useWindowState();
  const service = useReadings(({ services }) => services.lastOk?.data.services.find((one) => serviceId(one) === id));
  if (!service) return <Gone />;
  const { t } = words;
  return (
    <Detail
      kind={t('detail.service')}
      head={
        <>
          <LevelShape level={service.level} size={12} /> {service.unit}
        </>
      }
      level={service.level}
      says={service.reasons.map(words.reason)}
      ways={<Button onClick={() => goTo(ui, { section: 'logs', item: service.unit })}>{t('action.logs')}</Button>}
    >
      <Fact name={t('detail.state')} value={serviceState(words, service)} />
      <Fact name="systemd" value={`${service.loadState} · ${service.activeState} · ${service.subState}`} mono />
      <Fact name={t('detail.description')} value={service.description === '' ? null : service.description} />
      <Fact name={t('detail.scope')} value={t(`service.scope.${service.scope}`)} />
      <Fact name={t('detail.since')} value={service.stateSinceMs === null ? null : formatDay(words.language, service.stateSinceMs)} />
      <Fact name={t('detail.mainPid')} value={service.mainPid} />
      <Fact name={t('column.cpu')} value={service.cpuCores === null ? null : formatPercent(service.cpuCores, true)} />
      <Fact name={t('column.memory')} value={service.memoryBytes === null ? null : formatBytes(service.memoryBytes)} />
      <Fact name={t('detail.tasks')} value={service.taskCount} />
      <Fact name={t('detail.restarts')} value={service.restartCount} />
      <Fact name={t('detail.result')} value={service.result === null ? null : `${service.result} (${service.exitStatus ?? '–'})`} mono />
      <Fact name={t('detail.watched')} value={t(service.watched ? 'word.yes' : 'word.no')} />
    </Detail>
  );
}
