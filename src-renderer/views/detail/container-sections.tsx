import type { ContainerDetail, ContainerEvent, RunChange, RunChanges } from '../../../src-shared/contract';
import { Fold } from '../../components/fold';
import { printable } from '../../words/highlight';
import { formatClock, formatDay, formatDuration } from '../../words/time';
import { useWords, type Words } from '../../words/use-words';
import styles from './container-detail.module.css';

/** The difference to its last run that went well: before -> after. */
export function ChangesSection({ changes, startsOpen }: { readonly changes: RunChanges; readonly startsOpen: boolean }) {
  const words = useWords();
  const { t } = words;
  return (
    <Fold
      id="container.changes"
      title={t('detail.changes')}
      summary={t('detail.changes.count', { count: changes.changes.length })}
      startsOpen={startsOpen}
    >
      <p className={styles.quiet}>
        {t('detail.changes.since', {
          time: formatDay(words.language, changes.goodRunStartedAtMs),
          duration: formatDuration(words, changes.goodRunLastedMs / 1000),
        })}
      </p>
      {changes.changes.length === 0 ? (
        <p>{t('detail.changes.none')}</p>
      ) : (
        <ul className={styles.changes}>
          {changes.changes.map((change) => (
            <li key={`${change.what} ${change.kind} ${change.name}`} data-kind={change.kind}>
              <span className={styles.changeWhat}>
                {t(`change.${change.what}`)} {change.name !== '' && <code>{printable(change.name)}</code>}
              </span>
              <ChangeValues change={change} />
            </li>
          ))}
        </ul>
      )}
    </Fold>
  );
}

function ChangeValues({ change: { kind, before, after } }: { readonly change: RunChange }) {
  const { t } = useWords();
  if (before === null && after === null) return <span className={styles.quiet}>{t(`change.kind.${kind}`)}</span>;
  return (
    <span className={styles.changeValues}>
      {before === null ? (
        <span className={styles.quiet}>{t('change.nothing')}</span>
      ) : (
        <code className={styles.before}>{printable(before)}</code>
      )}
      <span aria-hidden="true"> → </span>
      <span className="visually-hidden">{t('change.to')}</span>
      {after === null ? <span className={styles.quiet}>{t('change.nothing')}</span> : <code>{printable(after)}</code>}
    </span>
  );
}

/** What happened to it since LogScope watches, newest first. */
export function EventsSection({ events, nowMs }: { readonly events: readonly ContainerEvent[]; readonly nowMs: number }) {
  const words = useWords();
  const { t } = words;
  return (
    <Fold
      id="container.events"
      title={t('detail.events')}
      summary={events.length === 0 ? t('detail.noneYet') : events.length}
      startsOpen={false}
    >
      {events.length === 0 ? (
        <p className={styles.quiet}>{t('detail.events.none')}</p>
      ) : (
        <ol className={styles.events}>
          {events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike in everything
            <li key={index} data-bad={event.action === 'oom' || (event.action === 'die' && event.exitCode !== 0 && event.exitCode !== 143)}>
              <time>{eventTime(words, event.atMs, nowMs)}</time>
              <EventWords event={event} />
            </li>
          ))}
        </ol>
      )}
    </Fold>
  );
}

function eventTime(words: Words, atMs: number, nowMs: number): string {
  return nowMs - atMs < 20 * 3_600_000 ? formatClock(words.language, atMs) : formatDay(words.language, atMs);
}

/** "exec_start: sh -c …": the part before the colon is a word we know, the rest is said as it is. */
function EventWords({ event: { action, exitCode, signal } }: { readonly event: ContainerEvent }) {
  const words = useWords();
  const colon = action.indexOf(':');
  const verb = colon === -1 ? action : action.slice(0, colon);
  const rest = colon === -1 ? '' : action.slice(colon + 1).trim();
  return (
    <span className={styles.eventWords}>
      {words.tOr(`event.${verb}`, printable(verb))}
      {exitCode !== null && ` · ${words.t('detail.exitCode', { code: exitCode })}`}
      {signal !== null && ` · ${words.t('detail.signal', { signal })}`}
      {rest !== '' && <code className={styles.quiet}> {printable(rest)}</code>}
    </span>
  );
}

/** Mounts, networks, environment, labels, health checks: lists one looks into now and then. */
export function InsideSections({ detail }: { readonly detail: ContainerDetail }) {
  const words = useWords();
  const { t } = words;
  const { mounts, networks, environmentNames, labels, healthProbes } = detail;
  return (
    <>
      {healthProbes.length > 0 && (
        <Fold id="container.probes" title={t('detail.probes')} summary={healthProbes.length} startsOpen={false}>
          <ol className={styles.events}>
            {healthProbes.map(({ endedAtMs, exitCode, output }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two checks may be alike in everything
              <li key={index} data-bad={exitCode !== 0}>
                <time>{endedAtMs === null ? '' : formatClock(words.language, endedAtMs)}</time>
                <span className={styles.eventWords}>
                  {t('detail.exitCode', { code: exitCode })} <code className={styles.output}>{printableLines(output)}</code>
                </span>
              </li>
            ))}
          </ol>
        </Fold>
      )}
      <Fold id="container.mounts" title={t('detail.mounts')} summary={mounts.length} startsOpen={false}>
        <ul className={styles.pairs}>
          {mounts.map(({ kind, source, target, readOnly }) => (
            <li key={target}>
              <code>{printable(target)}</code>
              <span className={styles.quiet}>
                {kind}
                {readOnly && ` · ${t('detail.readOnlyMount')}`} · <code>{printable(source)}</code>
              </span>
            </li>
          ))}
        </ul>
      </Fold>
      <Fold id="container.networks" title={t('detail.networks')} summary={networks.length} startsOpen={false}>
        <ul className={styles.pairs}>
          {networks.map(({ name, address }) => (
            <li key={name}>
              <code>{printable(name)}</code>
              {address !== null && <code className={styles.quiet}>{address}</code>}
            </li>
          ))}
        </ul>
      </Fold>
      <Fold id="container.environment" title={t('detail.environment')} summary={environmentNames.length} startsOpen={false}>
        <p className={styles.quiet}>{t('detail.environment.masked')}</p>
        <ul className={styles.names}>
          {environmentNames.map((name) => (
            <li key={name}>
              <code>{printable(name)}</code>
              <span className={styles.quiet} aria-hidden="true">
                •••
              </span>
            </li>
          ))}
        </ul>
      </Fold>
      <Fold id="container.labels" title={t('detail.labels')} summary={labels.length} startsOpen={false}>
        <ul className={styles.pairs}>
          {labels.map(({ name, value }) => (
            <li key={name}>
              <code className={styles.quiet}>{printable(name)}</code>
              <code>{printable(value)}</code>
            </li>
          ))}
        </ul>
      </Fold>
    </>
  );
}

/** As printable, but lines stay lines. */
function printableLines(text: string): string {
  return text.trim().split(/\r?\n/).map(printable).join('\n');
}
