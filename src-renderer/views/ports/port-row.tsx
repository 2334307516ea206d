import { type CSSProperties, memo } from 'react';
import type { LocalPort } from '../../../src-shared/contract';
import { unknownText } from '../../../src-shared/format';
import { joinClasses } from '../../components/join-classes';
import row from '../../components/row.module.css';
import { useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { PageLink, ReachWord, ThingLink, UnitLink } from './port-links';
import { pageTitle, projectText } from './port-words';
import styles from './ports.module.css';
import { Since } from './since';

interface PortRowProps {
  /** The same object as long as nothing about it changed. */
  readonly port: LocalPort;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly selected: boolean;
}

/** One listening port. The row opens its card; names in it open the detail of the thing. */
export const PortRow = memo(function PortRow({ port, place, rowIndex, selected }: PortRowProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const project = projectText(port.project);
  return (
    <div role="row" aria-rowindex={rowIndex} className={joinClasses(row.row, styles.columns)} style={place} data-selected={selected}>
      <div role="cell" className={styles.port}>
        <button
          type="button"
          className={row.open}
          data-opens="true"
          data-walk="port"
          aria-label={`${t('port.whoHas', { port: port.port })} ${port.protocol}`}
          onClick={() => ui.setState({ askedPort: port.port })}
        >
          <strong>{port.port}</strong> <span className={styles.quiet}>{port.protocol}</span>
        </button>
      </div>
      <div role="cell" className={row.cell}>
        <ReachWord port={port} />
      </div>
      <div role="cell" className={row.cell} data-column="speaks">
        <Speaks speaks={port.speaks} />
      </div>
      <div role="cell" className={styles.holder}>
        <Holder port={port} />
      </div>
      <div role="cell" className={styles.web}>
        <Page port={port} />
      </div>
      <div role="cell" className={row.quiet} data-column="project" title={port.project?.root}>
        {project}
      </div>
      <div role="cell" className={styles.since} data-column="since">
        <Since atMs={port.startedAtMs} />
      </div>
    </div>
  );
});

/** With a `?` where it is only what usually stands at this port. */
function Speaks({ speaks }: Pick<LocalPort, 'speaks'>) {
  const { t } = useWords();
  if (speaks === null) return <span className={styles.quiet}>{unknownText}</span>;
  return (
    <span title={t(`port.speaks.${speaks.by}`, { name: speaks.name })} className={speaks.by === 'port' ? styles.quiet : undefined}>
      {speaks.name}
      {speaks.by === 'port' && '?'}
    </span>
  );
}

/** The container comes first: behind it stands only a forwarder. */
function Holder({ port: { process, processCount, container, unit } }: { readonly port: LocalPort }) {
  const { t } = useWords();
  if (process === null && container === null) {
    return (
      <span className={styles.quiet} title={t('port.unseenTitle')}>
        {t('port.unseen')}
      </span>
    );
  }
  return (
    <>
      {container !== null && (
        <ThingLink
          thing={{ kind: 'container', id: container.id }}
          name={container.name}
          quiet={container.containerPort === null ? undefined : `:${container.containerPort}`}
        />
      )}
      {process !== null && <ThingLink thing={{ kind: 'process', id: process.id }} name={process.name} quiet={String(process.pid)} />}
      {processCount > 1 && (
        <span className={styles.quiet} title={t('port.shared', { count: processCount })}>
          ×{processCount}
        </span>
      )}
      {unit !== null && container === null && <UnitLink unit={unit} />}
    </>
  );
}

function Page({ port }: { readonly port: LocalPort }) {
  const words = useWords();
  const title = pageTitle(words, port);
  const status = port.page?.status ?? 0;
  return (
    <>
      {title !== null && (
        <span className={port.page?.title ? styles.title : styles.quietTitle} title={title}>
          {title}
        </span>
      )}
      {status >= 400 && (
        <span className={styles.status} data-bad={status >= 500} title={words.t('port.status', { status })}>
          {status}
        </span>
      )}
      <PageLink url={port.url} />
    </>
  );
}
