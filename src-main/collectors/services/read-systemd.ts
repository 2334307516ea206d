import { statSync } from 'node:fs';
import type { ServiceScope } from '../../../src-shared/snapshots/services';
import type { Exec, ExecResult } from '../../platform/exec';
import { isDenied, isVanished } from '../../platform/proc-errors';
import {
  type ListedUnit,
  parseListedUnits,
  parseShownBlocks,
  parseShownUnits,
  parseUnitFiles,
  shownProperties,
  type UnitDetails,
  type UnitFile,
} from './parse-systemd';

/** systemctl said no: an answer, not a bug. `missing` when there is no such program. */
export class SystemctlRefusal extends Error {
  constructor(
    readonly kind: 'missing' | 'denied' | 'no-manager',
    message: string,
  ) {
    super(message);
    this.name = 'SystemctlRefusal';
  }
}

export interface Systemctl {
  /** Loaded services, timers and sockets in one call. */
  listUnits(signal: AbortSignal): Promise<readonly ListedUnit[]>;
  listUnitFiles(signal: AbortSignal): Promise<readonly UnitFile[]>;
  /** Details of the named units, by the name each really has: an alias gives its unit. Spawns nothing for no names. */
  show(units: readonly string[], signal: AbortSignal): Promise<readonly UnitDetails[]>;
  /** Other properties of the named units, as systemd writes them; by the name each really has. */
  showProperties(
    properties: readonly string[],
    units: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ReadonlyMap<string, string>[]>;
}

/** CLOCK_MONOTONIC: what systemd counts a timer's next run by. Stops while the machine sleeps. */
export function readSinceBootMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

/** systemd is the init of this machine: the test of sd_booted(3). The program alone proves nothing, containers have it too. */
export function isSystemdBooted(run: string): boolean {
  return exists(`${run}/systemd/system`);
}

/** A user manager listens in this runtime directory. */
export function hasUserManager(runtimeDirectory: string): boolean {
  return exists(`${runtimeDirectory}/systemd/private`);
}

function exists(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return false;
    throw error;
  }
}

/** Rejects with SystemctlRefusal for what systemd denies, with another Error for an answer that cannot be understood. */
export function createSystemctl(exec: Exec, scope: ServiceScope, runtimeDirectory: string | null): Systemctl {
  // Times in UTC: the zone's short name in a local one ("KST") cannot be parsed.
  const env = { TZ: 'UTC', SYSTEMD_COLORS: '0', ...(runtimeDirectory === null ? {} : { XDG_RUNTIME_DIR: runtimeDirectory }) };
  const scopeArguments = scope === 'user' ? ['--user'] : [];

  async function run(args: readonly string[], signal: AbortSignal, acceptPartial = false): Promise<string> {
    const result = await exec('systemctl', [...scopeArguments, '--no-pager', ...args], { signal, env });
    if (result.kind === 'exited' && (result.exitCode === 0 || (acceptPartial && result.stdout !== ''))) return result.stdout;
    signal.throwIfAborted();
    throw refusalOf(result) ?? new Error(`systemctl ${args[0]}: ${wordsOf(result)}`);
  }

  async function showText(properties: readonly string[], units: readonly string[], signal: AbortSignal): Promise<string> {
    if (units.length === 0) return '';
    // One unit that cannot be loaded makes the exit code 1; the others are there all the same.
    return run(['show', `--property=${properties.join(',')}`, '--', ...units], signal, true);
  }

  return {
    async listUnits(signal) {
      const text = await run(
        ['list-units', '--all', '--type=service,timer,socket', '--output=json', '--plain', '--no-legend', '--full'],
        signal,
      );
      const units = parseListedUnits(text);
      if (units === null) throw new Error('systemctl list-units: the answer is not a list of units');
      return units;
    },
    async listUnitFiles(signal) {
      const text = await run(['list-unit-files', '--type=service', '--output=json', '--no-legend', '--full'], signal);
      const files = parseUnitFiles(text);
      if (files === null) throw new Error('systemctl list-unit-files: the answer is not a list of unit files');
      return files;
    },
    show: async (units, signal) => parseShownUnits(await showText(shownProperties, units, signal)),
    showProperties: async (properties, units, signal) => parseShownBlocks(await showText(['Id', ...properties], units, signal)),
  };
}

function refusalOf(result: ExecResult): SystemctlRefusal | null {
  if (result.kind === 'not-found') return new SystemctlRefusal('missing', 'systemctl is not installed');
  const message = wordsOf(result);
  if (result.kind === 'not-permitted' || /permission denied|operation not permitted|access denied/i.test(result.stderr)) {
    return new SystemctlRefusal('denied', `systemctl was refused: ${message}`);
  }
  if (/failed to connect|not been booted|transport endpoint|host is down|no medium found/i.test(result.stderr)) {
    return new SystemctlRefusal('no-manager', `systemctl cannot reach systemd: ${message}`);
  }
  return null;
}

function wordsOf(result: ExecResult): string {
  const said = result.stderr.trim().split('\n')[0] ?? '';
  return said === '' ? `${result.kind} (exit code ${result.exitCode ?? 'none'})` : said.slice(0, 300);
}
