import { memo, useMemo } from 'react';
import { parseAnsi, type TextStyle } from './ansi';
import styles from './line-text.module.css';
import { type MarkedRange, markText, type TextPiece } from './mark-text';

/** Longer lines are cut on screen; what is left out is told beside them. */
export const shownLength = 4000;

/** A place in a source file, and whose line names it. */
export type FrameOpener = (frame: { readonly path: string; readonly line: number; readonly column: number | null }, origin: string) => void;

interface LineTextProps {
  /** Hostile: drawn as text and nothing else. */
  readonly text: string;
  /** Key of its source. */
  readonly origin: string;
  readonly marker: (text: string) => readonly MarkedRange[];
  /** Opens the file of a stack frame; without it frames are only marked. */
  readonly onOpenFrame?: FrameOpener | undefined;
}

/** A text from outside with its colours, marks and stack frames. */
export const LineText = memo(function LineText({ text, origin, marker, onOpenFrame }: LineTextProps) {
  const pieces = useMemo(() => {
    const parts = parseAnsi(text);
    return markText(parts, marker(parts.map((part) => part.text).join('')));
  }, [text, marker]);
  let at = 0;
  return (
    <code className={styles.text}>
      {pieces.map((piece) => {
        const key = at;
        at += piece.text.length;
        return <Piece key={key} piece={piece} origin={origin} onOpenFrame={onOpenFrame} />;
      })}
    </code>
  );
});

interface PieceProps {
  readonly piece: TextPiece;
  readonly origin: string;
  readonly onOpenFrame: FrameOpener | undefined;
}

function Piece({ piece: { text, style, mark }, origin, onOpenFrame }: PieceProps) {
  if (style === null && mark === null) return text;
  const look = style === null ? {} : lookOf(style);
  const open = () => {
    if (mark?.kind === 'frame') onOpenFrame?.({ path: mark.path, line: mark.line, column: mark.column }, origin);
  };
  switch (mark?.kind) {
    case 'hit':
      return <mark {...look}>{text}</mark>;
    case 'word':
      return (
        <span {...look} data-word={mark.colour}>
          {text}
        </span>
      );
    case 'masked':
      return (
        <span {...look} data-masked="true">
          {text}
        </span>
      );
    case 'frame':
      return onOpenFrame === undefined ? (
        <span {...look} data-frame="true">
          {text}
        </span>
      ) : (
        // Not a button: a browser never lets one break with its line.
        <span {...look} role="link" tabIndex={0} data-frame="true" onClick={open} onKeyDown={(event) => event.key === 'Enter' && open()}>
          {text}
        </span>
      );
    case 'stamp':
      return (
        <span {...look} data-stamp="true">
          {text}
        </span>
      );
    case undefined:
      return <span {...look}>{text}</span>;
  }
}

function lookOf({ colour, ground, bold, dim, italic, underline }: TextStyle) {
  return {
    'data-colour': colour ?? undefined,
    'data-ground': ground ?? undefined,
    'data-bold': bold || undefined,
    'data-dim': dim || undefined,
    'data-italic': italic || undefined,
    'data-underline': underline || undefined,
  };
}
