import type { ReactNode } from 'react';
import type { ProcessExplanation, ProcessPointer } from '../../../src-shared/contract';
import type { Process } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { Fold } from '../../components/fold';
import { useReadings, useWindowState } from '../../state/context';
import { goTo, showProcesses } from '../../state/ui-store';
import { printable } from '../../words/highlight';
import { useWords } from '../../words/use-words';
import { folderName } from '../processes/process-columns';
import { useContainerNames, usePodNames } from '../processes/use-process-texts';
import { serviceId } from '../services/service-words';
import { Fact, FactList } from './detail-parts';
import styles from './process-detail.module.css';

interface OwnerSectionProps {
  readonly process: Process;
  readonly explanation: ProcessExplanation | null;
}

const shownChildren = 8;

/** Who started it and what it belongs to, each a way there. */
export function OwnerSection({ process, explanation }: OwnerSectionProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const { unit, project, terminal } = process;
  const ancestors = explanation?.ancestors ?? [];
  const children = explanation?.children ?? [];
  const branch = explanation?.evidence?.project?.branch ?? null;
  return (
    <Fold id="process.owner" title={t('process.owner')} summary={ancestors.at(-1)?.name}>
      <FactList>
        <Fact
          name={t('process.owner.startedBy')}
          value={
            ancestors.length === 0 ? null : (
              <ol className={styles.chain}>
                {ancestors.map((one) => (
                  <li key={one.pid}>
                    <ProcessLink pointer={one} />
                  </li>
                ))}
              </ol>
            )
          }
        />
        <Fact
          name={t('process.owner.children')}
          value={
            children.length === 0 ? null : (
              <ul className={styles.children}>
                {children.slice(0, shownChildren).map((one) => (
                  <li key={one.pid}>
                    <ProcessLink pointer={one} />
                  </li>
                ))}
                {children.length > shownChildren && (
                  <li className={styles.quiet}>{t('process.owner.childrenMore', { count: children.length - shownChildren })}</li>
                )}
              </ul>
            )
          }
        />
        <Fact name={t('process.owner.unit')} value={unit === null ? null : <UnitLink unit={unit} />} />
        <ContainerFact id={process.container} />
        <PodFact uid={process.pod} />
        <Fact
          name={t('process.column.project')}
          value={
            project === null ? null : (
              <Link title={project} onClick={() => showProcesses(ui, `project:${quoted(folderName(project))}`)}>
                {branch === null ? folderName(project) : t('process.facts.branch', { name: folderName(project), branch })}
              </Link>
            )
          }
        />
        <Fact
          name={t('process.column.terminal')}
          value={terminal === null ? null : <Link onClick={() => showProcesses(ui, `terminal:${quoted(terminal)}`)}>{terminal}</Link>}
        />
      </FactList>
    </Fold>
  );
}

function Link({ title, onClick, children }: { readonly title?: string; readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <Button kind="link" className={styles.link} title={title} onClick={onClick}>
      {children}
    </Button>
  );
}

/** Its detail in place of this one; a name alone where it is not listed. */
export function ProcessLink({ pointer: { id, pid, name } }: { readonly pointer: ProcessPointer }) {
  const { ui } = useWindowState();
  const label = (
    <>
      {printable(name)} <span className={styles.quiet}>{pid}</span>
    </>
  );
  if (id === null) return <span>{label}</span>;
  return <Link onClick={() => ui.setState({ selected: { kind: 'process', id } })}>{label}</Link>;
}

function UnitLink({ unit }: { readonly unit: string }) {
  const { ui } = useWindowState();
  const id = useReadings(({ services }) => {
    const found = services.lastOk?.data.services.find((one) => one.unit === unit);
    return found === undefined ? null : serviceId(found);
  });
  return id === null ? <code>{unit}</code> : <Link onClick={() => goTo(ui, { section: 'services', item: id })}>{unit}</Link>;
}

function ContainerFact({ id }: { readonly id: string | null }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const names = useContainerNames();
  if (id === null) return null;
  const name = names[id];
  return (
    <Fact
      name={t('detail.container')}
      value={
        name === undefined ? (
          <code title={id}>{id.slice(0, 12)}</code>
        ) : (
          <Link onClick={() => goTo(ui, { section: 'containers', item: id })}>{name}</Link>
        )
      }
    />
  );
}

function PodFact({ uid }: { readonly uid: string | null }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const names = usePodNames();
  if (uid === null) return null;
  const name = names[uid];
  return (
    <Fact
      name={t('process.owner.pod')}
      value={name === undefined ? <code>{uid}</code> : <Link onClick={() => goTo(ui, { section: 'pods', item: uid })}>{name}</Link>}
    />
  );
}

/** As a value of the filter: spaces need quotes. */
function quoted(text: string): string {
  return /[\s"]/.test(text) ? `"${text.replaceAll('"', '')}"` : text;
}
