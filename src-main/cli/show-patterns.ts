import type { LogPattern } from '../app/mine-log-lines';
import type { Paint } from './paint';
import { countOf, cutToWidth, escapeUnprintable } from './terminal-text';

const textColumns = 160;

/** Two lines for each pattern: how often and what, then the first line that said it. */
export function showPatterns(patterns: readonly LogPattern[], paint: Paint): string {
  if (patterns.length === 0) return 'There are no lines.\n';
  const lineCount = patterns.reduce((sum, pattern) => sum + pattern.count, 0);
  const countColumns = String(patterns[0]?.count ?? 0).length;
  const lines = patterns.flatMap((pattern) => {
    const template = pattern.template === '' ? '(empty line)' : cutToWidth(escapeUnprintable(pattern.template), textColumns);
    const head = `${String(pattern.count).padStart(countColumns)}  ${paint.bold(template)}`;
    const indent = ' '.repeat(countColumns + 2);
    return pattern.example.trim() === '' || pattern.example === pattern.template
      ? [head]
      : [head, `${indent}${paint.dim(cutToWidth(escapeUnprintable(pattern.example), textColumns))}`];
  });
  return `${[...lines, paint.dim(`${countOf(lineCount, 'line')}, ${countOf(patterns.length, 'pattern')}`)].join('\n')}\n`;
}
