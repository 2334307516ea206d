/**
 * `next` with every part that equals its counterpart in `before` replaced by that counterpart, so that what did not
 * change keeps its identity and is not drawn again. Plain JSON data only; neither argument is changed.
 */
export function shareUnchanged<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next;
  if (typeof before !== 'object' || typeof next !== 'object' || before === null || next === null) return next;
  if (Array.isArray(before) !== Array.isArray(next)) return next;
  const old = before as Readonly<Record<string, unknown>>;
  const keys = Object.keys(next);
  const shared = (Array.isArray(next) ? [] : {}) as Record<string, unknown>;
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    const value = shareUnchanged(old[key], (next as Readonly<Record<string, unknown>>)[key]);
    shared[key] = value;
    same &&= key in old && Object.is(value, old[key]);
  }
  return (same ? before : shared) as T;
}
