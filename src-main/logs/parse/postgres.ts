import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import { levelOfWord } from './level-word';
import { parsed } from './parsed';
import type { FoundStamp } from './stamp';

const head =
  /(?: [A-Z]{2,5})? \[\d{1,10}(?:-\d{1,10})?\] (?:[^\s:]{1,120} )?(DEBUG\d?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC|DETAIL|HINT|STATEMENT|CONTEXT|QUERY): {1,2}/y;

/**
 * PostgreSQL with its default prefix `%m [%p]`, also with `%q%u@%d`: LOG counts as info (its rank is of the server's
 * concern); DETAIL, HINT, STATEMENT and CONTEXT tell more about the line before and state no level.
 */
export function parsePostgres(text: string, stamp: FoundStamp): ParsedLine | null {
  head.lastIndex = stamp.end;
  const found = head.exec(text);
  if (found === null) return null;
  const [, word = ''] = found;
  const level = word.startsWith('DEBUG') ? 'debug' : levelOfWord(word);
  return parsed('postgres', text.slice(head.lastIndex), { atMs: stamp.atMs, level, levelWord: word });
}
