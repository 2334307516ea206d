import { createDirectKeeper } from '../../src-main/logs/keeper/direct-keeper';
import type { LogKeeper } from '../../src-main/logs/keeper/log-keeper';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { createSecretHash } from '../../src-main/platform/secret-hash';
import type { LogStore } from '../../src-main/store/logs/log-store';
import { createMemoryLogStore } from '../../src-main/store/logs/memory-log-store';
import type { LogRecord } from '../../src-shared/logs/log-record';
import { defaultSettings, type Settings } from '../../src-shared/settings';

/** The real keeper in this thread; without well-known files of this machine unless the settings say so. */
export function openKeeper(
  options: {
    readonly settings?: Partial<Settings['logs']>;
    readonly store?: LogStore;
    readonly files?: boolean;
    readonly runsDirectory?: string;
  } = {},
): LogKeeper {
  return createDirectKeeper({
    clock: systemClock,
    timers: systemTimers,
    store: options.store ?? createMemoryLogStore(),
    hash: createSecretHash(),
    settings: { ...defaultSettings.logs, wellKnownFiles: false, ...options.settings },
    files: options.files === true ? { etc: '/etc', runsDirectory: options.runsDirectory ?? '/nonexistent' } : null,
  });
}

/** Every kept error, the newest of the thousand newest first. */
export async function keptErrors(keeper: LogKeeper): Promise<readonly (LogRecord & { readonly sourceId: string })[]> {
  const { records } = await keeper.ask('search', { query: 'level:error+', beforeId: null, fromMs: null, toMs: null, limit: 1_000 });
  return records.map((record) => ({ ...record, sourceId: record.origin.slice(record.origin.indexOf('/') + 1) }));
}
