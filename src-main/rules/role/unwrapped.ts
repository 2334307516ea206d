import type { ProgramForm } from '../../../src-shared/roles/role-text';

/** What a process runs or does that its executable does not say. */
export interface Unwrapped {
  readonly form: ProgramForm;
  /** The script, module, jar, part, account or container; empty for inline code. Text from outside. */
  readonly program: string;
}

export const inlineCode: Unwrapped = { form: 'inline', program: '' };

export function programOf(program: string): Unwrapped | null {
  return program === '' ? null : { form: 'program', program };
}
