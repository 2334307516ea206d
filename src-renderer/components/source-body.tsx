import { RefreshCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Unavailable } from '../../src-shared/reading';
import type { Snapshots, SourceId } from '../../src-shared/snapshots';
import { useNow, usePanelState, useWindowState } from '../state/context';
import { absenceWords } from '../words/absence-words';
import { formatAgo } from '../words/time';
import { useWords } from '../words/use-words';
import { Button } from './button';
import { Consent } from './consent';
import { LevelShape } from './level-shape';
import styles from './source-body.module.css';

interface SourceBodyProps<Id extends SourceId> {
  readonly source: Id;
  /** A way on that only this panel knows, under the cause and its remedy. */
  readonly whenUnavailable?: ReactNode;
  readonly children: (data: Snapshots[Id]) => ReactNode;
}

/**
 * The five states of a panel, drawn in one way everywhere: loading; unavailable with cause, remedy and retry; failed with its
 * message and the last good data; stale with dimmed data; data.
 */
export function SourceBody<Id extends SourceId>({ source, whenUnavailable, children }: SourceBodyProps<Id>) {
  const { t } = useWords();
  const state = usePanelState(source);
  switch (state.kind) {
    case 'loading':
      return (
        <div className={styles.still} role="status">
          <span className={styles.skeleton} aria-hidden="true" />
          <p className={styles.quiet}>{t('panel.loading')}</p>
        </div>
      );
    case 'unavailable':
      return (
        <div className={styles.still}>
          <div className={styles.cause}>
            <LevelShape level="unknown" /> {t(`panel.unavailable.${state.cause.reason}`)}
            <Retry source={source} />
          </div>
          <Cause cause={state.cause} />
          {state.cause.consent !== undefined && <Consent source={source} consent={state.cause.consent} />}
          {whenUnavailable}
        </div>
      );
    case 'failed':
      return (
        <>
          <div className={styles.strip} data-level="warning">
            <LevelShape level="warning" />
            <span className={styles.stripText} title={state.cause.message}>
              {t(`panel.failed.${state.cause.code}`)} <span className={styles.quiet}>{state.cause.message}</span>{' '}
              {state.lastOkAtMs !== null && <LastGood atMs={state.lastOkAtMs} />}
            </span>
            <Retry source={source} />
          </div>
          {state.data !== null && <div className={styles.old}>{children(state.data)}</div>}
        </>
      );
    case 'stale':
      return (
        <>
          <div className={styles.strip} data-level="unknown">
            <LevelShape level="unknown" />
            <span className={styles.stripText}>
              {t('panel.stale')} <LastGood atMs={state.atMs} />
            </span>
            <Retry source={source} />
          </div>
          <div className={styles.old}>{children(state.data)}</div>
        </>
      );
    case 'data':
      return <>{children(state.data)}</>;
  }
}

function Cause({ cause }: { readonly cause: Unavailable }) {
  const { detail, hint } = absenceWords(useWords(), cause);
  return (
    <>
      <p className={styles.quiet}>{detail}</p>
      {hint !== null && cause.consent === undefined && <p className={styles.hint}>{hint}</p>}
    </>
  );
}

function LastGood({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return <span className={styles.quiet}>{words.t('panel.lastGood', { ago: formatAgo(words, atMs, useNow()) })}</span>;
}

function Retry({ source }: { readonly source: SourceId }) {
  const { client } = useWindowState();
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function retry(): Promise<void> {
    setBusy(true);
    setProblem(null);
    // The reading itself arrives as an event; only a refusal of the request is shown here.
    await client.request('readings.refresh', { source }).catch((error: Error) => setProblem(error.message));
    setBusy(false);
  }
  return (
    <>
      <Button className={styles.retry} onClick={retry} disabled={busy}>
        <RefreshCw size={12} aria-hidden="true" /> {t(busy ? 'panel.retrying' : 'panel.retry')}
      </Button>
      {problem !== null && <span role="alert">{problem}</span>}
    </>
  );
}
