/** The engine writes the year 1 for "never". */
export function parseTime(value: string | number): number | null {
  const atMs = typeof value === 'number' ? value * 1000 : Date.parse(value);
  return Number.isFinite(atMs) && atMs > 0 ? atMs : null;
}

/** The engine writes the empty text for "none". */
export function plainText(value: string): string | null {
  return value === '' ? null : value;
}
