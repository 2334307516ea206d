import type { Core, CoreOptions } from '../app/core';
import { coreOptionsFor } from './core-options';
import type { CliDeps, GlobalFlags } from './deps';

/** Options of a command that looks once and keeps nothing. */
export function oneShotCore(version: string, flags: GlobalFlags, deps: CliDeps): CoreOptions {
  return coreOptionsFor({ door: 'cli', store: false, version }, flags, deps.environment);
}

/** A core for the time of one command; stopped on every way out, so that no stream or child of it outlives the command. */
export async function withCore<T>(deps: CliDeps, options: CoreOptions, use: (core: Core) => Promise<T>): Promise<T> {
  const core = await deps.createCore(options);
  try {
    return await use(core);
  } finally {
    await core.stop();
  }
}
