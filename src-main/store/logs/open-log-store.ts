import { join } from 'node:path';
import { closeQuietly, setAside } from '../open-history';
import { SqliteFailure } from '../sqlite';
import { type CatalogContent, createCatalog, readCatalog } from './catalog';
import { createFileLogStore } from './file-log-store';
import type { LogStore } from './log-store';
import { createMemoryLogStore } from './memory-log-store';
import { type OpenedCatalog, openCatalog } from './open-catalog';
import { isFileProblem } from './read-bytes';
import { reconcile } from './reconcile';
import { createSealer } from './sealer';
import { createSearchClient } from './search-client';
import { createSegmentKeeper, type SealStep } from './segment-keeper';

export interface LogStoreOptions {
  /** `<data>/log-store`, made when missing; null: in memory only. */
  readonly directory: string | null;
  /** The bundled log-search-thread.js; null: searches and compressing run in slices in the caller's thread. */
  readonly searchThreadUrl: URL | null;
  readonly nowMs: () => number;
  /** Text in a segment before it is compressed. */
  readonly segmentBytes?: number;
  readonly searchIdleMs?: number;
  readonly onSealStep?: (step: SealStep) => void;
}

const defaultSegmentBytes = 8 * 1024 * 1024;

type OpenCatalog = Extract<OpenedCatalog, { kind: 'open' }>;

/** Opens what is there. Never throws for what the directory holds: what cannot be used is put aside or left alone, and `storage()` says so. */
export function openLogStore(options: LogStoreOptions): LogStore {
  const { directory, nowMs } = options;
  if (directory === null) return createMemoryLogStore({ nowMs });
  const file = join(directory, 'index.db');
  const opened = openReadable(file, nowMs());
  if (opened.kind === 'unavailable') return createMemoryLogStore({ nowMs, detail: opened.detail });
  try {
    return openFiles(options, directory, opened.catalog, opened.content);
  } catch (error) {
    if (!isFileProblem(error) && !(error instanceof SqliteFailure)) throw error;
    closeQuietly(opened.catalog.connection);
    return createMemoryLogStore({ nowMs, detail: `The logs in ${directory} cannot be used: ${error.message}` });
  }
}

/** A catalog whose tables are not what they were is as damaged as one that cannot be opened. */
function openReadable(
  file: string,
  nowMs: number,
):
  | { readonly kind: 'open'; readonly catalog: OpenCatalog; readonly content: CatalogContent }
  | { readonly kind: 'unavailable'; readonly detail: string } {
  let setAsideFile: string | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const catalog = openCatalog(file, nowMs + attempt);
    if (catalog.kind === 'unavailable') return catalog;
    try {
      return {
        kind: 'open',
        catalog: { ...catalog, setAsideFile: catalog.setAsideFile ?? setAsideFile },
        content: readCatalog(catalog.connection),
      };
    } catch (error) {
      if (!(error instanceof SqliteFailure)) throw error;
      closeQuietly(catalog.connection);
      setAsideFile = attempt > 1 ? null : setAside(file, nowMs);
      if (setAsideFile === null) return { kind: 'unavailable', detail: `The log index ${file} is damaged: ${error.message}` };
    }
  }
}

function openFiles(options: LogStoreOptions, directory: string, opened: OpenCatalog, content: CatalogContent): LogStore {
  const { nowMs } = options;
  const monotonicMs = () => performance.now();
  const writable = !opened.readOnly;
  const found = reconcile(directory, content.segments, { fresh: opened.fresh, writable, nowMs: nowMs() });
  const catalog = writable ? createCatalog(opened.connection) : null;
  catalog?.change({ segments: found.changed, removedSegments: found.removed, origins: found.origins });
  if (catalog === null) closeQuietly(opened.connection);
  const details = [
    opened.detail,
    opened.setAsideFile === null ? null : `The damaged log index was put aside as ${opened.setAsideFile}`,
    found.lostCount === 0 ? null : `${found.lostCount} kept lines could not be read any more`,
  ].filter((detail) => detail !== null);
  return createFileLogStore({
    directory,
    catalog,
    makeKeeper:
      catalog === null
        ? null
        : (originOf) => {
            const { segmentBytes = defaultSegmentBytes, onSealStep } = options;
            const sealer = createSealer(directory, options.searchThreadUrl);
            const keeper = createSegmentKeeper({ directory, catalog, found, originOf, nowMs, sealer, segmentBytes, onSealStep });
            void keeper.seal();
            return keeper;
          },
    segments: found.segments,
    positions: content.positions,
    notes: content.notes,
    origins: [...found.origins, ...content.origins],
    client: createSearchClient({
      directory,
      threadUrl: options.searchThreadUrl,
      monotonicMs,
      ...(options.searchIdleMs === undefined ? {} : { idleMs: options.searchIdleMs }),
    }),
    kind: opened.readOnly ? 'read-only' : 'file',
    detail: details.join('; ') || null,
    lostCount: found.lostCount,
    nextNumber: found.nextNumber,
    nowMs,
    monotonicMs,
  });
}
