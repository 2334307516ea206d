import { posix, win32 } from 'node:path';
import type { InputOf, Policy, PolicyChange, PolicyDraft } from '../../src-shared/contract';
import type { Process, ProcessFacts } from '../../src-shared/snapshots';
import { RefusedRequest } from '../api/refused-request';
import type { Clock } from '../platform/clock';
import type { PolicyStore } from '../store/process-store';
import type { ContentCheck } from './executable-content';

export interface ProcessPoliciesDeps {
  readonly store: PolicyStore;
  readonly clock: Clock;
  /** Who is written down as the author of a change: the user of the operating system. */
  readonly author: string;
  readonly content: ContentCheck;
  /** Called after each change: processes ought to be judged anew at once. */
  readonly onChange: () => void;
}

/** What people decided about programs, in memory; every change is written down before it counts. */
export interface ProcessPolicies {
  /** Resolves when what was kept is loaded; rejects when it cannot be read. Until then nothing is known. */
  readonly loaded: Promise<void>;
  /** What holds for this process: null when nothing was said of its path, or it was said of another content of the file. Cheap. */
  policyOf(process: Pick<ProcessFacts, 'pid' | 'startTicks' | 'exe' | 'evidence'>): Policy | null;
  /** By name. */
  list(): readonly Policy[];
  /** What was said of this path, of whatever content. */
  at(exe: string | null): Policy | null;
  /** Rejects with RefusedRequest when it is not valid or could not be kept; then nothing changed. */
  save(draft: PolicyDraft): Promise<Policy>;
  remove(exe: string): Promise<{ readonly removed: boolean }>;
  /** Newest first. */
  history(exe: string): Promise<readonly PolicyChange[]>;
  /** All or nothing; names the first one that is not valid. */
  importAll(drafts: readonly PolicyDraft[]): Promise<{ readonly taken: number }>;
  /** Whether a rule counts for the executable of this process, as it is now. Gives the rules that do not count. */
  expect(process: Process, input: Pick<InputOf<'processes.expect'>, 'rule' | 'expected'>): Promise<readonly string[]>;
}

const mostPolicies = 20_000;
const mostExpectedRules = 100;

export function createProcessPolicies(deps: ProcessPoliciesDeps): ProcessPolicies {
  const { store, clock, author, content } = deps;
  const book = new Map<string, Policy>();
  const loaded = load();
  /** One change after the other: each starts from what the one before left. That reading failed is told by `loaded`. */
  let last: Promise<unknown> = loaded.catch(() => undefined);

  async function load(): Promise<void> {
    for (const policy of await store.policies()) book.set(policy.exe, policy);
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }

  async function change(changes: readonly { readonly exe: string; readonly policy: Policy | null }[]): Promise<void> {
    const atMs = clock.nowMs();
    const problem = await store.changePolicies(changes.map(({ exe, policy }) => ({ exe, policy, author, atMs })));
    if (problem !== null) throw new RefusedRequest('refused', `This could not be written down, so it does not count: ${problem}`);
    for (const { exe, policy } of changes) {
      if (policy === null) book.delete(exe);
      else book.set(exe, policy);
    }
    deps.onChange();
  }

  function policyFrom(draft: PolicyDraft): Policy {
    return { ...draft, expectedRules: [...new Set(draft.expectedRules)].sort(), author, updatedAtMs: clock.nowMs() };
  }

  function refuseUnusable(drafts: readonly PolicyDraft[]): void {
    const paths = new Set<string>();
    for (const { exe, name } of drafts) {
      const problem = problemOf(exe, name) ?? (paths.has(exe) ? 'stands there twice' : null);
      if (problem !== null) throw new RefusedRequest('refused', `${JSON.stringify(exe.slice(0, 200))} ${problem}. Nothing was taken.`);
      paths.add(exe);
    }
    const added = [...paths].filter((exe) => !book.has(exe)).length;
    if (book.size + added > mostPolicies)
      throw new RefusedRequest('refused', `There is room for ${mostPolicies} programs. Nothing was taken.`);
  }

  function policyOf(process: Pick<ProcessFacts, 'pid' | 'startTicks' | 'exe' | 'evidence'>): Policy | null {
    const policy = process.exe === null ? undefined : book.get(process.exe);
    if (policy === undefined) return null;
    return policy.sha256 === null || content.isKnownToBe(process, policy.sha256) ? policy : null;
  }

  async function expectRule(process: Process, rule: string, expected: boolean): Promise<readonly string[]> {
    const { exe } = process;
    if (exe === null)
      throw new RefusedRequest('refused', 'Its executable cannot be seen with these rights: there is nothing to hold the exception to.');
    const before = book.get(exe);
    const sha256 = await content.sha256Of(process);
    // Said of another content, it says nothing of this one.
    const holds = before !== undefined && (before.sha256 === null || before.sha256 === sha256);
    const rules = new Set(holds ? before.expectedRules : []);
    if (expected) rules.add(rule);
    else if (!rules.delete(rule)) return [...rules].sort();
    if (rules.size > mostExpectedRules)
      throw new RefusedRequest('refused', `At most ${mostExpectedRules} rules can be expected of one program.`);
    if (expected && sha256 === null) {
      throw new RefusedRequest('refused', 'The content of its executable cannot be read, so that an exchanged file would not be noticed.');
    }
    const expectedRules = [...rules].sort();
    const base = holds ? before : { exe, name: process.name, role: null, category: null, verdict: null, note: '' };
    const policy: Policy = {
      ...base,
      sha256: expected ? sha256 : (before?.sha256 ?? null),
      expectedRules,
      author,
      updatedAtMs: clock.nowMs(),
    };
    await change([{ exe, policy: saysNothing(policy) ? null : policy }]);
    return expectedRules;
  }

  return {
    loaded,
    policyOf,
    list: () => [...book.values()].sort((a, b) => (a.name === b.name ? (a.exe < b.exe ? -1 : 1) : a.name < b.name ? -1 : 1)),
    at: (exe) => (exe === null ? null : (book.get(exe) ?? null)),
    save: (draft) =>
      inTurn(async () => {
        refuseUnusable([draft]);
        const policy = policyFrom(draft);
        await change([{ exe: policy.exe, policy }]);
        return policy;
      }),
    remove: (exe) =>
      inTurn(async () => {
        if (!book.has(exe)) return { removed: false };
        await change([{ exe, policy: null }]);
        return { removed: true };
      }),
    history: (exe) => store.policyChanges(exe),
    importAll: (drafts) =>
      inTurn(async () => {
        refuseUnusable(drafts);
        if (drafts.length > 0) await change(drafts.map((draft) => ({ exe: draft.exe, policy: policyFrom(draft) })));
        return { taken: drafts.length };
      }),
    expect: (process, { rule, expected }) => inTurn(() => expectRule(process, rule, expected)),
  };
}

/** Why this is no program a policy can be about; null: it is one. */
function problemOf(exe: string, name: string): string | null {
  if (exe.includes('\0') || name.includes('\0')) return 'holds a NUL character';
  return posix.isAbsolute(exe) || win32.isAbsolute(exe) ? null : 'is not the whole path of a program';
}

function saysNothing({ role, category, verdict, note, expectedRules }: Policy): boolean {
  return role === null && category === null && verdict === null && note === '' && expectedRules.length === 0;
}
