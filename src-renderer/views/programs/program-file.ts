import { type Policy, type PolicyDraft, policyDraftSchema } from '../../../src-shared/contract';

/** As many as one request takes, and more text than that many could be. */
export const mostPrograms = 5000;
export const mostFileBytes = 32 * 1024 * 1024;

/** Why a file of programs is not taken; `number` counts from 1, `name` is the path or name of the entry, or ''. */
export type FileProblem =
  | { readonly kind: 'notJson' | 'noList' | 'empty' | 'tooMany' | 'tooLarge' }
  | { readonly kind: 'badEntry'; readonly number: number; readonly name: string; readonly detail: string };

/** All programs as a file that can be read again here or on another machine. */
export function programsAsJson(policies: readonly Policy[]): string {
  return `${JSON.stringify({ format: 'logscope-programs', version: 1, programs: policies }, null, 2)}\n`;
}

/** Reads such a file, or a bare list of entries. All or nothing: the first entry that is not valid is named. */
export function parseProgramFile(text: string): { readonly drafts: readonly PolicyDraft[] } | { readonly problem: FileProblem } {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: { kind: 'notJson' } };
  }
  const list = listOf(content);
  if (list === null) return { problem: { kind: 'noList' } };
  if (list.length === 0) return { problem: { kind: 'empty' } };
  if (list.length > mostPrograms) return { problem: { kind: 'tooMany' } };
  const drafts: PolicyDraft[] = [];
  const paths = new Set<string>();
  for (const [index, entry] of list.entries()) {
    const parsed = policyDraftSchema.safeParse(withoutStamps(entry));
    const detail = parsed.success ? (paths.has(parsed.data.exe) ? 'exe: stands there twice' : null) : issueText(parsed.error.issues[0]);
    if (detail !== null || !parsed.success) {
      return { problem: { kind: 'badEntry', number: index + 1, name: nameOf(entry), detail: detail ?? '' } };
    }
    paths.add(parsed.data.exe);
    drafts.push(parsed.data);
  }
  return { drafts };
}

function listOf(content: unknown): readonly unknown[] | null {
  if (Array.isArray(content)) return content;
  if (typeof content !== 'object' || content === null || !('programs' in content)) return null;
  return Array.isArray(content.programs) ? content.programs : null;
}

/** Who wrote an entry and when is set anew by whoever takes it. */
function withoutStamps(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  const { author: _author, updatedAtMs: _updatedAtMs, ...rest } = entry as Record<string, unknown>;
  return rest;
}

function issueText(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  if (issue === undefined) return '';
  return issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`;
}

function nameOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return '';
  const { exe, name } = entry as Record<string, unknown>;
  return (typeof exe === 'string' ? exe : typeof name === 'string' ? name : '').slice(0, 200);
}
