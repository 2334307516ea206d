import { memo, type ReactNode } from 'react';
import { bytesQuantity, durationParts, formatBytes, formatBytesPerSecond, percentFigure, unknownText } from '../../../src-shared/format';
import { compareLevels, type Level } from '../../../src-shared/level';
import type { HostSnapshot, NetworkRate } from '../../../src-shared/snapshots';
import { Sparkline } from '../../charts/sparkline';
import { Bar } from '../../components/bar';
import { LevelShape } from '../../components/level-shape';
import { SourceBody } from '../../components/source-body';
import { useApp, useHistory } from '../../state/context';
import { formatDay } from '../../words/time';
import { useWords, type Words } from '../../words/use-words';
import styles from './host-tiles.module.css';

/** The machine in five tiles. */
export function HostTiles() {
  const { t } = useWords();
  return (
    <section className={styles.host} aria-label={t('region.host')}>
      <h2 className="visually-hidden">{t('region.host')}</h2>
      <SourceBody source="host">{(host) => <Tiles host={host} />}</SourceBody>
    </section>
  );
}

function Tiles({ host }: { readonly host: HostSnapshot }) {
  return (
    <div className={styles.tiles}>
      <CpuTile host={host} />
      <MemoryTile host={host} />
      <DiskTile host={host} />
      <NetworkTile host={host} />
      <UptimeTile host={host} />
    </div>
  );
}

function CpuTile({ host: { cpu, cpuLevel, load } }: { readonly host: HostSnapshot }) {
  const words = useWords();
  const points = useHistory('host.cpu.busy', '');
  const mark = useApp((app) => app.settings.thresholds.cpuWarningRatio);
  const loadText = load === null ? null : words.t('host.load', { load: load.one.toFixed(2) });
  return (
    <Tile
      label={words.t('host.cpu')}
      level={cpuLevel}
      figure={percentFigure(cpu.busyRatio)}
      unit={cpu.busyRatio === null ? '' : '%'}
      title={cpu.busyRatio === null ? words.t('unknown.firstSample') : (cpu.modelName ?? undefined)}
      ratio={cpu.busyRatio}
      sub={join(words.t('host.cores', { count: cpu.coreCount }), loadText)}
      spark={<Sparkline points={points} top={1} level={cpuLevel} mark={mark} />}
      extra={<Cores ratios={cpu.coreBusyRatios} label={words.t('host.perCore')} />}
    />
  );
}

/** One small column a core; beyond 32 they would be thinner than a pixel is honest. */
function Cores({ ratios, label }: { readonly ratios: readonly (number | null)[]; readonly label: string }) {
  if (ratios.length < 2 || ratios.length > 32) return null;
  return (
    <span className={styles.cores} role="img" aria-label={label} title={label}>
      {ratios.map((ratio, core) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a core is its number
        <Core key={core} share={ratio === null ? 0 : Math.max(0.04, Math.round(ratio * 100) / 100)} />
      ))}
    </span>
  );
}

const Core = memo(function Core({ share }: { readonly share: number }) {
  return (
    <span className={styles.core}>
      <span style={{ transform: `scaleY(${share})` }} />
    </span>
  );
});

function MemoryTile({ host: { memory, memoryLevel, swap } }: { readonly host: HostSnapshot }) {
  const words = useWords();
  const points = useHistory('host.memory.used', '');
  const mark = useApp((app) => app.settings.thresholds.memoryWarningRatio);
  const used = bytesQuantity(memory.usedBytes);
  const total = bytesQuantity(memory.totalBytes);
  const sameUnit = used.unit === total.unit;
  return (
    <Tile
      label={words.t('host.memory')}
      level={memoryLevel}
      figure={used.figure}
      unit={`${sameUnit ? '' : `${used.unit} `}/ ${total.figure} ${total.unit}`}
      ratio={memory.totalBytes > 0 ? memory.usedBytes / memory.totalBytes : null}
      sub={join(
        words.t('host.available', { bytes: formatBytes(memory.availableBytes) }),
        swap.totalBytes > 0 ? words.t('host.swap', { bytes: formatBytes(swap.usedBytes) }) : words.t('host.noSwap'),
      )}
      spark={<Sparkline points={points} top={1} level={memoryLevel} mark={mark} />}
      extra={
        swap.totalBytes > 0 && (
          <span className={styles.mounts}>
            <span className={styles.mount}>
              <span className={styles.mountPath}>{words.t('host.swapShort')}</span>
              <Bar ratio={swap.usedBytes / swap.totalBytes} level="ok" />
              <span>{percentFigure(swap.usedBytes / swap.totalBytes)} %</span>
            </span>
          </span>
        )
      }
    />
  );
}

function DiskTile({ host: { mounts } }: { readonly host: HostSnapshot }) {
  const words = useWords();
  const byFullness = [...mounts].sort((a, b) => compareLevels(b.level, a.level) || b.usedRatio - a.usedRatio);
  const [fullest, ...others] = byFullness;
  const points = useHistory('host.disk.used', fullest?.path ?? null);
  if (!fullest)
    return <Tile label={words.t('host.disk')} level="unknown" figure={unknownText} unit="" ratio={null} sub={words.t('host.noDisk')} />;
  return (
    <Tile
      label={`${words.t('host.disk')} ${fullest.path}`}
      level={fullest.level}
      figure={percentFigure(fullest.usedRatio)}
      unit="%"
      title={`${fullest.device} · ${fullest.fileSystem}`}
      ratio={fullest.usedRatio}
      sub={join(
        words.t('host.left', { bytes: formatBytes(fullest.availableBytes) }),
        others.length > 0 ? words.t('host.moreDisks', { count: others.length }) : null,
      )}
      spark={<Sparkline points={points} top={1} level={fullest.level} />}
      extra={
        <span className={styles.mounts}>
          {others.slice(0, 2).map((mount) => (
            <span key={mount.path} className={styles.mount} title={`${mount.path}: ${formatBytes(mount.availableBytes)}`}>
              <span className={styles.mountPath}>{mount.path}</span>
              <Bar ratio={mount.usedRatio} level={mount.level} />
              <span>{percentFigure(mount.usedRatio)} %</span>
            </span>
          ))}
        </span>
      }
    />
  );
}

