import type { ServiceScope } from '../../../src-shared/snapshots/services';
import type { Exec } from '../../platform/exec';
import { type LaunchdJob, parseLaunchctlList, parseLaunchctlPrint } from './parse-launchd';

/** Jobs of one scope, or why they cannot be read. */
export type LaunchdJobs = { readonly jobs: readonly LaunchdJob[] } | { readonly unread: string };

/**
 * `launchctl list` tells the jobs of whoever asks: the system's for root, the login session's for a person, who reads the
 * system's by `launchctl print system`. Not run on a device.
 */
export async function readLaunchdJobs(exec: Exec, scope: ServiceScope, isRoot: boolean, signal: AbortSignal): Promise<LaunchdJobs> {
  if (scope === 'user' && isRoot) return { unread: 'LogScope runs as root, outside of any login session' };
  const byList = scope === 'user' || isRoot;
  const result = await exec('launchctl', byList ? ['list'] : ['print', 'system'], { signal });
  signal.throwIfAborted();
  if (result.kind !== 'exited' || result.exitCode !== 0) {
    const said = result.stderr.trim().split('\n')[0] ?? '';
    return { unread: `launchctl: ${said === '' ? `${result.kind} (exit code ${result.exitCode ?? 'none'})` : said.slice(0, 300)}` };
  }
  const jobs = byList ? parseLaunchctlList(result.stdout) : parseLaunchctlPrint(result.stdout);
  return jobs.length === 0 ? { unread: 'launchctl named no jobs in a form that is known' } : { jobs };
}
