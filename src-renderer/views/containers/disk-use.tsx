import { formatBytes, formatPercent } from '../../../src-shared/format';
import type { DiskUseLine, EngineDiskUse } from '../../../src-shared/snapshots';
import { useWords } from '../../words/use-words';
import styles from './disk-use.module.css';

const kinds = ['images', 'containers', 'volumes', 'buildCache'] as const;

/** What an engine keeps on disk as one small stacked bar with its two figures; the table below it is the alternative. */
export function DiskBar({ use }: { readonly use: EngineDiskUse }) {
  const { t } = useWords();
  const total = sumOf(use, ({ totalBytes }) => totalBytes);
  const reclaimable = sumOf(use, ({ reclaimableBytes }) => reclaimableBytes);
  return (
    <span className={styles.disk}>
      <span className={styles.bar} aria-hidden="true">
        {total > 0 && kinds.map((kind) => <Part key={kind} kind={kind} ratio={use[kind].totalBytes / total} />)}
      </span>
      <span>{t('disk.total', { bytes: formatBytes(total) })}</span>
      <span className={styles.quiet}>
        {t('disk.reclaimable', { bytes: formatBytes(reclaimable) })}
        {use.rootAvailableBytes !== null && ` · ${t('disk.free', { bytes: formatBytes(use.rootAvailableBytes) })}`}
      </span>
    </span>
  );
}

function Part({ kind, ratio }: { readonly kind: (typeof kinds)[number]; readonly ratio: number }) {
  return <i data-kind={kind} style={{ flexGrow: Math.round(ratio * 1000) }} />;
}

/** As `docker system df`. */
export function DiskTable({ use }: { readonly use: EngineDiskUse }) {
  const { t } = useWords();
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t('disk.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('disk.title')}</th>
          <th scope="col">{t('disk.count')}</th>
          <th scope="col">{t('disk.size')}</th>
          <th scope="col">{t('disk.reclaimableColumn')}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">
              <i data-kind={kind} aria-hidden="true" /> {t(`disk.kind.${kind}`)}
            </th>
            <td>{use[kind].count}</td>
            <td>{formatBytes(use[kind].totalBytes)}</td>
            <td>{formatBytes(use[kind].reclaimableBytes)}</td>
          </tr>
        ))}
      </tbody>
      {use.rootDirectory !== null && (
        <tfoot>
          <tr>
            <th scope="row" className="mono">
              {use.rootDirectory}
            </th>
            <td colSpan={3}>
              {use.rootAvailableBytes !== null && use.rootTotalBytes !== null
                ? t('disk.freeOf', {
                    bytes: formatBytes(use.rootAvailableBytes),
                    total: formatBytes(use.rootTotalBytes),
                    percent: formatPercent(use.rootAvailableBytes / use.rootTotalBytes),
                  })
                : t('disk.elsewhere')}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function sumOf(use: EngineDiskUse, figure: (line: DiskUseLine) => number): number {
  return kinds.reduce((total, kind) => total + figure(use[kind]), 0);
}
