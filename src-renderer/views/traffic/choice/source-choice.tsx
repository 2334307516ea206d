import { FlaskConical, RefreshCw } from 'lucide-react';
import { useCallback } from 'react';
import type { TrafficInput, TrafficSource } from '../../../../src-shared/contract';
import { Button } from '../../../components/button';
import { Panel } from '../../../components/panel';
import { useApp, useWindowState } from '../../../state/context';
import { openTraffic } from '../../../state/ui-store';
import { usePolledAnswer } from '../../../state/use-polled-answer';
import { useWords } from '../../../words/use-words';
import { OpenAnother } from './open-another';
import styles from './source-choice.module.css';
import { SourceRow } from './source-row';

const everyMs = 10_000;
const groups = ['recent', 'found', 'printing'] as const;

/** Which access log: what was found, those of late, another one, or sample data. */
export function SourceChoice() {
  const { t } = useWords();
  const { client, ui } = useWindowState();
  const recent = useApp((app) => app.settings.traffic.recent);
  const ask = useCallback(() => client.request('traffic.sources', null), [client]);
  const { data, problem, reload } = usePolledAnswer(ask, everyMs);
  const sources = data?.sources ?? [];
  const shown = sources.filter(({ why }) => why !== 'demo');
  const open = (input: TrafficInput, name: string, format = formatOf(input, recent)) => openTraffic(ui, { input, format, name });
  return (
    <div className={styles.view}>
      <Panel
        title={t('traffic.choose')}
        summary={t('traffic.chooseWhat')}
        className={styles.panel}
        aside={
          <Button onClick={reload}>
            <RefreshCw size={12} aria-hidden="true" /> {t('traffic.lookAgain')}
          </Button>
        }
      >
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        {data === null && problem === null && (
          <p className={styles.still} role="status">
            {t('traffic.looking')}
          </p>
        )}
        {data !== null && shown.length === 0 && (
          <div className={styles.first}>
            <p className={styles.lead}>{t('traffic.none')}</p>
            <p className={styles.quiet}>{t('traffic.noneWhat')}</p>
          </div>
        )}
        {groups.map((group) => {
          const rows = shown.filter((one) => groupOf(one) === group);
          if (rows.length === 0) return null;
          return (
            <section key={group} className={styles.group}>
              <h3 className={styles.heading}>{t(`traffic.group.${group}`)}</h3>
              <ul aria-label={t(`traffic.group.${group}`)}>
                {rows.map((source) => (
                  <SourceRow key={JSON.stringify(source.input)} source={source} onOpen={() => open(source.input, source.name)} />
                ))}
              </ul>
            </section>
          );
        })}
        <OpenAnother onOpen={(path, format) => open({ kind: 'files', paths: [path] }, baseName(path), format)} />
        <section className={styles.demo} aria-label={t('traffic.demo')}>
          <FlaskConical size={16} aria-hidden="true" />
          <div>
            <p className={styles.name}>{t('traffic.demo')}</p>
            <p className={styles.quiet}>{t('traffic.demoWhat')}</p>
          </div>
          <Button
            kind={data !== null && shown.length === 0 ? 'primary' : 'plain'}
            onClick={() => open({ kind: 'demo' }, t('traffic.demo'), 'auto')}
          >
            {t('traffic.demoOpen')}
          </Button>
        </section>
      </Panel>
    </div>
  );
}

function groupOf({ why, input }: TrafficSource): (typeof groups)[number] {
  if (why === 'recent') return 'recent';
  return input.kind === 'files' ? 'found' : 'printing';
}

/** The format it was opened with the last time. */
function formatOf(input: TrafficInput, recent: readonly { readonly paths: readonly string[]; readonly format: string }[]): string {
  if (input.kind !== 'files') return 'auto';
  return recent.find(({ paths }) => paths.join('\n') === input.paths.join('\n'))?.format ?? 'auto';
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}
