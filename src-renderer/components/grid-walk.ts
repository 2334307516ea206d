/** Where an item of a wrapped grid stands, px. */
export interface GridPlace {
  readonly top: number;
  readonly left: number;
}

/**
 * Where an arrow key leads in a wrapped grid, also one whose groups stand side by side; null for other keys. Up and down lead to
 * the item of the next row that is nearest across, and stay where there is none.
 */
export function walkGrid(key: string, index: number, places: readonly GridPlace[]): number | null {
  const last = places.length - 1;
  if (last < 0) return null;
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowDown':
      return nearestInRow(index, places, (top, from) => top > from);
    case 'ArrowUp':
      return nearestInRow(index, places, (top, from) => top < from);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

function nearestInRow(index: number, places: readonly GridPlace[], isBeyond: (top: number, from: number) => boolean): number {
  const from = places[index];
  if (!from) return index;
  let best = index;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const [at, place] of places.entries()) {
    if (!isBeyond(place.top, from.top)) continue;
    // A row further on never wins over a nearer one, however far across.
    const cost = Math.abs(place.top - from.top) * 100_000 + Math.abs(place.left - from.left);
    if (cost < bestCost) {
      best = at;
      bestCost = cost;
    }
  }
  return best;
}
