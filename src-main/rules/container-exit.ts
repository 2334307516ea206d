import type { Reason } from '../../src-shared/judgement';
import { type RuleId, reason } from './reason';

/** What an exit code means, and what usually helps; the remedy is null where there is nothing to do. */
export interface ExitWords {
  readonly meaning: RuleId;
  readonly remedy: RuleId | null;
}

/** Ends that are nobody's trouble whatever is known about who asked: done, Ctrl+C in its terminal, SIGTERM. */
const politeExitCodes = new Set([0, 130, 143]);

/**
 * Codes that engines and shells give a meaning: 125-127 by the conventions of POSIX shells and `docker run`, 128 by Docker
 * for a start that failed otherwise, 128 + n for an end by signal n, 255 for -1 and for containers that Docker finds dead
 * when it comes back. Everything else means what the program says it means.
 */
const words: ReadonlyMap<number, ExitWords> = new Map<number, ExitWords>([
  [1, { meaning: 'container-exited-error', remedy: 'container-remedy-logs' }],
  [2, { meaning: 'container-exited-usage', remedy: 'container-remedy-usage' }],
  [125, { meaning: 'container-exited-not-created', remedy: 'container-remedy-options' }],
  [126, { meaning: 'container-exited-not-executable', remedy: 'container-remedy-permissions' }],
  [127, { meaning: 'container-exited-not-found', remedy: 'container-remedy-command' }],
  [128, { meaning: 'container-exited-not-created', remedy: 'container-remedy-options' }],
  [132, { meaning: 'container-exited-illegal', remedy: 'container-remedy-architecture' }],
  [134, { meaning: 'container-exited-abort', remedy: 'container-remedy-logs' }],
  [135, { meaning: 'container-exited-bus', remedy: 'container-remedy-shared-memory' }],
  [136, { meaning: 'container-exited-arithmetic', remedy: 'container-remedy-logs' }],
  [139, { meaning: 'container-exited-segfault', remedy: 'container-remedy-native' }],
  [255, { meaning: 'container-exited-255', remedy: 'container-remedy-engine' }],
]);

export interface ContainerEnd {
  /** Null: the engine does not say. */
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
  /** Null: it ended before LogScope watched. */
  readonly stopRequested: boolean | null;
  /** It has a memory limit of its own. */
  readonly memoryLimited: boolean;
}

/** The words for an end that nobody is known to have asked for. */
export function explainExit({ exitCode, oomKilled, stopRequested, memoryLimited }: ContainerEnd): ExitWords {
  if (oomKilled) {
    return memoryLimited
      ? { meaning: 'container-oom-killed', remedy: 'container-remedy-memory' }
      : { meaning: 'container-oom-killed-machine', remedy: 'container-remedy-machine-memory' };
  }
  // With a watched end the engine itself is out of question: somebody on the machine, or its kernel.
  if (exitCode === 137)
    return {
      meaning: 'container-exited-killed',
      remedy: stopRequested === null ? 'container-remedy-killed-unseen' : 'container-remedy-killed',
    };
  const known = exitCode === null ? undefined : words.get(exitCode);
  if (known !== undefined) return known;
  const signal = signalOf(exitCode);
  return { meaning: signal === null ? 'container-exited' : 'container-exited-signal', remedy: 'container-remedy-logs' };
}

/** Why an end is calm; null when it is news. */
export function explainCalmEnd({ exitCode, oomKilled, stopRequested }: ContainerEnd): RuleId | null {
  if (stopRequested === true) return exitCode === 137 ? 'container-stopped-killed' : 'container-stopped';
  if (exitCode === null || !politeExitCodes.has(exitCode)) return null;
  if (exitCode === 0) return 'container-finished';
  if (oomKilled) return null;
  return exitCode === 130 ? 'container-interrupted' : 'container-terminated';
}

/** Meaning and remedy as reasons, with the code (and limit) in them. */
export function exitReasons(end: ContainerEnd, values: Reason['values']): readonly [Reason, ...Reason[]] {
  const { meaning, remedy } = explainExit(end);
  const all = { ...values, exitCode: end.exitCode ?? '?', signal: signalOf(end.exitCode) ?? '?' };
  const first = reason(meaning, all);
  return remedy === null ? [first] : [first, reason(remedy, all)];
}

/** The number n of 128 + n; null when the code is no end by signal. */
function signalOf(exitCode: number | null): number | null {
  return exitCode !== null && exitCode > 128 && exitCode < 193 ? exitCode - 128 : null;
}
