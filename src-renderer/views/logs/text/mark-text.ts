import type { LogQuery } from '../../../../src-shared/logs/log-query';
import { highlightRanges } from '../../../../src-shared/logs/match-record';
import { findStackFrames } from '../../../../src-shared/logs/stack-frames';
import type { Settings } from '../../../../src-shared/settings';
import type { StyledText, TextStyle } from './ansi';

export type Highlight = Settings['logs']['highlights'][number];

/** What a stretch of a line is besides text. */
type TextMark =
  | { readonly kind: 'hit' }
  | { readonly kind: 'word'; readonly colour: Highlight['colour'] }
  | { readonly kind: 'masked' }
  /** When the line itself says it was written: the column of times says it already. */
  | { readonly kind: 'stamp' }
  | { readonly kind: 'frame'; readonly path: string; readonly line: number; readonly column: number | null };

export interface MarkedRange {
  readonly from: number;
  readonly to: number;
  readonly mark: TextMark;
}

export interface TextPiece {
  readonly text: string;
  readonly style: TextStyle | null;
  readonly mark: TextMark | null;
}

/** As `src-shared/redact` writes them. */
const masked = /\[masked:[a-z-]{1,20}:[0-9a-f]{6}\]/g;

/** At the beginning of a line: ISO, with a space or slashes, of syslog; with or without brackets, and the space behind it. */
const stamp =
  /^\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d)\]?(?:[ \t]+|$)/gm;

/** Finds in a visible text, in this order where they overlap: masked secrets, stack frames, what was searched for, highlighted words, times. */
export function createMarker(query: LogQuery | null, highlights: readonly Highlight[]): (text: string) => readonly MarkedRange[] {
  // Longer ones first: of "warn" and "warning" the whole word is marked.
  const byLength = [...highlights].sort((a, b) => b.word.length - a.word.length);
  const words = byLength.map(({ word }) => word);
  return (text) => [
    ...Array.from(text.matchAll(masked), ({ 0: found, index }) => ({
      from: index,
      to: index + found.length,
      mark: { kind: 'masked' } as const,
    })),
    ...findStackFrames(text).map(({ path, line, column, from, to }) => ({
      from,
      to,
      mark: { kind: 'frame', path, line, column } as const,
    })),
    ...highlightRanges(text, query, words).map(({ from, to, word }) => {
      const colour = word === null ? undefined : byLength[word]?.colour;
      return { from, to, mark: colour === undefined ? ({ kind: 'hit' } as const) : ({ kind: 'word', colour } as const) };
    }),
    ...Array.from(text.matchAll(stamp), ({ 0: found, index }) => ({
      from: index,
      to: index + found.length,
      mark: { kind: 'stamp' } as const,
    })),
  ];
}

/** Lays ranges over styled text; of two that overlap the first in the list wins. Nothing of the text is lost or doubled. */
export function markText(parts: readonly StyledText[], ranges: readonly MarkedRange[]): readonly TextPiece[] {
  const ordered = withoutOverlaps(ranges);
  const pieces: TextPiece[] = [];
  let start = 0;
  let next = 0;
  for (const { text, style } of parts) {
    let at = 0;
    while (at < text.length) {
      while (next < ordered.length && (ordered[next]?.to ?? 0) <= start + at) next += 1;
      const range = ordered[next];
      const inside = range !== undefined && range.from <= start + at;
      const end = range === undefined ? text.length : Math.min(text.length, (inside ? range.to : range.from) - start);
      pieces.push({ text: text.slice(at, end), style, mark: inside ? range.mark : null });
      at = end;
    }
    start += text.length;
  }
  return pieces;
}

function withoutOverlaps(ranges: readonly MarkedRange[]): readonly MarkedRange[] {
  const kept: MarkedRange[] = [];
  for (const range of ranges) {
    if (range.to > range.from && !kept.some((one) => one.from < range.to && range.from < one.to)) kept.push(range);
  }
  return kept.sort((a, b) => a.from - b.from);
}
