import { useMemo } from 'react';
import { useStore } from 'zustand';
import { bytesQuantity, formatBytes, formatPercent, percentFigure } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import type { MetricPoint } from '../../../src-shared/metrics';
import type { Container } from '../../../src-shared/snapshots';
import { Sparkline } from '../../charts/sparkline';
import { Bar } from '../../components/bar';
import { Figure } from '../../components/figure';
import { useApp, useWindowState } from '../../state/context';
import type { UsageKind } from '../../state/usage-history';
import { useWords } from '../../words/use-words';
import { cpuWords, forecastText } from '../containers/container-words';
import styles from './container-detail.module.css';

/** CPU and memory: figure, bar, the last five minutes, and both scales in words. */
export function ContainerUsage({ container }: { readonly container: Container }) {
  const words = useWords();
  const { t } = words;
  const cpuMark = useApp((app) => app.settings.thresholds.cpuWarningRatio);
  const memoryMark = useApp((app) => app.settings.thresholds.memoryWarningRatio);
  const memory = bytesQuantity(container.memoryUsedBytes);
  const { memoryLimitBytes, memoryLimited, memoryUsedRatio } = container;
  const limitText =
    memoryLimitBytes === null || memoryUsedRatio === null
      ? t('unknown.noFigure')
      : t(memoryLimited ? 'containers.memoryOfLimit' : 'containers.memoryOfHost', {
          percent: formatPercent(memoryUsedRatio),
          limit: formatBytes(memoryLimitBytes),
        });
  const forecast = forecastText(words, container);
  const growth = container.memoryGrowthBytesPerSecond;
  return (
    <div className={styles.usage}>
      <Meter
        label={t('column.cpu')}
        figure={percentFigure(container.cpuBusyRatio, true)}
        unit={container.cpuBusyRatio === null ? '' : '%'}
        ratio={container.cpuBusyRatio}
        level={container.cpuLevel}
        history={<History id={container.id} what="cpu" level={container.cpuLevel} mark={cpuMark} />}
        sub={cpuWords(words, container)}
      />
      <Meter
        label={t('column.memory')}
        figure={memory.figure}
        unit={memory.unit}
        ratio={memoryUsedRatio}
        level={container.memoryLevel}
        history={<History id={container.id} what="memory" level={container.memoryLevel} mark={memoryMark} />}
        sub={limitText}
        loud={forecast === null ? null : `${forecast}${growth === null ? '' : ` (+${formatBytes(growth * 60)}/min)`}`}
      />
    </div>
  );
}

interface MeterProps {
  readonly label: string;
  readonly figure: string;
  readonly unit: string;
  readonly ratio: number | null;
  readonly level: Level;
  readonly history: React.ReactNode;
  readonly sub: string;
  /** What one should not miss: a forecast. */
  readonly loud?: string | null;
}

function Meter({ label, figure, unit, ratio, level, history, sub, loud = null }: MeterProps) {
  return (
    <div className={styles.meter}>
      <span className={styles.meterLabel}>{label}</span>
      <span className={styles.meterHistory}>{history}</span>
      <span className={styles.meterFigure}>
        <Figure figure={figure} unit={unit} />
      </span>
      <span className={styles.meterBar}>
        <Bar ratio={ratio} level={level} />
      </span>
      <p className={styles.meterSub}>
        {sub}
        {loud !== null && (
          <>
            {' · '}
            <strong className={styles.loud}>{loud}</strong>
          </>
        )}
      </p>
    </div>
  );
}

const noPoints: readonly MetricPoint[] = [];

/** The only part that draws with every reading. */
function History({
  id,
  what,
  level,
  mark,
}: {
  readonly id: string;
  readonly what: UsageKind;
  readonly level: Level;
  readonly mark: number;
}) {
  const { usage } = useWindowState();
  const { atMs } = useStore(usage.recorded);
  const points = useMemo(() => (atMs === 0 ? noPoints : usage.points(id, what)), [usage, id, what, atMs]);
  return <Sparkline points={points} top={1} level={level} mark={mark} />;
}
