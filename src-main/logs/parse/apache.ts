import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { levelOfWord } from './level-word';
import { parsed } from './parsed';
import { readStamp } from './stamp';

const level = /\] \[(?:([a-z][\w-]{0,40}):)?([a-z]{2,9})\d?\] (?:\[pid [^\]]{1,40}\] )?/y;

/** Apache's error log, 2.2 (`[Sun Dec 04 04:47:44 2005] [error] …`) and 2.4 (`[…] [core:error] [pid 1:tid 2] …`). */
export function parseApache(text: string, context: ParseContext): ParsedLine | null {
  const stamp = readStamp(text, 1, context);
  if (stamp === null) return null;
  level.lastIndex = stamp.end;
  const found = level.exec(text);
  const stated = found && levelOfWord(found[2] ?? '');
  if (!found || !stated) return null;
  return parsed('apache-error', text.slice(level.lastIndex), {
    atMs: stamp.atMs,
    level: stated,
    levelWord: found[2] ?? null,
    logger: found[1] ?? null,
  });
}
