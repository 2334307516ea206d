import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ErrorSieve } from '../../logs/sieve/error-sieve';
import { PossibleErrorRecords } from '../../logs/sieve/possible-error-records';
import { msToStamp } from '../../logs/stamp';
import { Waker } from '../../logs/tails/back-off';
import { JsonFileFollower } from '../../logs/tails/json-file-follower';
import { ContainerEngineError, type EngineLogFile } from '../../platform/container-engine';
import type { ContainerErrorsWanted } from './container-errors-wanted';

/** Soon enough for a person; each look costs as much as a thousand lines. */
const pollMs = 250;
/** So many reads, of 1 MiB at most, before others have their turn. */
const readsAtOnce = 4;

/** Reads the file that the engine writes the container's lines to. False: it cannot be read here, and nothing was told. */
export async function tellFileErrors(wanted: ContainerErrorsWanted, file: EngineLogFile, sieve: ErrorSieve | null): Promise<boolean> {
  const { settle, signal } = wanted;
  const open = (fromMs: number) => JsonFileFollower.openAt(file, msToStamp(fromMs), new PossibleErrorRecords(sieve, wanted.onLine));
  let follower = open(wanted.fromMs);
  if (follower === null) return false;
  const run = watchRun(wanted);
  try {
    for (let reads = 1; ; reads += 1) {
      // Asked before it is read: of a container that has stopped, this is all there will be.
      const isOver = run.isOver();
      const step = follower.step();
      await settle();
      signal.throwIfAborted();
      if (step === 'lost') {
        if (follower.lines.isBroken)
          throw new ContainerEngineError(`${file.path} is not what Docker's json-file driver writes`, null, null);
        wanted.note('the log was rotated away faster than it could be read: lines are missing here');
        follower.close();
        follower = open(Date.now());
        if (follower === null) {
          wanted.note(`${file.path} cannot be read any more: nothing more is read`);
          return true;
        }
      } else if (step === 'more') {
        if (reads % readsAtOnce === 0) await nextTurn();
      } else if (isOver) {
        follower.lines.flush();
        await settle();
        return true;
      } else await run.wait(pollMs);
    }
  } finally {
    follower?.close();
    await run.end();
  }
}

/** Whether there will be no more lines; a pause ends at once when that is known, or when it is aborted. */
function watchRun({ client, container, follow, lookedAtMs, note, signal }: ContainerErrorsWanted) {
  const waker = new Waker();
  const watching = new AbortController();
  let isOver = !follow || container.state !== 'running';
  const end = () => {
    isOver = true;
    watching.abort();
    waker.wake();
  };
  signal.addEventListener('abort', end, { once: true });
  const watched = isOver ? Promise.resolve() : untilStopped().then(end);
  return {
    isOver: () => isOver,
    wait: (ms: number) => waker.wait(ms),
    async end(): Promise<void> {
      signal.removeEventListener('abort', end);
      end();
      await watched;
    },
  };

  async function untilStopped(): Promise<void> {
    try {
      for await (const event of await client.events(lookedAtMs, watching.signal)) {
        if (event.kind === 'event' && event.containerId === container.id && event.action === 'die') return;
      }
      if (!watching.signal.aborted) note('the engine ended: nothing more is read');
    } catch (error) {
      if (!(error instanceof ContainerEngineError)) throw error;
      if (!watching.signal.aborted) note(`the engine does not answer any more (${error.message}): nothing more is read`);
    }
  }
}
