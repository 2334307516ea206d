import { memo, useMemo } from 'react';
import { parseAnsi, type TextStyle } from './ansi';
import styles from './line-text.module.css';
import { type MarkedRange, markText, type TextPiece } from './mark-text';

/** Longer lines are cut on screen; what is left out is told beside them. */
export const shownLength = 4000;

export type FrameOpener = (frame: { readonly file: string; readonly line: number; readonly column: number | null }) => void;

interface LineTextProps {
  /** Hostile: drawn as text and nothing else. */
  readonly text: string;
  readonly marker: (text: string) => readonly MarkedRange[];
  /** Opens the file of a stack frame; without it frames are only marked. */
  readonly onOpenFrame?: FrameOpener | undefined;
}

/** A text from outside with its colours, marks and stack frames. */
export const LineText = memo(function LineText({ text, marker, onOpenFrame }: LineTextProps) {
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
        return <Piece key={key} piece={piece} onOpenFrame={onOpenFrame} />;
      })}
    </code>
  );
});

function Piece({
  piece: { text, style, mark },
  onOpenFrame,
}: {
  readonly piece: TextPiece;
  readonly onOpenFrame: FrameOpener | undefined;
}) {
  if (style === null && mark === null) return text;
  const look = style === null ? {} : lookOf(style);
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
        <button type="button" {...look} data-frame="true" onClick={() => onOpenFrame(mark)}>
          {text}
        </button>
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
