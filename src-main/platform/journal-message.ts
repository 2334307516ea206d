/**
 * A field of `journalctl -o json` as bytes: text, or an array of byte values when it is not clean UTF-8 or holds control
 * characters; several fields of one name come as an array of those, of which the first counts. Empty for null, which is what
 * a field over 4 KiB becomes without --all.
 */
export function readJournalMessage(value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (!Array.isArray(value)) return Buffer.alloc(0);
  const items: readonly unknown[] = value;
  if (items.every((item): item is number => typeof item === 'number')) return Buffer.from(items);
  return readJournalMessage(items[0]);
}
