import { z } from 'zod';
import type { Reason } from '../judgement';
import type { KillClass } from '../roles/role-entry';
import type { ListeningSocket, Process, ProcessEvidence, ProcessRole } from '../snapshots';
import { type PolicyVerdict, type StopSignal, stopSignals } from './process-words';
import { nothing, request } from './request';

export * from './process-words';

const processId = z.string().max(64);
const ticket = z.string().max(64);
const ruleId = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9-]*$/, 'not the name of a rule');

export const processRequests = {
  /** Everything about one process on one card. */
  'processes.explain': request<ProcessExplanation>()(z.object({ id: processId }).strict()),
  /** What would be started again after it ended, by process id; those that nothing is known to start are left out. */
  'processes.comes-back': request<Readonly<Record<string, ComesBack>>>()(nothing),
  /** What a stop would mean, and a ticket for it (60 s). Opaque process id in, never a pid. */
  'processes.preview': request<StopPreview>()(z.object({ id: processId }).strict()),
  /**
   * Sends one signal to the process of the ticket (`withDescendants`: to the listed ones below it first, each with its own identity checked)
   * and says what was observed. `typedName`: the name typed by the person, asked for with class K1.
   */
  'processes.stop': request<StopResult>()(
    z
      .object({
        ticket,
        signal: z.enum(stopSignals),
        withDescendants: z.boolean().default(false),
        typedName: z.string().max(256).nullable().default(null),
      })
      .strict(),
    { destructive: true },
  ),
  /** Whether something started it again: answers when that was seen, or after 3 s without. `watch`: of the stop's result. */
  'processes.came-back': request<StopReturn>()(z.object({ watch: ticket }).strict()),
  /** Saves what would be lost with the process (executable, command line, maps, sockets, parents) in a private local folder. */
  'processes.save-evidence': request<SavedEvidence>()(z.object({ ticket }).strict(), { destructive: true }),
  /** "This is expected": the rule no longer counts for this executable (path and content). `expected: false` takes it back. */
  'processes.expect': request<{ readonly expectedRules: readonly string[] }>()(
    z.object({ id: processId, rule: ruleId, expected: z.boolean() }).strict(),
    { destructive: true },
  ),
  /** Every attempt to end, pause or continue a process, newest first. */
  'processes.audit': request<readonly StopAudit[]>()(z.object({ limit: z.number().int().min(1).max(1000) }).strict()),
} as const;

/** One process as a row of a tree. */
export interface ProcessPointer {
  /** Opaque id; null when it is not in the latest list. */
  readonly id: string | null;
  readonly pid: number;
  readonly name: string;
  readonly user: string | null;
}

export interface ProcessExplanation {
  readonly process: Process;
  /** Null: not read yet. */
  readonly evidence: ProcessEvidence | null;
  /** Everything that is known of what it is, the layer that won first. */
  readonly roles: readonly ProcessRole[];
  /** Why it is in its class: the key of the sentence `kill.because.<rule>` and its values. */
  readonly killReason: Reason;
  readonly comesBack: ComesBack | null;
  /** As in the preview of a stop: what to do instead of a signal. */
  readonly betterAction: BetterAction | null;
  /** From the first process of the system down to its parent. */
  readonly ancestors: readonly ProcessPointer[];
  readonly children: readonly ProcessPointer[];
  /** SHA-256 of the file that runs; null when it could not be read. */
  readonly sha256: string | null;
  /** What a person keyed in about its executable; null: nothing. */
  readonly policy: Policy | null;
  /** Connections of others to its listening sockets; null when these rights do not reach. */
  readonly clientCount: number | null;
}

/** What would start it again, and so what to do instead. */
export interface ComesBack {
  readonly by: 'unit' | 'container' | 'pod' | 'watcher' | 'launchd' | 'windows-service';
  /** Name of the unit, the container, the pod or the parent program. */
  readonly name: string;
  readonly reason: Reason;
}

