import { useMemo } from 'react';
import type { LogSource, LogsSnapshot } from '../../../../src-shared/snapshots';
import { LevelShape } from '../../../components/level-shape';
import { Panel } from '../../../components/panel';
import { SourceBody } from '../../../components/source-body';
import { useApp } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { FollowedFiles } from './followed-files';
import { NoiseRules } from './noise-rules';
import { SourceTable } from './source-table';
import { sourceTrouble } from './source-trouble';
import styles from './sources-view.module.css';
import { StorageCard } from './storage-card';

/** Where lines come from, what of them is kept, and for how long. */
export function SourcesView() {
  const { t } = useWords();
  const readOnly = useApp((app) => !(app.info?.actionsAllowed ?? false));
  return (
    <div className={styles.view}>
      <Panel title={t('logs.sources')} className={styles.sources}>
        <SourceBody source="logs">{(snapshot) => <Sources snapshot={snapshot} />}</SourceBody>
      </Panel>
      <div className={styles.cards}>
        <Panel title={t('logs.storage')}>
          <StorageCard readOnly={readOnly} />
        </Panel>
        <Panel title={t('logs.files')}>
          <FollowedFiles readOnly={readOnly} />
        </Panel>
        <Panel title={t('logs.noise')}>
          <NoiseRules readOnly={readOnly} />
        </Panel>
      </div>
    </div>
  );
}

function Sources({ snapshot: { sources, waitingLineCount, maskedCount } }: { readonly snapshot: LogsSnapshot }) {
  const { t } = useWords();
  const unreadable = useMemo(() => sources.filter(({ state }) => state === 'unavailable' || state === 'not-followed'), [sources]);
  if (sources.length === 0) return <p className={styles.still}>{t('logs.sourcesNone')}</p>;
  return (
    <>
      {unreadable.length > 0 && <Unreadable sources={unreadable} />}
      <SourceTable sources={sources} />
      <footer className={styles.foot}>
        <span>{t('logs.following', { count: sources.filter(({ state }) => state === 'following').length })}</span>
        <span>{t('logs.maskedSinceStart', { count: maskedCount })}</span>
        {waitingLineCount > 0 && <span>{t('logs.waiting', { count: waitingLineCount })}</span>}
      </footer>
    </>
  );
}

/** Why some cannot be read or are left out, and what can be done: in whole sentences, above everything. Those of one cause stand together. */
function Unreadable({ sources }: { readonly sources: readonly LogSource[] }) {
  const { t, sentences } = useWords();
  const groups = new Map<string, LogSource[]>();
  for (const source of sources) {
    const key = source.remedy?.text ?? `${source.kind}/${source.id}`;
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return (
    <ul className={styles.unreadable} aria-label={t('logs.unreadable')}>
      {[...groups].map(([key, alike]) => (
        <li key={key}>
          <LevelShape level="unknown" size={10} />
          <span>
            <b>{namesOf(alike)}</b> {alike[0] && (sourceTrouble(alike[0], sentences) || t('logs.state.unavailable'))}
          </span>
        </li>
      ))}
    </ul>
  );
}

const maxNames = 4;

function namesOf(sources: readonly LogSource[]): string {
  const names = sources.slice(0, maxNames).map(({ name }) => name);
  return sources.length <= maxNames ? names.join(', ') : `${names.join(', ')} …`;
}
