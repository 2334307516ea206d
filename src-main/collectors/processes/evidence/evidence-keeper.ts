import { isDeepStrictEqual } from 'node:util';
import type { ProcessEvidence } from '../../../../src-shared/snapshots/process-evidence';
import type { PackageAnswer } from '../../../platform/packages';
import type { TrackedProcess } from '../read-table';
import { dueAtMs, type EvidenceState, forgetOtherProgram, planReading, startEvidence } from './evidence-state';
import type { EvidenceSource } from './read-evidence';
import type { RawSocketReader } from './read-raw-sockets';

export interface EvidenceKeeperDeps {
  readonly source: EvidenceSource;
  readonly rawSockets: RawSocketReader;
  /** Which package owns a file of the machine. */
  readonly packageOf: (path: string) => PackageAnswer;
  /** Measures what the work takes. */
  readonly stopwatchMs: () => number;
  /** Lets other work of the thread run. */
  readonly pause: () => Promise<void>;
}

export interface EvidenceKeeper {
  /** Reads what is due, for at most the budget, in short stretches. `holdsListener`: these come first. */
  work(sampled: readonly TrackedProcess[], holdsListener: (pid: number) => boolean, nowMs: number): Promise<void>;
  evidenceOf(process: TrackedProcess): ProcessEvidence | null;
  /** Processes whose evidence is still to be read, as of the last work. */
  pendingCount(): number;
  close(): void;
}

const stretchMs = 4;
const budgetMs = 12;
/** The first sample shows an ordinary machine as a whole. */
const firstBudgetMs = 60;
/** From so many processes on the table alone takes some milliseconds. */
const largeMachine = 500;
/** Longer than any package database takes: then the evidence is given without that part. */
const longestPackageWaitMs = 30_000;

/** Spreads the dear reading over the samples. Only works while `work` is awaited: it sets no timer. */
export function createEvidenceKeeper({ source, rawSockets, packageOf, stopwatchMs, pause }: EvidenceKeeperDeps): EvidenceKeeper {
  const states = new Map<TrackedProcess, EvidenceState>();
  let running: { readonly state: EvidenceState; readonly steps: ReturnType<EvidenceSource['read']> } | null = null;
  let searching: Generator<undefined, void> | null = null;
  let pending = 0;
  let sampleNumber = 0;
  let closed = false;

  /** What is due, the most urgent first. */
  function follow(sampled: readonly TrackedProcess[], holdsListener: (pid: number) => boolean, nowMs: number): EvidenceState[] {
    sampleNumber += 1;
    let followedCount = 0;
    const due: EvidenceState[] = [];
    for (const process of sampled) {
      // A thread of the kernel has nothing to read; what has ended has nothing left.
      if (process.kernelThread) continue;
      let state = states.get(process);
      if (state === undefined) {
        state = startEvidence(process);
        states.set(process, state);
      }
      state.sampleNumber = sampleNumber;
      followedCount += 1;
      if (state.readWith !== process.slow) forgetOtherProgram(state);
      // One that just started is mostly gone by the next sample, or another program by then.
      if (process.state === 'Z' || (process.isNew && sampleNumber > 1)) continue;
      if (nowMs >= dueAtMs(state)) due.push(state);
    }
    if (states.size > followedCount) {
      for (const [process, state] of states) if (state.sampleNumber !== sampleNumber) states.delete(process);
    }
    const urgency = (state: EvidenceState) => (state.own !== null ? 2 : holdsListener(state.process.pid) ? 0 : 1);
    return due.sort(
      (one, other) =>
        urgency(one) - urgency(other) ||
        // What was read before comes in the order in which it fell due: nothing waits for ever on a busy machine.
        (one.own === null ? other.process.startTicks - one.process.startTicks : dueAtMs(one) - dueAtMs(other)),
    );
  }

  /** One step of the work; false when nothing is left. */
  function step(due: Iterator<EvidenceState>, nowMs: number): boolean {
    if (searching !== null) {
      if (searching.next().done) searching = null;
      return true;
    }
    if (running === null) {
      const next = due.next();
      if (next.done) return false;
      const state = next.value;
      const depth = planReading(state, nowMs);
      const { process, sockets, own } = state;
      running = { state, steps: source.read({ process, depth, before: depth === 'all' ? null : own, nowMs, sockets }) };
      return true;
    }
    const { state, steps } = running;
    const result = steps.next();
    if (!result.done) return true;
    running = null;
    if (state.own !== result.value) {
      state.own = result.value;
      state.unsettled = true;
    }
    return true;
  }

  /** Closes what the reading of a process that is gone holds open. */
  function dropRunning(): void {
    if (running !== null) closeSteps(running.steps);
    running = null;
  }

  /** Hands out what was read, once its package is known too: half of it would be judged differently a moment later. */
  function settle(state: EvidenceState, nowMs: number): void {
    const { own, process, evidence } = state;
    if (own === null) return;
    const kinds = rawSockets.kindsOf(process);
    if (!state.unsettled && (evidence === null || evidence.rawSockets === kinds)) return;
    let owner = ownerOf(process, own.file !== null);
    if (owner === 'pending') {
      state.askedAtMs ??= nowMs;
      if (nowMs - state.askedAtMs < longestPackageWaitMs) return;
      owner = 'unknown';
    }
    state.askedAtMs = null;
    state.unsettled = false;
    const missing = owner === 'unknown' ? [...own.missing, 'package' as const] : own.missing;
    const fresh: ProcessEvidence = { ...own, missing, package: owner === 'unknown' ? null : owner, rawSockets: kinds };
    // The row is reused as long as its evidence is the same object.
    if (!isDeepStrictEqual(evidence, fresh)) state.evidence = fresh;
  }

  /** The packages of the machine say nothing about files of a container, nor about one whose file cannot be seen. */
  function ownerOf({ slow }: TrackedProcess, fileSeen: boolean): PackageAnswer {
    if (slow.exe === null || slow.container !== null || !fileSeen) return 'unknown';
    return slow.exe.startsWith('/memfd:') ? null : packageOf(slow.exe);
  }

  return {
    async work(sampled, holdsListener, nowMs) {
      const waiting = follow(sampled, holdsListener, nowMs);
      const due = waiting.values();
      if (running !== null && !states.has(running.state.process)) dropRunning();
      searching ??= rawSockets.work(sampled, nowMs);
      // Behind the table itself, which has taken its time on a large machine.
      if (waiting.length > 0 && sampled.length >= largeMachine) await pause();
      const startedMs = stopwatchMs();
      const endMs = startedMs + (sampleNumber === 1 ? firstBudgetMs : budgetMs);
      let stretchEndMs = startedMs + stretchMs;
      for (let now = startedMs; now < endMs && !closed && step(due, nowMs); now = stopwatchMs()) {
        if (now < stretchEndMs) continue;
        await pause();
        stretchEndMs = stopwatchMs() + stretchMs;
      }
      pending = 0;
      states.forEach((state) => {
        settle(state, nowMs);
        if (state.evidence === null && state.process.state !== 'Z') pending += 1;
      });
    },
    evidenceOf: (process) => states.get(process)?.evidence ?? null,
    pendingCount: () => pending,
    close() {
      closed = true;
      dropRunning();
      states.clear();
    },
  };
}

/** Makes the `finally` of a generator run. */
function closeSteps(steps: ReturnType<EvidenceSource['read']>): void {
  (steps as Generator<undefined, unknown>).return(undefined);
}
