import { sourceColorIndex } from '../../words/source-color';

const markShapes = ['square', 'circle', 'diamond', 'bar'] as const;
type MarkShape = (typeof markShapes)[number];

/** How a source is told apart: never by its colour alone. */
export interface SourceMark {
  /** 1-8, one of the colours that colour-blind people can tell apart. */
  readonly colour: number;
  readonly shape: MarkShape;
  /** First letter or digit of its name. */
  readonly letter: string;
}

/**
 * Gives marks to sources in the order they are met: the colour its name has everywhere, unless another source has that pair of colour and
 * shape; then the next colour that is free, then the next shape. A mark once given stays.
 */
export function createSourceMarks(): (key: string, name: string) => SourceMark {
  const marks = new Map<string, SourceMark>();
  const taken = new Set<string>();
  return (key, name) => {
    const known = marks.get(key);
    if (known) return known;
    const first = sourceColorIndex(name) - 1;
    const places = markShapes.flatMap((shape) => Array.from({ length: 8 }, (_, step) => ({ colour: ((first + step) % 8) + 1, shape })));
    const free = places.find(({ colour, shape }) => !taken.has(`${colour} ${shape}`)) ?? { colour: first + 1, shape: 'square' as const };
    taken.add(`${free.colour} ${free.shape}`);
    const mark = { ...free, letter: letterOf(name) };
    marks.set(key, mark);
    return mark;
  };
}

function letterOf(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name.slice(name.lastIndexOf('/') + 1))?.[0]?.toLocaleUpperCase() ?? '?';
}
