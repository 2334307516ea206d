import type { Level } from '../../src-shared/level';

/** Colours for a terminal, or the same functions doing nothing. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  heading(text: string): string;
  level(text: string, level: Level): string;
}

const levelCodes: Readonly<Record<Level, string>> = { ok: '32', inactive: '90', unknown: '35', warning: '33', critical: '31' };

export function createPaint(enabled: boolean): Paint {
  const wrap = (code: string) => (text: string) => (enabled && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: wrap('1'),
    dim: wrap('2'),
    heading: wrap('34;1'),
    level: (text, level) => wrap(levelCodes[level])(text),
  };
}

/** A shape beside the colour, as everywhere in LogScope. */
export const levelMarks: Readonly<Record<Level, string>> = { ok: '●', inactive: '○', unknown: '?', warning: '▲', critical: '✖' };

/** https://no-color.org: any non-empty value turns colours off; a dumb terminal and a pipe have none. */
export function wantsColours(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  return isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb';
}
