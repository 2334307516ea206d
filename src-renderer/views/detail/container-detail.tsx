import { useMemo } from 'react';
import type { ContainerDetail as Detail, LogTarget } from '../../../src-shared/contract';
import { formatBytes } from '../../../src-shared/format';
import type { Container, EngineState } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Fold } from '../../components/fold';
import { LevelShape } from '../../components/level-shape';
import { LiveLog } from '../../components/live-log';
import { useNow, useReadings } from '../../state/context';
import { formatAgo, formatDay } from '../../words/time';
import { useWords, type Words } from '../../words/use-words';
import { isStaleRule, probeText, staleText } from '../containers/container-words';
import { engineName } from '../containers/engine-strip';
import { ContainerActions } from './container-actions';
import styles from './container-detail.module.css';
import { PortList } from './container-ports';
import { ChangesSection, EventsSection, InsideSections } from './container-sections';
import { ContainerUsage } from './container-usage';
import { DetailHead, Fact, FactList, Gone } from './detail-parts';
import { useContainerDetail } from './use-container-detail';

export function ContainerDetail({ id }: { readonly id: string }) {
  const container = useReadings(({ containers }) => containers.lastOk?.data.containers.find((one) => one.id === id));
  const engine = useReadings(({ containers }) => containers.lastOk?.data.engines.find((one) => one.id === container?.engineId));
  if (!container) return <Gone />;
  return <Sections key={id} container={container} engine={engine} />;
}

interface SectionsProps {
  readonly container: Container;
  readonly engine: EngineState | undefined;
}

function Sections({ container, engine }: SectionsProps) {
  const words = useWords();
  const { t } = words;
  const { id, state, health, level } = container;
  const { detail, problem, reload } = useContainerDetail(id, `${state} ${container.startedAtMs} ${container.restartCount} ${health}`);
  const target = useMemo((): LogTarget => ({ kind: 'container', id }), [id]);
  const alive = state === 'running' || state === 'paused';
  const bad = level === 'critical' || level === 'warning';
  const says = container.reasons.filter(({ rule }) => !isStaleRule(rule));
  // The rules give the first line of what it put out; without theirs all of it stands here.
  const probe = says.some(({ rule }) => rule === 'container-unhealthy-output') ? null : probeText(words, container);
  return (
    <>
      <DetailHead
        kind={t('detail.container')}
        head={
          <>
            <LevelShape level={level} size={12} /> {container.name}
            <CopyButton text={container.name} label={t('detail.copyName')} iconOnly />
          </>
        }
        level={level}
        says={[...says.map(words.reason), ...(probe === null ? [] : [probe])]}
      />
      <StateLine container={container} />
      {container.newerThings.length > 0 && alive && <p className={styles.stale}>{staleText(words, container)}</p>}
      <ContainerActions container={container} detail={detail} />
      {alive && <ContainerUsage container={container} />}
      {problem !== null && (
        <p className={styles.problem} role="alert">
          <LevelShape level="unknown" /> <span>{problem}</span> <Button onClick={reload}>{t('panel.retry')}</Button>
        </p>
      )}
      <div className={styles.folds}>
        {detail?.changes && <ChangesSection changes={detail.changes} startsOpen={bad} />}
        <Fold id="container.log" title={t('liveLog.title')}>
          <LiveLog target={target} />
        </Fold>
        {container.ports.length > 0 && (
          <Fold id="container.ports" title={t('detail.ports')} summary={container.ports.length}>
            <PortList ports={container.ports} engine={engine} />
          </Fold>
        )}
        <Summary container={container} engine={engine} detail={detail} />
        {detail !== null && <Events detail={detail} />}
        {detail !== null && <InsideSections detail={detail} />}
      </div>
    </>
  );
}

function Events({ detail }: { readonly detail: Detail }) {
  return <EventsSection events={detail.events} nowMs={useNow()} />;
}

