import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import { levelOfWord } from './level-word';
import { parsed } from './parsed';
import type { FoundStamp } from './stamp';

const head = / \[(debug|info|notice|warn|error|crit|alert|emerg)\] (\d{1,10})#\d{1,10}: (?:\*\d{1,20} )?/y;

/** nginx's error log: `2024/01/02 15:04:05 [error] 31#31: *1 …`. */
export function parseNginx(text: string, stamp: FoundStamp): ParsedLine | null {
  head.lastIndex = stamp.end;
  const found = head.exec(text);
  if (found === null) return null;
  const [, word = ''] = found;
  return parsed('nginx-error', text.slice(head.lastIndex), { atMs: stamp.atMs, level: levelOfWord(word), levelWord: word });
}
