import { useEffect, useState } from 'react';
import { RequestError, type TrafficPreview } from '../../../../src-shared/contract';
import { formatBytes, truncateMiddle } from '../../../../src-shared/format';
import { Button } from '../../../components/button';
import { LevelShape } from '../../../components/level-shape';
import { Panel } from '../../../components/panel';
import { useWindowState } from '../../../state/context';
import type { TrafficTarget } from '../../../state/ui-store';
import { useWords } from '../../../words/use-words';
import { logText, shareText } from '../figure-text';
import { formatWords, unitWords } from '../format-words';
import { targetName } from '../target-name';
import { FormatChoice } from './format-choice';
import styles from './format-preview.module.css';
import { PreviewLines } from './preview-lines';

/** From this share of read lines on, figures follow without a question. */
const fitsWell = 0.9;

/** The first lines as a format reads them. Goes on to the figures by itself where the format fits and nobody asked for this. */
export function FormatPreview({ target }: { readonly target: TrafficTarget }) {
  const words = useWords();
  const { t } = words;
  const { ui } = useWindowState();
  const { preview, problem } = usePreview(target);
  const fit = preview?.format?.fitRatio ?? 0;
  const goesOn = target.stage === 'opening' && preview !== null && preview.problem === null && fit >= fitsWell;
  const go = (stage: TrafficTarget['stage'], format = target.format) => ui.setState({ trafficTarget: { ...target, format, stage } });
  useEffect(() => {
    if (goesOn) ui.setState({ trafficTarget: { ...target, stage: 'figures' } });
  }, [goesOn, target, ui]);
  const name = truncateMiddle(targetName(words, target), 60);
  if (target.stage === 'opening' && (goesOn || (preview === null && problem === null))) {
    return (
      <div className={styles.opening}>
        <p role="status">{t('traffic.opening', { name })}</p>
        <Button onClick={() => ui.setState({ trafficTarget: null })}>{t('traffic.otherLog')}</Button>
      </div>
    );
  }
  return (
    <div className={styles.view}>
      <Panel
        title={t('traffic.formatOf', { name })}
        className={styles.panel}
        aside={
          <>
            <Button onClick={() => ui.setState({ trafficTarget: null })}>{t('traffic.otherLog')}</Button>
            <Button kind="primary" disabled={fit === 0} onClick={() => go('figures')}>
              {t('traffic.showFigures')}
            </Button>
          </>
        }
      >
        <div className={styles.facts}>
          <Verdict preview={preview} problem={problem} />
          <FormatChoice format={target.format} onChange={(format) => go('preview', format)} />
        </div>
        {preview !== null && preview.files.length > 0 && (
          <p className={styles.files} title={preview.files.map(({ path }) => path).join('\n')}>
            {t('traffic.filesRead', {
              count: preview.files.length,
              size: formatBytes(preview.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
            })}{' '}
            <span className="mono">
              {preview.files
                .slice(0, 3)
                .map(({ path }) => logText(path))
                .join(' · ')}
              {preview.files.length > 3 && ' …'}
            </span>
          </p>
        )}
        {preview !== null && <PreviewLines lines={preview.lines} />}
      </Panel>
    </div>
  );
}

function Verdict({ preview, problem }: { readonly preview: TrafficPreview | null; readonly problem: string | null }) {
  const words = useWords();
  const { t } = words;
  if (problem !== null) return <Says level="unknown" text={problem} alert />;
  if (preview === null) return <Says level="unknown" text={t('traffic.reading')} />;
  if (preview.problem !== null) return <Says level="warning" text={words.sentences([preview.problem])} alert />;
  const { format } = preview;
  if (format === null) return <Says level="warning" text={t('traffic.formatNone')} alert />;
  return (
    <div>
      <Says
        level={format.fitRatio >= fitsWell ? 'ok' : 'warning'}
        text={t('traffic.formatFits', { words: formatWords(words, format), percent: shareText(format.fitRatio) })}
      />
      <p className={styles.quiet}>{unitWords(words, format)}</p>
    </div>
  );
}

function Says({
  level,
  text,
  alert = false,
}: {
  readonly level: 'ok' | 'warning' | 'unknown';
  readonly text: string;
  readonly alert?: boolean;
}) {
  return (
    <p className={styles.says} role={alert ? 'alert' : 'status'}>
      <LevelShape level={level} /> {text}
    </p>
  );
}

function usePreview({ input, format }: TrafficTarget): { readonly preview: TrafficPreview | null; readonly problem: string | null } {
  const { client } = useWindowState();
  const [state, setState] = useState<{ readonly preview: TrafficPreview | null; readonly problem: string | null }>({
    preview: null,
    problem: null,
  });
  useEffect(() => {
    let left = false;
    client
      .request('traffic.preview', { input, format })
      .then((preview) => {
        if (!left) setState({ preview, problem: null });
      })
      .catch((error: unknown) => {
        if (!(error instanceof RequestError)) throw error;
        if (!left) setState({ preview: null, problem: error.message });
      });
    return () => {
      left = true;
    };
  }, [client, input, format]);
  return state;
}
