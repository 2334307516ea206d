/** Bytes of a line as text: UTF-8, with a replacement mark for each invalid sequence; control characters stay as they are. */
export function decodeLine(bytes: Buffer): string {
  return bytes.toString('utf8');
}
