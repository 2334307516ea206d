import type { ProcessEvidence, StreamKind } from '../../../../src-shared/snapshots/process-evidence';
import type { TrackedProcess } from '../read-table';
import type { EvidenceDepth, OwnEvidence } from './read-evidence';

/** How far the evidence on one process is; changed in place. */
export interface EvidenceState {
  readonly process: TrackedProcess;
  /** What each socket among its streams was found to be. */
  readonly sockets: Map<number, StreamKind>;
  own: OwnEvidence | null;
  /** What is handed out: the same object for as long as it says the same. */
  evidence: ProcessEvidence | null;
  /** The slow facts that `own` was read with: others are another identity. */
  readWith: TrackedProcess['slow'] | null;
  /** Read, and not yet handed out. */
  unsettled: boolean;
  /** When its package was first asked for in vain. */
  askedAtMs: number | null;
  /** Of the sample it was seen in last. */
  sampleNumber: number;
  streamsDueMs: number;
  changingDueMs: number;
  fullDueMs: number;
}

const streamsEveryMs = 10_000;
/** Four and twelve minutes: at two and ten the settled table of 300 processes cost a third more. */
const changingEveryMs = 240_000;
const fullEveryMs = 720_000;

/** Shells, interpreters and what passes a network on: what their streams are wired to tells most about them. */
const wiredNames =
  /^(?:(?:ba|da|z|k|mk|c|tc|fi|a)?sh|busybox|python[\d.]*|perl[\d.]*|ruby[\d.]*|node|nodejs|php[\d.]*|lua[\d.]*|pwsh|nc(?:\.\w+)?|ncat|netcat|socat|telnet)$/;

export function startEvidence(process: TrackedProcess): EvidenceState {
  return {
    process,
    sockets: new Map(),
    own: null,
    evidence: null,
    readWith: null,
    unsettled: false,
    askedAtMs: null,
    sampleNumber: 0,
    streamsDueMs: 0,
    changingDueMs: 0,
    fullDueMs: 0,
  };
}

/** At once when its identity changed. */
export function dueAtMs(state: EvidenceState): number {
  return state.readWith !== state.process.slow ? 0 : Math.min(state.streamsDueMs, state.changingDueMs);
}

/** After an exec: another program has nothing to do with what was found out about the one before it. */
export function forgetOtherProgram(state: EvidenceState): void {
  if (state.readWith === null || state.readWith.exe === state.process.slow.exe) return;
  state.own = null;
  state.evidence = null;
  state.unsettled = false;
  state.readWith = null;
}

/** Which parts are to be read now; and plans the next look, spread so that what was read together is not due together. */
export function planReading(state: EvidenceState, nowMs: number): EvidenceDepth {
  const { process } = state;
  const known = state.own !== null && state.readWith === process.slow;
  const depth = !known || nowMs >= state.fullDueMs ? 'all' : nowMs >= state.changingDueMs ? 'changing' : 'streams';
  state.readWith = process.slow;
  const spread = 0.75 + (process.pid % 64) / 128;
  state.streamsDueMs = isWired(process) ? nowMs + streamsEveryMs * spread : Number.POSITIVE_INFINITY;
  if (depth !== 'streams') state.changingDueMs = nowMs + changingEveryMs * spread;
  if (depth === 'all') state.fullDueMs = nowMs + fullEveryMs * spread;
  return depth;
}

function isWired({ slow }: TrackedProcess): boolean {
  if (slow.hidden) return false;
  return wiredNames.test(slow.name) || (slow.exe !== null && wiredNames.test(slow.exe.slice(slow.exe.lastIndexOf('/') + 1)));
}
