/** Where the machine's own files are. Parameters, so that a test points the real readers at a recorded tree. */
export interface Roots {
  readonly proc: string;
  readonly sys: string;
  readonly etc: string;
  readonly run: string;
}

export const systemRoots: Roots = { proc: '/proc', sys: '/sys', etc: '/etc', run: '/run' };
