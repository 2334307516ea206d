import { formatBytes, formatPercent } from '../../../src-shared/format';
import type { Process } from '../../../src-shared/snapshots';
import { CopyButton } from '../../components/copy-button';
import { LevelShape } from '../../components/level-shape';
import { modifierText } from '../../frame/keyboard';
import { useNow, useReadings } from '../../state/context';
import { printable } from '../../words/highlight';
import { formatAgo, formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { processColumns } from '../processes/process-columns';
import { processAsTabs, processRecord } from '../processes/process-export';
import { useRoleBase } from '../processes/role-base';
import { useProcessTexts } from '../processes/use-process-texts';
import { DetailHead, Gone } from './detail-parts';
import styles from './process-detail.module.css';
import { EndSection } from './process-detail-end';
import { FactsSection } from './process-detail-facts';
import { OwnerSection } from './process-detail-owner';
import { PortsSection } from './process-detail-ports';
import { WhatCard } from './process-detail-what';
import { WorrySection } from './process-detail-worry';
import { useProcessExplanation } from './process-explanation';

/** One process on one card: what it is, whether to worry, who owns it, and what ending it would mean. */
export function ProcessDetail({ id }: { readonly id: string }) {
  const process = useReadings(({ processes }) => processes.lastOk?.data.processes.find((one) => one.id === id));
  return process ? <FoundProcess key={id} process={process} /> : <Gone />;
}

function FoundProcess({ process }: { readonly process: Process }) {
  const { t } = useWords();
  const { explanation, problem, reload } = useProcessExplanation(process);
  const roles = useRoleBase();
  const texts = useProcessTexts(roles);
  const key = modifierText();
  return (
    <>
      <DetailHead
        kind={t('detail.process')}
        head={
          <>
            <LevelShape level={process.risk.level} size={12} />
            <span>
              {printable(process.name)} <span className={styles.pid}>PID {process.pid}</span>
            </span>
          </>
        }
        level={process.risk.level}
        says={[]}
      />
      <Figures process={process} />
      <WhatCard process={process} explanation={explanation} roles={roles} />
      {problem !== null && <p className={styles.quiet}>{t('process.notExplained', { detail: problem })}</p>}
      <WorrySection process={process} explanation={explanation} onExpected={reload} />
      <EndSection process={process} explanation={explanation} />
      <OwnerSection process={process} explanation={explanation} />
      <PortsSection process={process} explanation={explanation} />
      <FactsSection process={process} explanation={explanation} />
      <div className={styles.copies}>
        <span title={t('process.copyRowTitle', { key })}>
          <CopyButton text={() => processAsTabs(process, processColumns, texts)} label={t('process.copyRow')} says={t('process.copyRow')} />
        </span>
        <span title={t('process.copyJsonTitle', { key })}>
          <CopyButton
            text={() => JSON.stringify(processRecord(process, processColumns, texts), null, 2)}
            label={t('process.copyJson')}
            says={t('process.copyJson')}
          />
        </span>
      </div>
    </>
  );
}

/** The one line that moves: user, age, what it uses now. */
function Figures({ process }: { readonly process: Process }) {
  const words = useWords();
  const now = useNow();
  const { user, startedAtMs, cpuCores, rssBytes } = process;
  return (
    <p className={styles.figures}>
      <span>{user ?? words.t('unknown.notReadable')}</span>
      {startedAtMs !== null && (
        <time title={formatDay(words.language, startedAtMs)}>
          {words.t('detail.startedAgo', { ago: formatAgo(words, startedAtMs, now) })}
        </time>
      )}
      {cpuCores !== null && <span title={words.t('processes.cpuOfOne')}>CPU {formatPercent(cpuCores, true)}</span>}
      <span>{formatBytes(rssBytes)}</span>
    </p>
  );
}
