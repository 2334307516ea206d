import { ChevronRight } from 'lucide-react';
import { memo, useId } from 'react';
import { formatBytes } from '../../../src-shared/format';
import type { Level } from '../../../src-shared/level';
import type { Container, EngineState } from '../../../src-shared/snapshots';
import { CopyButton } from '../../components/copy-button';
import { LevelShape } from '../../components/level-shape';
import { useUi, useWindowState } from '../../state/context';
import { absenceWords } from '../../words/absence-words';
import { useWords, type Words } from '../../words/use-words';
import { DiskBar, DiskTable } from './disk-use';
import styles from './engine-strip.module.css';

const foldId = 'containers.engines';

// One element for all: React passes it over, while an icon of lucide is built again at every drawing.
const arrow = <ChevronRight size={13} aria-hidden="true" className={styles.arrow} />;

interface EngineStripProps {
  readonly engines: readonly EngineState[];
  readonly containers: readonly Container[];
}

/** Which engines there are and how they are, on one quiet line; unfolded: where, what is wrong, what to do, and the disk they use. */
export function EngineStrip({ engines, containers }: EngineStripProps) {
  const words = useWords();
  const { ui } = useWindowState();
  const open = useUi((state) => state.folds[foldId] ?? false);
  const bodyId = useId();
  return (
    <section className={styles.strip} aria-label={words.t('engines.title')}>
      <button
        type="button"
        className={styles.line}
        aria-expanded={open}
        aria-controls={bodyId}
        onClick={() => ui.setState({ folds: { ...ui.getState().folds, [foldId]: !open } })}
      >
        {arrow}
        {engines.map((engine) => (
          <EngineChip key={engine.id} engine={engine} count={engines.length > 1 ? countOf(engine, containers) : null} />
        ))}
      </button>
      {open && (
        <ul id={bodyId} className={styles.engines}>
          {engines.map((engine) => (
            <EngineEntry key={engine.id} engine={engine} count={countOf(engine, containers)} />
          ))}
        </ul>
      )}
    </section>
  );
}

const EngineChip = memo(function EngineChip({ engine, count }: { readonly engine: EngineState; readonly count: number | null }) {
  const words = useWords();
  const ok = engine.state === 'ok';
  return (
    <span className={styles.chip} title={chipTitle(words, engine)}>
      <LevelShape level={engineLevel(engine.state)} size={9} />
      <span className={styles.name}>{engineName(engine)}</span>
      <span className={styles.quiet}>
        {ok ? (count === null ? null : words.t('engines.count', { count })) : words.t(`engine.state.${engine.state}`)}
      </span>
      {engine.diskUse !== null && <DiskBar use={engine.diskUse} />}
    </span>
  );
});

function EngineEntry({ engine, count }: { readonly engine: EngineState; readonly count: number }) {
  const words = useWords();
  const { t } = words;
  const { detail, hint } = absenceWords(words, engine);
  return (
    <li className={styles.entry}>
      <p className={styles.entryHead}>
        <LevelShape level={engineLevel(engine.state)} size={9} />
        <strong>{engineName(engine)}</strong>
        <span>{t(`engine.state.${engine.state}`)}</span>
        <span className={styles.quiet}>
          {engine.state === 'ok' && `${t('engines.count', { count })} · `}
          {engine.identity !== null && `API ${engine.identity.apiVersion} · `}
          {engine.coreCount !== null && `${t('host.cores', { count: engine.coreCount })} · `}
          {engine.origin}
        </span>
      </p>
      <p className={styles.place}>
        <code>{engine.endpoint}</code>
      </p>
      {detail !== null && <p className={styles.quiet}>{detail}</p>}
      {hint !== null && (
        <p className={styles.hint}>
          <span>{hint}</span>
          <CopyButton text={remedyOf(hint)} label={t('engines.copyRemedy')} />
        </p>
      )}
      {engine.diskUse !== null && <DiskTable use={engine.diskUse} />}
    </li>
  );
}

/** "docker 27.3.1"; one that never answered is named by the end of its address. */
export function engineName({ identity, endpoint }: Pick<EngineState, 'identity' | 'endpoint'>): string {
  if (identity !== null) return `${identity.name} ${identity.version}`;
  return endpoint.replace(/^\w+:\/\//, '').replace(/^.*\/(?=[^/]*\/[^/]*$)/, '');
}

/** A remedy may name a command after a colon, in backticks or in quotes: that is what one wants to paste. */
export function remedyOf(hint: string): string {
  const quoted = /`([^`]+)`/.exec(hint)?.[1] ?? /"((?:sudo|systemctl|docker|podman|brew|colima) [^"]+)"/.exec(hint)?.[1];
  const afterColon = /: ((?:sudo |systemctl |docker |podman |brew |colima )[^.]*(?:\.\S[^.]*)*)\.?$/.exec(hint)?.[1];
  return quoted ?? afterColon ?? hint;
}

const levels: Readonly<Record<EngineState['state'], Level>> = {
  ok: 'ok',
  absent: 'inactive',
  starting: 'unknown',
  stopped: 'inactive',
  denied: 'unknown',
  failed: 'warning',
};

function engineLevel(state: EngineState['state']): Level {
  return levels[state];
}

function countOf(engine: EngineState, containers: readonly Container[]): number {
  return containers.filter((one) => one.engineId === engine.id).length;
}

function chipTitle(words: Words, engine: EngineState): string {
  const { endpoint, origin, diskUse } = engine;
  const { detail, hint } = absenceWords(words, engine);
  const disk =
    diskUse === null
      ? null
      : words.t('engines.diskTitle', {
          total: formatBytes(
            diskUse.images.totalBytes + diskUse.containers.totalBytes + diskUse.volumes.totalBytes + diskUse.buildCache.totalBytes,
          ),
        });
  return [`${endpoint} (${origin})`, detail, hint, disk].filter((part) => part !== null).join('\n');
}
