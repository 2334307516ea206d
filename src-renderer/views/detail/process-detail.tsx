import { formatBytes, formatPercent, formatSocket } from '../../../src-shared/format';
import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { useApp, useReadings, useWindowState } from '../../state/context';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { Detail, Fact, Gone } from './detail-parts';

export function ProcessDetail({ id }: { readonly id: string }) {
  const words = useWords();
  const { ui } = useWindowState();
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const process = useReadings(({ processes }) => processes.lastOk?.data.processes.find((one) => one.id === id));
  if (!process) return <Gone />;
  const { t } = words;
  const { risk, listening } = process;
  return (
    <Detail
      kind={t('detail.process')}
      head={
        <>
          <LevelShape level={risk.level} size={12} /> {process.name}
        </>
      }
      level={risk.level}
      says={risk.reasons.map(words.reason)}
      ways={
        actionsAllowed ? (
          <Button
            aria-label={t('processes.killName', { name: process.name })}
            onClick={() => ui.setState({ stopTarget: { id, name: process.name } })}
          >
            {t('processes.killLong')}
          </Button>
        ) : (
          <p>{t('processes.readOnly')}</p>
        )
      }
    >
      <Fact name={t('column.score')} value={t('detail.scoreOf', { score: risk.score })} />
      <Fact name="PID" value={process.pid} />
      <Fact name={t('detail.parent')} value={process.ppid} />
      <Fact name={t('column.user')} value={process.user ?? t('unknown.notReadable')} />
      <Fact name={t('stop.path')} value={pathText(process.exe, process.exeDeleted, t('detail.deleted')) ?? t('unknown.notReadable')} mono />
      <Fact name={t('stop.command')} value={process.command === '' ? null : process.command.slice(0, 4000)} mono />
      <Fact name={t('column.cpu')} value={process.cpuCores === null ? null : formatPercent(process.cpuCores, true)} />
      <Fact
        name={t('column.memory')}
        value={`${formatBytes(process.rssBytes)} RSS${process.pssBytes === null ? '' : ` · ${formatBytes(process.pssBytes)} PSS`}`}
      />
      <Fact
        name={t('column.ports')}
        value={
          listening.length === 0
            ? null
            : listening.map(({ address, port, protocol }) => `${formatSocket(address, port)}/${protocol}`).join(', ')
        }
        mono
      />
      <Fact name={t('detail.threads')} value={process.threadCount} />
      <Fact name={t('detail.started')} value={process.startedAtMs === null ? null : formatDay(words.language, process.startedAtMs)} />
      <Fact name={t('stop.unit')} value={process.unit} mono />
      <Fact name={t('stop.container')} value={process.container?.slice(0, 12) ?? null} mono />
    </Detail>
  );
}

function pathText(exe: string | null, deleted: boolean | null, deletedWord: string): string | null {
  return exe !== null && deleted ? `${exe} (${deletedWord})` : exe;
}
