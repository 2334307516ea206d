import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import { levelOfWord } from './level-word';
import { parsed } from './parsed';

const basicConfig = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):([A-Za-z_][\w.-]{0,120}):/;

/** The head of `logging.basicConfig()`: `ERROR:root:…`. Stamped forms are recognised with all stamped heads. */
export function parsePython(text: string): ParsedLine | null {
  const found = basicConfig.exec(text);
  if (found === null) return null;
  const [head, word = '', logger = ''] = found;
  return parsed('python', text.slice(head.length), { level: levelOfWord(word), levelWord: word, logger });
}
