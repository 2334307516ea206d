import { ExternalLink } from 'lucide-react';
import type { ServiceExplanation } from '../../../src-shared/contract';
import { formatBytes, formatPercent } from '../../../src-shared/format';
import type { Service, ServiceMethod, ServiceScope } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Fold } from '../../components/fold';
import { useReadings, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { printable } from '../../words/highlight';
import { formatDay } from '../../words/time';
import { useWords } from '../../words/use-words';
import { resultText, serviceId, serviceState } from '../services/service-words';
import { Fact, FactList } from './detail-parts';
import styles from './service-detail.module.css';

interface AboutUnitProps {
  readonly service: Service;
  readonly method: ServiceMethod;
  readonly explanation: ServiceExplanation | null;
}

/** Figures of the unit now. */
export function UnitFacts({ service }: Pick<AboutUnitProps, 'service'>) {
  const words = useWords();
  const { t } = words;
  const { timer } = service;
  const starts = timer?.unit ?? service.socket?.unit ?? null;
  const day = (atMs: number | null) => (atMs === null ? null : formatDay(words.language, atMs));
  return (
    <FactList>
      <Fact name={t('detail.state')} value={serviceState(words, service)} />
      <Fact name={t('detail.since')} value={day(service.stateSinceMs)} />
      <Fact name={t('unit.starts')} value={starts === null ? null : <Units names={[starts]} scope={service.scope} />} />
      <Fact name={t('column.nextRun')} value={timer && (day(timer.nextRunAtMs) ?? t('services.noNextRun'))} />
      <Fact name={t('column.lastRun')} value={timer && (day(timer.lastRunAtMs) ?? t('services.neverRan'))} />
      <Fact name={t('column.lastResult')} value={timer && resultText(words, service)} />
      <Fact name={t('detail.mainPid')} value={service.mainPid} />
      <Fact name={t('column.cpu')} value={service.cpuCores === null ? null : formatPercent(service.cpuCores, true)} />
      <Fact name={t('column.memory')} value={service.memoryBytes === null ? null : formatBytes(service.memoryBytes)} />
      <Fact name={t('detail.tasks')} value={service.taskCount} />
      <Fact name={t('column.listens')} value={service.socket === null ? null : service.socket.listens.join(', ')} mono />
    </FactList>
  );
}

/** What the unit is: from its unit file, and how it stands to other units. */
export function AboutUnit({ service, method, explanation }: AboutUnitProps) {
  const { t } = useWords();
  const { scope } = service;
  const description = explanation?.description ?? service.description;
  const command = explanation?.command ?? null;
  const file = explanation?.unitFile ?? null;
  return (
    <Fold id="unit.about" title={t('unit.about')}>
      <FactList>
        <Fact name={t('detail.description')} value={description === '' ? null : description} />
        <Fact
          name={t('unit.documentation')}
          value={
            explanation === null || explanation.documentation.length === 0 ? null : <Documentation addresses={explanation.documentation} />
          }
        />
        <Fact
          name={t('unit.command')}
          value={
            command === null ? null : (
              <span className={styles.withCopy}>
                <code>{printable(command)}</code> <CopyButton text={command} label={t('unit.copyCommand')} iconOnly />
              </span>
            )
          }
        />
        <Fact name={t('unit.policy')} value={explanation?.restartPolicy ?? null} mono />
        <Fact
          name={t('unit.file')}
          value={file === null ? null : explanation?.unitFileState ? `${file} (${explanation.unitFileState})` : file}
          mono
        />
        <Fact name={t('unit.triggeredBy')} value={unitsOrNull(explanation?.triggeredBy, scope)} />
        <Fact name={t('unit.neededBy')} value={unitsOrNull(explanation?.neededBy, scope)} />
        <Fact name={t('unit.needs')} value={unitsOrNull(explanation?.needs, scope)} />
        <Fact name={t('detail.scope')} value={t(`service.scope.${scope}`)} />
        <Fact
          name="systemd"
          value={method === 'systemd' ? `${service.loadState} · ${service.activeState} · ${service.subState}` : null}
          mono
        />
      </FactList>
    </Fold>
  );
}

function unitsOrNull(names: readonly string[] | undefined, scope: ServiceScope) {
  return names === undefined || names.length === 0 ? null : <Units names={names} scope={scope} />;
}

/** Units that are in the list open beside; the others (targets, mounts) are names. */
function Units({ names, scope }: { readonly names: readonly string[]; readonly scope: ServiceScope }) {
  const { ui } = useWindowState();
  const known = useReadings(({ services }) => services.lastOk?.data.services);
  return (
    <ul className={styles.units}>
      {names.map((unit) => {
        const id = serviceId({ scope, unit });
        const isListed = known?.some((one) => serviceId(one) === id) ?? false;
        return (
          <li key={unit}>
            {isListed ? (
              <Button kind="link" onClick={() => goTo(ui, { section: 'services', item: id })}>
                {unit}
              </Button>
            ) : (
              unit
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Text of a unit file: only a web address is ever a link. The desktop shows the whole address once more and asks before it opens. */
function Documentation({ addresses }: { readonly addresses: readonly string[] }) {
  const { t } = useWords();
  return (
    <ul className={styles.documents}>
      {addresses.map((address) => (
        <li key={address}>
          {isWebAddress(address) ? (
            <span className={styles.withCopy}>
              <a href={address} target="_blank" rel="noreferrer noopener">
                {printable(address)} <ExternalLink size={11} aria-hidden="true" />
              </a>
              <CopyButton text={address} label={t('unit.copyAddress')} iconOnly />
            </span>
          ) : (
            printable(address)
          )}
        </li>
      ))}
    </ul>
  );
}

/** No longer than the desktop opens: it shows the whole address before. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) && address.length <= 500 && URL.canParse(address);
}
