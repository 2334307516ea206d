/** How much of a file's beginning is looked at. */
export const judgedBytes = 8 * 1024;

const maxControlRatio = 0.3;
/** Backspace, tab, newline, form feed, carriage return, escape: usual in logs of terminals. */
const usualControls: ReadonlySet<number> = new Set([8, 9, 10, 12, 13, 27]);

export type Content = 'text' | 'binary' | 'utf-16';

/** What the beginning of a file shows it to be. Leading zero bytes are the hole a stale writer leaves behind a truncation: no sign of anything. */
export function judgeContent(head: Uint8Array): Content {
  let start = 0;
  while (start < head.length && head[start] === 0) start += 1;
  if (start === 0 && head.length >= 2 && isUtf16Mark(head[0] ?? 0, head[1] ?? 0)) return 'utf-16';
  let controls = 0;
  for (let at = start; at < head.length; at += 1) {
    const byte = head[at] ?? 0;
    if ((byte < 32 || byte === 127) && !usualControls.has(byte)) controls += 1;
  }
  const length = head.length - start;
  return length > 0 && controls / length > maxControlRatio ? 'binary' : 'text';
}

function isUtf16Mark(first: number, second: number): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
