import { randomBytes } from 'node:crypto';
import type { Container } from '../../src-shared/snapshots/containers';
import type { Clock } from '../platform/clock';
import type { ContainerAccess } from '../platform/container-engine';
import type { Logger } from '../platform/logger';
import { isExecutableFile, startDetached } from '../platform/terminal';
import type { RunStore } from '../store/store';
import { type ContainerActions, createContainerActions } from './container-actions';
import { createContainerRuns } from './container-runs';
import type { CoreOptions } from './core';
import { hashWith, readInstallationSalt } from './installation-salt';

export interface ContainerPartsDeps {
  readonly options: Pick<CoreOptions, 'dataDirectory' | 'store'>;
  readonly access: ContainerAccess;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Of the latest reading. */
  readonly latest: () => readonly Container[];
}

export interface ContainerParts {
  readonly containerActions: ContainerActions;
  /** To be called after each reading of containers. */
  afterReading(): void;
}

/** Details, actions and remembered runs of containers, joined with this machine. */
export function createContainerParts({ options, access, store, clock, logger, latest }: ContainerPartsDeps): ContainerParts {
  // A one-shot command keeps nothing, so what it compares by need not last either.
  const salt = options.store ? readInstallationSalt(options.dataDirectory) : randomBytes(32);
  const runs = createContainerRuns({
    access,
    store,
    clock,
    hash: hashWith(salt),
    onUnexpected: (error) => logger.error('runs of containers', { error: String(error) }),
  });
  const containerActions = createContainerActions({
    access,
    runs,
    findFacts: (id) => latest().find((container) => container.id === id) ?? null,
    terminal: { platform: process.platform, environment: process.env, isExecutable: isExecutableFile },
    startTerminal: (call) => startDetached(call, process.env),
    onAttempt: (attempt) => logger.info('container action', { ...attempt }),
  });
  return { containerActions, afterReading: () => runs.follow(latest()) };
}