/** The action that is better than a signal; ids are those of the contract's other requests. */
export type BetterAction =
  | { readonly kind: 'stop-unit'; readonly unit: string; readonly scope: 'system' | 'user' }
  | { readonly kind: 'stop-container'; readonly id: string; readonly name: string }
  | { readonly kind: 'stop-process'; readonly id: string; readonly name: string; readonly pid: number }
  | { readonly kind: 'look-at-pod'; readonly id: string; readonly name: string };

export interface StopPreview {
  readonly ticket: string;
  readonly expiresAtMs: number;
  readonly name: string;
  readonly pid: number;
  readonly user: string | null;
  readonly exe: string | null;
  readonly command: string;
  readonly listening: readonly ListeningSocket[];
  /** Every process below it, nearest first; what `withDescendants` would end too. */
  readonly descendants: readonly (ProcessPointer & { readonly depth: number; readonly killClass: KillClass })[];
  readonly container: string | null;
  readonly unit: string | null;
  readonly killClass: KillClass;
  readonly killReason: Reason;
  /** Set when LogScope will not send a signal to it at all: the message key of why (`stop.refused.<key>`) and its English text. */
  readonly refusal: { readonly key: StopRefusal; readonly text: string } | null;
  /** The name must be typed (class K1, and expert actions are switched on in the settings). */
  readonly nameMustBeTyped: boolean;
  readonly comesBack: ComesBack | null;
  readonly betterAction: BetterAction | null;
  /** Remote ends that are connected to it now, most connections first, at most 20; null when these rights do not reach. */
  readonly clients: readonly { readonly address: string; readonly count: number }[] | null;
  readonly clientCount: number | null;
  /** Its threat is high: evidence ought to be saved first, and pausing is the gentler way. */
  readonly saveEvidenceFirst: boolean;
  readonly paused: boolean;
}

export type StopRefusal = 'init' | 'kernel-thread' | 'self' | 'ancestor' | 'identity-unknown' | 'zombie' | 'never' | 'session' | 'policy';

export interface StopResult {
  readonly outcome: 'gone' | 'still-there' | 'already-gone' | 'changed' | 'permission-denied' | 'refused' | 'paused' | 'continued';
  readonly signal: StopSignal;
  /** One English sentence; the window says it in its language by `stop.outcome.<outcome>`. */
  readonly text: string;
  /** A fresh ticket when asking again (SIGKILL) makes sense: of the process, or of those below it that outlived it. */
  readonly ticket: string | null;
  /** What was observed of each of the descendants that were asked to end too. */
  readonly descendants: readonly { readonly pid: number; readonly name: string; readonly outcome: StopResult['outcome'] }[];
  /** It is watched for 3 s whether something starts it again; what `processes.came-back` is asked with. Null: nobody could, or it did not end. */
  readonly returnWatch: string | null;
}

export interface StopReturn {
  /** It is there again: started anew by what is named in the preview. */
  readonly cameBack: { readonly pid: number; readonly name: string } | null;
}

export interface SavedEvidence {
  readonly folder: string;
  readonly files: readonly string[];
  /** What could not be saved, with the reason. */
  readonly missing: readonly string[];
}

export interface StopAudit extends Pick<StopResult, 'outcome' | 'signal'> {
  readonly atMs: number;
  readonly pid: number;
  readonly startTicks: number | null;
  readonly name: string;
  readonly exe: string | null;
  readonly user: string | null;
  readonly killClass: KillClass;
  readonly door: 'electron' | 'web' | 'cli';
}

/** What a person decided about an executable. */
export interface Policy {
  /** Path of the executable: the key. */
  readonly exe: string;
  /** Content the verdict and the expected rules hold for; null: whatever stands at the path. */
  readonly sha256: string | null;
  readonly name: string;
  /** Replaces the explanation; null: none. */
  readonly role: string | null;
  readonly category: string | null;
  readonly verdict: PolicyVerdict | null;
  readonly note: string;
  readonly author: string;
  readonly expectedRules: readonly string[];
  readonly updatedAtMs: number;
}
