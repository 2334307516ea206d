/**
 * Bytes of a line as text: UTF-8, with a replacement mark for each invalid sequence and without a byte order mark. Of a line that redraws
 * itself (progress bars end in a carriage return) only the last state counts. Other control characters stay as they are.
 */
export function decodeLine(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  const line = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (!line.includes('\r')) return line;
  const states = line.split('\r').filter((state) => state.trim() !== '');
  return states.at(-1) ?? '';
}
