import { formatBytes, formatPercent, unknownText } from '../../../src-shared/format';
import type { Container, PortMapping } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { useReadings, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { formatDay } from '../../words/time';
import { useWords, type Words } from '../../words/use-words';
import { Detail, Fact, Gone } from './detail-parts';

export function ContainerDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const { ui } = useWindowState();
  const container = useReadings(({ containers }) => containers.lastOk?.data.containers.find((one) => one.id === id));
  if (!container) return <Gone />;
  const { t } = words;
  const day = (atMs: number | null) => (atMs === null ? null : formatDay(words.language, atMs));
  return (
    <Detail
      kind={t('detail.container')}
      head={
        <>
          <LevelShape level={container.level} size={12} /> {container.name}
        </>
      }
      level={container.level}
      says={container.reasons.map(words.reason)}
      ways={<Button onClick={() => goTo(ui, { section: 'logs', item: container.id })}>{t('action.logs')}</Button>}
    >
      <Fact name={t('detail.state')} value={stateText(words, container)} />
      <Fact name={t('column.cpu')} value={cpuText(words, container)} />
      <Fact name={t('column.memory')} value={memoryText(container)} />
      <Fact name={t('column.image')} value={container.image} mono />
      <Fact name={t('detail.ports')} value={container.ports.length === 0 ? null : container.ports.map(portText).join(', ')} mono />
      <Fact name={t('detail.project')} value={container.composeProject} />
      <Fact name={t('detail.started')} value={day(container.startedAtMs)} />
      <Fact name={t('detail.finished')} value={container.state === 'running' ? null : day(container.finishedAtMs)} />
      <Fact name={t('detail.restarts')} value={container.restartCount} />
      <Fact name={t('detail.network')} value={pairText(container.networkReceivedBytes, container.networkSentBytes, '↓', '↑')} />
      <Fact
        name={t('detail.block')}
        value={pairText(container.blockReadBytes, container.blockWrittenBytes, t('detail.read'), t('detail.written'))}
      />
      <Fact name={t('detail.processes')} value={container.processCount} />
      <Fact name={t('stop.command')} value={container.command} mono />
      <Fact name="ID" value={container.id.slice(0, 12)} mono />
    </Detail>
  );
}

function stateText(words: Words, container: Container): string {
  const state = words.t(`container.state.${container.state}`);
  const health = container.health === 'none' ? null : words.t(`container.health.${container.health}`);
  const exit =
    container.state !== 'running' && container.exitCode !== null ? words.t('detail.exitCode', { code: container.exitCode }) : null;
  return [state, health, exit].filter((part) => part !== null).join(' · ');
}

function cpuText(words: Words, { cpuBusyRatio, cpuCores, cpuAvailableCores }: Container): string {
  if (cpuCores === null) return unknownText;
  const of = words.t('containers.cpuOf', {
    cores: cpuCores.toFixed(2),
    available: cpuAvailableCores === null ? unknownText : String(cpuAvailableCores),
  });
  return `${formatPercent(cpuBusyRatio, true)} (${of})`;
}

function memoryText({ memoryUsedBytes, memoryLimitBytes, memoryUsedRatio }: Container): string {
  if (memoryUsedBytes === null) return unknownText;
  return `${formatBytes(memoryUsedBytes)} / ${formatBytes(memoryLimitBytes)} (${formatPercent(memoryUsedRatio)})`;
}

export function portText({ hostAddress, hostPort, containerPort, protocol }: PortMapping): string {
  const inside = `${containerPort}/${protocol}`;
  return hostPort === null ? inside : `${hostAddress ?? ''}:${hostPort} → ${inside}`;
}

function pairText(first: number | null, second: number | null, firstWord: string, secondWord: string): string | null {
  return first === null && second === null ? null : `${firstWord} ${formatBytes(first)} · ${secondWord} ${formatBytes(second)}`;
}
