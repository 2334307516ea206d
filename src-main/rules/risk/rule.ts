import type { MessageValues } from '../../../src-shared/judgement';
import type { RoleEntry } from '../../../src-shared/roles/role-entry';
import type { EvidencePart, ProcessEvidence, ProcessFacts, ProcessRole, RiskAxis } from '../../../src-shared/snapshots';
import type { ProcessContext } from '../process-context';
import type { RuleId } from '../reason';

export type RiskRuleId = Extract<RuleId, `risk-${string}`>;

/** Everything a rule may look at. Values only: a rule is a pure function of this. */
export interface RiskSubject {
  readonly process: ProcessFacts;
  readonly context: ProcessContext;
  readonly role: ProcessRole;
  /** Entry of the role base behind the role; null: none. */
  readonly entry: RoleEntry | null;
}

/** One rule that met. */
export interface RiskHit {
  readonly rule: RiskRuleId;
  readonly axis: RiskAxis;
  readonly points: number;
  readonly values: MessageValues;
  /** Enough for "high" without a second family; never discounted. */
  readonly decisive?: true;
  /** Counts less for a program that is where its package put it and does what its kind does. */
  readonly weak?: true;
  /** Says something only beside another hit of its axis. */
  readonly corroborating?: true;
}

/**
 * Null: it does not meet. A rule that rests on the absence of something (no role, no package, no newer file) meets only
 * when that was looked at: fewer rights must never make a process look worse.
 */
export type RiskRule = (subject: RiskSubject) => RiskHit | null;

/** Rules that tell of one and the same thing: the heaviest counts fully, the others by half. */
export interface RiskFamily {
  readonly name: 'origin' | 'identity' | 'behaviour' | 'network' | 'privilege' | 'resource';
  readonly rules: readonly RiskRule[];
}

/** The evidence, when this part of it was read; else null. */
export function evidenceWith(process: ProcessFacts, part: EvidencePart): ProcessEvidence | null {
  const { evidence } = process;
  return evidence === null || evidence.missing.includes(part) ? null : evidence;
}

/** Known to the role base and standing where that kind of program stands. */
export function isGenuine({ role, entry }: Pick<RiskSubject, 'role' | 'entry'>): boolean {
  return entry !== null && !role.claimed;
}

/** Nothing says what it is. A name that only claims to be something says nothing: else a name would be a way out. */
export function isUnexplained({ role }: Pick<RiskSubject, 'role'>): boolean {
  return role.layer === 'unknown' || role.layer === 'ancestor' || role.claimed;
}

/** Full rights on the machine (or, in a container, within it). */
export function isRoot({ uid, user, evidence }: ProcessFacts): boolean {
  return uid === 0 || evidence?.effectiveUid === 0 || (uid === null && (user === 'root' || user === 'SYSTEM'));
}

/** Last part of a path of any platform. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** `path` is that folder or below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || (path.startsWith(folder) && (folder.endsWith('/') || path.charAt(folder.length) === '/'));
}