function NetworkTile({ host: { networks } }: { readonly host: HostSnapshot }) {
  const words = useWords();
  const network = mainNetwork(networks);
  const points = useHistory('host.network.received', network?.name ?? null);
  if (!network)
    return <Tile label={words.t('host.network')} level="ok" figure={unknownText} unit="" ratio={null} sub={words.t('host.noNetwork')} />;
  const received = bytesQuantity(network.receivedBytesPerSecond);
  return (
    <Tile
      label={words.t('host.network')}
      level="ok"
      figure={received.figure}
      unit={network.receivedBytesPerSecond === null ? '' : `${received.unit}/s ↓`}
      title={network.receivedBytesPerSecond === null ? words.t('unknown.firstSample') : words.t('host.received')}
      ratio={undefined}
      sub={`↑ ${formatBytesPerSecond(network.sentBytesPerSecond)} · ${network.name}`}
      spark={<Sparkline points={points} top={null} />}
    />
  );
}

const bridges = /^(lo|veth|br-|docker|virbr|cni|flannel|vnet|tap)/;

/** The interface one means by "the network": the busiest real one, bridges and tunnels of containers only where nothing else is. */
export function mainNetwork(networks: readonly NetworkRate[]): NetworkRate | null {
  const real = networks.filter((network) => !bridges.test(network.name));
  const pool = real.length > 0 ? real : networks;
  const first = pool[0];
  if (!first) return null;
  // A lead of four times decides, so that the tile does not flutter between two quiet interfaces.
  return pool.reduce((best, one) => (total(one) > 4 * total(best) + 4096 ? one : best), first);
}

function total(network: NetworkRate): number {
  return (network.receivedBytesPerSecond ?? 0) + (network.sentBytesPerSecond ?? 0);
}

function UptimeTile({ host }: { readonly host: HostSnapshot }) {
  const words = useWords();
  const [first, second] = durationParts(host.uptimeSeconds);
  const unit = (part: typeof first) => (part ? words.t(`unit.${part.unit}`, { amount: '' }).trim() : '');
  return (
    <Tile
      label={words.t('host.uptime')}
      level="ok"
      figure={String(first?.amount ?? 0)}
      unit={`${unit(first)}${second ? ` ${words.t(`unit.${second.unit}`, { amount: second.amount })}` : ''}`}
      ratio={undefined}
      sub={host.bootedAtMs === null ? host.node : words.t('host.booted', { time: formatDay(words.language, host.bootedAtMs) })}
      spark={<Facts host={host} words={words} />}
    />
  );
}

/** What there is to say about the machine where a tile is tall enough. */
function Facts({ host, words }: { readonly host: HostSnapshot; readonly words: Words }) {
  const hottest = [...host.temperatures].sort((a, b) => b.celsius - a.celsius)[0];
  const { load, osName, kernel, battery } = host;
  return (
    <dl className={styles.facts}>
      {load && <Fact name={words.t('host.loadLong')} value={[load.one, load.five, load.fifteen].map((one) => one.toFixed(2)).join('  ')} />}
      {hottest && <Fact name={words.t('host.temperature')} value={`${Math.round(hottest.celsius)} °C`} />}
      {battery && <Fact name={words.t('host.battery')} value={`${percentFigure(battery.chargeRatio)} %`} />}
      {(osName ?? kernel) !== null && <Fact name={words.t('host.system')} value={osName ?? kernel ?? ''} />}
    </dl>
  );
}

const Fact = memo(function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={value}>{value}</dd>
    </div>
  );
});

interface TileProps {
  readonly label: string;
  readonly level: Level;
  readonly figure: string;
  readonly unit: string;
  readonly title?: string | undefined;
  /** Null: unknown, an empty bar; undefined: this tile has no bar. */
  readonly ratio: number | null | undefined;
  readonly sub: string;
  readonly spark?: ReactNode;
  readonly extra?: ReactNode;
}

function Tile({ label, level, figure, unit, title, ratio, sub, spark, extra }: TileProps) {
  const { t } = useWords();
  const loud = level === 'warning' || level === 'critical';
  return (
    <div className={styles.tile}>
      <Label text={label} />
      {loud && (
        <span className={styles.level} data-level={level}>
          <LevelShape level={level} /> {t(`level.${level}`)}
        </span>
      )}
      <p className={styles.figure} title={title}>
        {figure} <span className={styles.unit}>{unit}</span>
      </p>
      {extra !== undefined && <div className={styles.extra}>{extra}</div>}
      {spark !== undefined && <div className={styles.spark}>{spark}</div>}
      {ratio !== undefined && (
        <div className={styles.bar}>
          <Bar ratio={ratio} level={level} />
        </div>
      )}
      <Sub text={sub} />
    </div>
  );
}

const Label = memo(function Label({ text }: { readonly text: string }) {
  return (
    <h3 className={styles.label} title={text}>
      {text}
    </h3>
  );
});

const Sub = memo(function Sub({ text }: { readonly text: string }) {
  return (
    <p className={styles.sub} title={text}>
      {text}
    </p>
  );
});

function join(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' · ');
}
