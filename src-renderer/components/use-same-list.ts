import { useRef } from 'react';

/** The list of the last time while the new one has the same members in the same order: what depends on it then sees no change. */
export function useSameList<T>(list: readonly T[]): readonly T[] {
  const kept = useRef(list);
  if (kept.current.length !== list.length || kept.current.some((one, index) => one !== list[index])) kept.current = list;
  return kept.current;
}
