/** Keeps handing out the object of before as long as a new one says the same: what was judged by it stays valid. */
export function createSameObjects<Value extends object>(): (key: string, value: Value) => Value {
  const kept = new Map<string, { readonly value: Value; readonly text: string }>();
  return (key, value) => {
    const text = JSON.stringify(value);
    const before = kept.get(key);
    if (before?.text === text) return before.value;
    if (kept.size > 10_000) kept.clear();
    kept.set(key, { value, text });
    return value;
  };
}