/** "running for 3 h · healthy", "exited with code 137, 12 s ago". */
function StateLine({ container }: { readonly container: Container }) {
  const words = useWords();
  const nowMs = useNow();
  return <p className={styles.state}>{stateText(words, container, nowMs)}</p>;
}

function stateText(words: Words, container: Container, nowMs: number): string {
  const { state, health, exitCode, startedAtMs, finishedAtMs, createdAtMs, recentCrashes } = container;
  const { t } = words;
  const alive = state === 'running' || state === 'paused';
  const parts = [t(`container.state.${state}`)];
  if (alive && startedAtMs !== null) parts.push(t('detail.startedAgo', { ago: formatAgo(words, startedAtMs, nowMs) }));
  if (alive && health !== 'none') parts.push(t(`container.health.${health}`));
  if (!alive && exitCode !== null) parts.push(t('detail.exitCode', { code: exitCode }));
  if (!alive && finishedAtMs !== null) parts.push(formatAgo(words, finishedAtMs, nowMs));
  if (state === 'created') parts.push(formatAgo(words, createdAtMs, nowMs));
  if (recentCrashes.length > 0) parts.push(t('detail.crashes', { count: recentCrashes.length }));
  return parts.join(' · ');
}

interface SummaryProps extends SectionsProps {
  readonly detail: Detail | null;
}

function Summary({ container, engine, detail }: SummaryProps) {
  const words = useWords();
  const { t } = words;
  const day = (atMs: number | null) => (atMs === null ? null : formatDay(words.language, atMs));
  const { pod, composeProject } = container;
  return (
    <Fold id="container.summary" title={t('detail.summary')}>
      <FactList>
        <Fact name={t('column.image')} value={container.image} mono />
        <Fact name={t('detail.imageCreated')} value={day(detail?.imageCreatedAtMs ?? null)} />
        <Fact name={t('detail.digest')} value={detail?.imageDigest ?? null} mono />
        <Fact name={t('detail.project')} value={composeProject} />
        <Fact name={t('detail.pod')} value={pod === null ? null : `${pod.namespace}/${pod.name}`} mono />
        <Fact name={t('detail.engine')} value={engine === undefined ? null : `${engineName(engine)} · ${engine.endpoint}`} />
        <Fact name={t('detail.started')} value={day(container.startedAtMs)} />
        <Fact name={t('detail.finished')} value={container.state === 'running' ? null : day(container.finishedAtMs)} />
        <Fact name={t('detail.restarts')} value={container.restartCount} />
        <Fact name={t('detail.restartPolicy')} value={detail?.restartPolicy ?? null} mono />
        <Fact name={t('detail.network')} value={pairText(container.networkReceivedBytes, container.networkSentBytes, '↓', '↑')} />
        <Fact
          name={t('detail.block')}
          value={pairText(container.blockReadBytes, container.blockWrittenBytes, t('detail.read'), t('detail.written'))}
        />
        <Fact name={t('detail.processes')} value={container.processCount} />
        <Fact name={t('stop.command')} value={commandText(container, detail)} mono />
        <Fact name={t('column.user')} value={detail?.user ?? null} mono />
        <Fact name={t('detail.workingDirectory')} value={detail?.workingDirectory ?? null} mono />
        <Fact name={t('detail.privileged')} value={detail?.privileged ? t('word.yes') : null} />
        <Fact name="ID" value={container.id.slice(0, 12)} mono />
      </FactList>
    </Fold>
  );
}

function commandText({ command }: Container, detail: Detail | null): string {
  const whole = detail === null ? [] : [...detail.entrypoint, ...detail.command];
  return whole.length > 0 ? whole.join(' ') : command;
}

function pairText(first: number | null, second: number | null, firstWord: string, secondWord: string): string | null {
  return first === null && second === null ? null : `${firstWord} ${formatBytes(first)} · ${secondWord} ${formatBytes(second)}`;
}
