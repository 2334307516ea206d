import type { ReactNode } from 'react';
import type { TrafficFilter } from '../../../../src-shared/contract';
import { bytesQuantity } from '../../../../src-shared/format';
import { Figure } from '../../../components/figure';
import { joinClasses } from '../../../components/join-classes';
import { LevelShape } from '../../../components/level-shape';
import { Middle } from '../../../components/middle';
import { Panel } from '../../../components/panel';
import { ShadedFigure, shadedCell, shownPercent } from '../../../components/shaded-figure';
import { useWords } from '../../../words/use-words';
import { countText, logText } from '../figure-text';
import type { MaybeReport } from './maybe-report';
import layout from './traffic-figures.module.css';
import styles from './visitor-panels.module.css';

interface ClientPanelProps {
  readonly report: MaybeReport;
  readonly filter: TrafficFilter;
  readonly onClient: (client: string) => void;
}

/** Who asks most; a click narrows everything to one. */
export function ClientPanel({ report, filter, onClient }: ClientPanelProps) {
  const { t } = useWords();
  const clients = report?.clients ?? [];
  const most = clients[0]?.requests ?? 1;
  return (
    <Listing title={t('traffic.clients')} isEmpty={report !== null && clients.length === 0}>
      {clients.map(({ client, requests, errorCount, bytes, clientErrors, serverErrors }) => (
        <li key={client} className={styles.client} data-selected={filter.client === client}>
          <button
            type="button"
            className={styles.open}
            aria-pressed={filter.client === client}
            aria-label={t('traffic.narrowTo', { name: logText(client) })}
            onClick={() => onClient(client)}
          >
            <Middle text={logText(client)} />
          </button>
          <span className={joinClasses(shadedCell, styles.requests)} title={atMost(t, requests, errorCount)}>
            <ShadedFigure percent={shownPercent(requests / most)} figure={countText(requests)} unit="" />
          </span>
          <span
            className={styles.quiet}
            title={t('traffic.errorsOf', { clientErrors: countText(clientErrors), serverErrors: countText(serverErrors) })}
          >
            {clientErrors + serverErrors === 0 ? '' : t('traffic.errorsShort', { errors: countText(clientErrors + serverErrors) })}
          </span>
          <span className={styles.quiet}>
            <Figure {...bytesQuantity(report?.bytes == null ? null : bytes)} />
          </span>
        </li>
      ))}
    </Listing>
  );
}

/** Programs that call themselves so, and pages that links were followed from: names from the log, so anybody's claim. */
export function NamePanel({ kind, report }: { readonly kind: 'agents' | 'referrers'; readonly report: MaybeReport }) {
  const { t } = useWords();
  const names = report?.[kind] ?? [];
  const most = names[0]?.requests ?? 1;
  return (
    <Listing title={t(`traffic.${kind}`)} isEmpty={report !== null && names.length === 0} whenEmpty={t(`traffic.${kind}None`)}>
      {names.map(({ name, requests, errorCount }) => (
        <li key={name} className={styles.named}>
          <Middle text={logText(name)} tailLength={16} />
          <span className={joinClasses(shadedCell, styles.requests)} title={atMost(t, requests, errorCount)}>
            <ShadedFigure percent={shownPercent(requests / most)} figure={countText(requests)} unit="" />
          </span>
        </li>
      ))}
    </Listing>
  );
}

/** Who is no person. Scanners and guessers are marked; bots that say who they are are facts. */
export function BotPanel({ report }: { readonly report: MaybeReport }) {
  const { t } = useWords();
  const bots = report?.bots ?? [];
  return (
    <Listing title={t('traffic.bots')} isEmpty={report !== null && bots.length === 0} whenEmpty={t('traffic.botsNone')}>
      {bots.map(({ kind, name, requests, refused }) => (
        <li key={`${kind} ${name}`} className={styles.bot}>
          <LevelShape level={kind === 'known-bot' ? 'inactive' : 'warning'} size={10} />
          <Middle text={logText(name)} tailLength={12} />
          <span className={styles.quiet}>{t(`traffic.bot.${kind}`)}</span>
          <span className={styles.quiet}>{refused === 0 ? '' : t(`traffic.refused.${kind}`, { count: countText(refused) })}</span>
          <span className={styles.requests}>{countText(requests)}</span>
        </li>
      ))}
    </Listing>
  );
}

interface ListingProps {
  readonly title: string;
  readonly isEmpty: boolean;
  readonly whenEmpty?: string;
  readonly children: ReactNode;
}

function Listing({ title, isEmpty, whenEmpty, children }: ListingProps) {
  const { t } = useWords();
  return (
    <Panel title={title} className={layout.names}>
      {isEmpty ? (
        <p className={styles.none}>{whenEmpty ?? t('traffic.noRequests')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keys have to reach it
        <ul tabIndex={0} className={styles.list} aria-label={title}>
          {children}
        </ul>
      )}
    </Panel>
  );
}

/** More names were seen than are counted at once: a count may lack some. */
function atMost(t: ReturnType<typeof useWords>['t'], requests: number, errorCount: number): string | undefined {
  return errorCount === 0 ? undefined : t('traffic.atMost', { count: countText(requests + errorCount) });
}
