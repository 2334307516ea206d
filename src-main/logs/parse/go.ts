import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { levelOfWord } from './level-word';
import { parsed } from './parsed';
import { readStamp } from './stamp';

const logrus = /^(TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)\[([^\]]{1,40})\] ?/;
const place = / ([\w./-]{1,200}\.go:\d{1,7}): /y;

/** logrus on a terminal (`ERRO[0012] …`) and the standard logger with its place (`2024/01/02 15:04:05 main.go:12: …`). */
export function parseGo(text: string, context: ParseContext): ParsedLine | null {
  const found = logrus.exec(text);
  if (found !== null) {
    const [head, word = '', time = ''] = found;
    return parsed('go', text.slice(head.length), {
      atMs: readStamp(time, 0, context)?.atMs ?? null,
      level: word === 'TRAC' ? 'trace' : levelOfWord(word),
      levelWord: word,
    });
  }
  if (text.charCodeAt(4) !== 47) return null;
  const stamp = readStamp(text, 0, context);
  if (stamp === null) return null;
  place.lastIndex = stamp.end;
  const at = place.exec(text);
  return at && parsed('go', text.slice(place.lastIndex), { atMs: stamp.atMs, logger: at[1] ?? null });
}
