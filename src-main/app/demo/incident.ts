import { drawFrom } from './random';

export type IncidentKind = 'slow-endpoint' | 'failures' | 'scanner' | 'brute-force';

/** Something that goes wrong for a few minutes. */
export interface Incident {
  readonly kind: IncidentKind;
  readonly fromMs: number;
  readonly toMs: number;
  /** The client behind a scan or a guessing of passwords. */
  readonly client: string;
}

const kinds: readonly IncidentKind[] = ['slow-endpoint', 'failures', 'scanner', 'brute-force'];
/** One begins in each of these, so that the next is never far. */
const stretchMs = 30 * 60_000;
const shortestMs = 4 * 60_000;
const longestMs = 7 * 60_000;

/** What goes wrong at this time; null: nothing does. Incidents follow each other in turn, so that a few hours show all of them. */
export function incidentAt(seed: number, atMs: number): Incident | null {
  const stretch = Math.floor(atMs / stretchMs);
  const draw = drawFrom(seed, stretch, 1);
  const lastsMs = shortestMs + Math.floor(draw() * (longestMs - shortestMs));
  const fromMs = stretch * stretchMs + Math.floor(draw() * (stretchMs - longestMs));
  if (atMs < fromMs || atMs >= fromMs + lastsMs) return null;
  const kind = kinds[(((stretch + seed) % kinds.length) + kinds.length) % kinds.length] ?? 'failures';
  return { kind, fromMs, toMs: fromMs + lastsMs, client: `198.51.100.${2 + Math.floor(draw() * 250)}` };
}
