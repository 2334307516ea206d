import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines without end, from the samples of `../shared/loghub`: in stretches of one set, with ids (numbers of six digits and more) of their own. */
export function createLogLines(folder: string): () => string {
  const sets = readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean));
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let lines: readonly string[] = [];
  let left = 0;
  return () => {
    if (left === 0) {
      lines = sets[Math.floor(random() * sets.length)] ?? [];
      left = 50;
    }
    left -= 1;
    const line = lines[Math.floor(random() * lines.length)] ?? '';
    return line.replace(/\d{6,}/g, (digits) => Array.from(digits, () => Math.floor(random() * 10)).join(''));
  };
}
