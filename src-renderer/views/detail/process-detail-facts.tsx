import type { ReactNode } from 'react';
import type { ProcessExplanation } from '../../../src-shared/contract';
import { formatBytes } from '../../../src-shared/format';
import type { Process, ProcessEvidence } from '../../../src-shared/snapshots';
import { CopyButton } from '../../components/copy-button';
import { Fold } from '../../components/fold';
import { printable } from '../../words/highlight';
import { formatDay } from '../../words/time';
import { useWords, type Words } from '../../words/use-words';
import { Fact, FactList } from './detail-parts';
import styles from './process-detail.module.css';

interface FactsSectionProps {
  readonly process: Process;
  readonly explanation: ProcessExplanation | null;
}

const shownLength = 4000;

/** Everything that was seen of it, for whoever wants to check. */
export function FactsSection({ process, explanation }: FactsSectionProps) {
  const words = useWords();
  const { t } = words;
  const evidence = explanation?.evidence ?? null;
  const sha256 = explanation?.sha256 ?? null;
  const { exe, exeDeleted, command, memoryTrend, sessionId } = process;
  return (
    <Fold id="process.facts" title={t('process.facts')} startsOpen={false}>
      <FactList>
        <Fact
          name={t('stop.path')}
          value={
            exe === null ? (
              t('unknown.notReadable')
            ) : (
              <Copied text={exe} label={t('stop.path')}>
                {`${printable(exe)}${exeDeleted ? ` (${t('detail.deleted')})` : ''}`}
              </Copied>
            )
          }
        />
        <Fact
          name={t('stop.command')}
          value={
            command === '' ? null : (
              <Copied text={command} label={t('stop.command')}>
                {printable(command.slice(0, shownLength))}
              </Copied>
            )
          }
        />
        <Fact
          name={t('process.facts.hash')}
          value={
            sha256 === null ? null : (
              <Copied text={sha256} label={t('process.facts.hash')}>
                {sha256}
              </Copied>
            )
          }
        />
        {evidence !== null && <EvidenceFacts evidence={evidence} />}
        <Fact name={t('process.facts.state')} value={words.tOr(`process.state.${process.state}`, process.state)} />
        <Fact name={t('detail.parent')} value={process.ppid} />
        <Fact name={t('process.owner.session')} value={sessionId} />
        <Fact name={t('detail.threads')} value={process.threadCount} />
        <Fact
          name={t('column.memory')}
          value={`${formatBytes(process.rssBytes)} RSS${process.pssBytes === null ? '' : ` · ${formatBytes(process.pssBytes)} PSS`}`}
        />
        <Fact
          name={t('process.facts.trend')}
          value={memoryTrend === null ? null : t('process.facts.perHour', { size: formatBytes(memoryTrend.bytesPerHour) })}
        />
        <Fact name={t('detail.started')} value={process.startedAtMs === null ? null : formatDay(words.language, process.startedAtMs)} />
      </FactList>
    </Fold>
  );
}

/** Parts that were not to be seen are left out here; the meter above names them. */
function EvidenceFacts({ evidence }: { readonly evidence: ProcessEvidence }) {
  const words = useWords();
  const { t } = words;
  const { file, missing } = evidence;
  const isSeen = (part: ProcessEvidence['missing'][number]) => !missing.includes(part);
  return (
    <>
      <Fact
        name={t('process.facts.package')}
        value={
          evidence.package !== null
            ? `${evidence.package.name} (${evidence.package.manager})`
            : isSeen('package')
              ? t('process.facts.noPackage')
              : null
        }
      />
      <Fact name={t('process.facts.fileOwner')} value={file === null ? null : fileOwnerText(words, file)} />
      <Fact name={t('process.facts.modified')} value={file === null ? null : formatDay(words.language, file.modifiedAtMs)} />
      <Fact
        name={t('process.facts.replaced')}
        value={file === null || file.replacedAtMs === null ? null : formatDay(words.language, file.replacedAtMs)}
      />
      <Fact name={t('process.facts.fileSystem')} value={file?.fileSystem ?? null} />
      <Fact
        name={t('process.facts.users')}
        value={
          evidence.realUid === null || evidence.effectiveUid === null || evidence.realUid === evidence.effectiveUid
            ? null
            : t('process.facts.usersRealEffective', { real: evidence.realUid, effective: evidence.effectiveUid })
        }
      />
      <Fact name={t('process.facts.capabilities')} value={listOrNull(evidence.strongCapabilities)} mono />
      <Fact name={t('process.facts.tracer')} value={evidence.tracerPid === null ? null : `PID ${evidence.tracerPid}`} />
      <Fact
        name={t('process.facts.loader')}
        value={listOrNull(evidence.loaderVariables.map(({ name, files }) => `${name}=${files.join(':')}`))}
        mono
      />
      <Fact
        name={t('process.facts.streams')}
        value={evidence.streams === null ? null : evidence.streams.map((stream) => t(`process.stream.${stream}`)).join(' · ')}
      />
      <Fact
        name={t('process.facts.openFiles')}
        value={
          evidence.openFileCount === null || evidence.openFileLimit === null
            ? evidence.openFileCount
            : t('process.facts.openFilesOf', { count: evidence.openFileCount, limit: evidence.openFileLimit })
        }
      />
      <Fact
        name={t('process.facts.libraries')}
        value={listOrNull(
          evidence.foreignLibraries?.map(({ path, deleted }) => (deleted ? `${path} (${t('detail.deleted')})` : path)) ?? null,
        )}
        mono
      />
      <Fact
        name={t('process.facts.writableCode')}
        value={evidence.writableExecutableCount === 0 ? null : evidence.writableExecutableCount}
      />
      <Fact name={t('process.facts.sockets')} value={listOrNull(evidence.rawSockets)} />
      <Fact name={t('process.facts.namespaces')} value={listOrNull(evidence.hostNamespaces)} />
      <Fact name={t('process.facts.engineSocket')} value={evidence.engineSocketMounted ? t('process.facts.engineSocketSeen') : null} />
      <Fact
        name={t('process.facts.folder')}
        value={evidence.workingDirectory === null ? null : printable(evidence.workingDirectory)}
        mono
      />
    </>
  );
}

function fileOwnerText({ t }: Words, file: NonNullable<ProcessEvidence['file']>): string {
  const owner = file.ownerUid === 0 ? 'root' : String(file.ownerUid);
  return file.changeableAt === null ? owner : `${owner} · ${t('process.facts.changeable', { path: printable(file.changeableAt) })}`;
}

function listOrNull(values: readonly string[] | null): string | null {
  return values === null || values.length === 0 ? null : printable(values.join(', '));
}

function Copied({ text, label, children }: { readonly text: string; readonly label: string; readonly children: ReactNode }) {
  return (
    <span className={styles.withCopy}>
      <code>{children}</code>
      <CopyButton text={text} label={label} iconOnly />
    </span>
  );
}
