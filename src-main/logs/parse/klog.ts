import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { ParseContext } from './context';
import { levelOfLetter } from './level-word';
import { parsed } from './parsed';
import { readStamp } from './stamp';

const head = /^([IWEF])(\d{4}) (\d\d:\d\d:\d\d\.\d{1,9}) +\d{1,10} ([^\s\]]{1,200}:\d{1,7})\] ?/;

/** glog and klog of Kubernetes: `E0102 15:04:05.678901   12345 file.go:123] …`; the year is not said. */
export function parseKlog(text: string, context: ParseContext): ParsedLine | null {
  const found = head.exec(text);
  if (found === null) return null;
  const [whole, letter = '', date = '', time = '', place = ''] = found;
  return parsed('klog', text.slice(whole.length), {
    atMs: readStamp(`${date.slice(0, 2)}-${date.slice(2)} ${time}`, 0, context)?.atMs ?? null,
    level: levelOfLetter(letter),
    levelWord: letter,
    logger: place,
  });
}
