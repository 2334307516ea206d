import type { ServiceFacts, ServiceScope } from '../../../src-shared/snapshots/services';
import type { LaunchdJob } from './parse-launchd';
import { unknownFigures } from './unit-row';
import type { WatchList } from './watch-list';

/**
 * launchd starts most jobs on demand, so one without a process is at rest. It failed when its last run ended badly; SIGTERM and
 * SIGKILL are how launchd itself ends what is idle or what a person stops.
 */
export function launchdFacts(scope: ServiceScope, jobs: readonly LaunchdJob[], watchList: WatchList): readonly ServiceFacts[] {
  return jobs.map((job): ServiceFacts => {
    const failed = job.pid === null && isFailure(job);
    const running = job.pid !== null;
    return {
      ...unknownFigures,
      kind: 'service',
      unit: job.label,
      scope,
      description: '',
      loadState: 'loaded',
      activeState: running ? 'active' : failed ? 'failed' : 'inactive',
      subState: running ? 'running' : failed ? 'failed' : 'dead',
      state: running ? 'active' : failed ? 'failed' : 'inactive',
      // Apple's own jobs end with all sorts of codes on a healthy Mac: only what the settings name is a problem.
      watched: isWatched(job, watchList),
      mainPid: job.pid,
      result: resultOf(job),
      exitStatus: job.lastExit?.number ?? null,
    };
  });
}

function isFailure({ lastExit }: LaunchdJob): boolean {
  if (lastExit === null) return false;
  return lastExit.kind === 'signal' ? ![9, 15].includes(lastExit.number) : lastExit.number !== 0;
}

function resultOf(job: LaunchdJob): string | null {
  if (job.lastExit === null) return null;
  if (!isFailure(job)) return 'success';
  return job.lastExit.kind === 'signal' ? 'signal' : 'exit-code';
}

/** Labels read "org.postgresql.postgres" or "homebrew.mxcl.redis": the whole label counts, and its last word. */
function isWatched({ label }: LaunchdJob, watchList: WatchList): boolean {
  const names = [label, label.slice(label.lastIndexOf('.') + 1)].map((name) => `${name}.service`);
  if (names.some(watchList.ignores)) return false;
  return !label.startsWith('com.apple.') && names.some(watchList.matches);
}
