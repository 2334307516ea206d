/**
 * Where an arrow key leads in a wrapped grid; null for other keys. `tops` are the vertical places of the items in order: those
 * with the same top stand in one row.
 */
export function walkGrid(key: string, index: number, tops: readonly number[]): number | null {
  const last = tops.length - 1;
  if (last < 0) return null;
  const firstTop = tops[0];
  const wraps = tops.findIndex((top) => top !== firstTop);
  const columns = wraps === -1 ? tops.length : wraps;
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowDown':
      return index + columns <= last ? index + columns : index;
    case 'ArrowUp':
      return index - columns >= 0 ? index - columns : index;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
