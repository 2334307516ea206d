import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Width and height of an element in whole px, following it. Zero before the first layout (and in jsdom). */
export function useElementSize<E extends HTMLElement>(): {
  readonly ref: RefObject<E | null>;
  readonly width: number;
  readonly height: number;
} {
  const ref = useRef<E>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const width = Math.round(entry.contentRect.width);
      const height = Math.round(entry.contentRect.height);
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, ...size };
}
