/** A colour that every theme has: the sixteen of a terminal and all others by the hue they are nearest to. */
type AnsiColour = 'red' | 'yellow' | 'green' | 'cyan' | 'blue' | 'magenta' | 'grey' | 'white';

export interface TextStyle {
  readonly colour: AnsiColour | null;
  readonly ground: AnsiColour | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

/** A stretch of visible text in one style; null: as everything around it. */
export interface StyledText {
  readonly text: string;
  readonly style: TextStyle | null;
}

const plain: TextStyle = { colour: null, ground: null, bold: false, dim: false, italic: false, underline: false };
const sixteen: readonly AnsiColour[] = ['grey', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/**
 * Escape sequences, each taken whole: CSI, the strings of OSC, DCS, APC, PM and SOS with whatever ends them (or the end of the line),
 * and the short ones. Linear: no part can be read in two ways.
 */
const escapeSequence =
  /(?:\u001b\[|\u009b)([0-?]*)[ -/]*([@-~])|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u009c|\u001b\\)?|\u001b[ -/]*[0-Z\\^-~]/g;

/**
 * A text with terminal escapes as stretches of plain text. Only colours, bold, dim, italic and underline are honoured; every other
 * escape (cursor, clear, title, links, clipboard) is left out and never acted on. What is left holds no control character:
 * they and marks that turn the direction of text around are shown as signs one can see. Line breaks stay.
 */
export function parseAnsi(text: string): readonly StyledText[] {
  if (!/[\u001b\u0080-\u009f]/.test(text)) return text === '' ? [] : [{ text: visible(text), style: null }];
  const parts: StyledText[] = [];
  let style = plain;
  let from = 0;
  const add = (to: number) => {
    if (to > from) parts.push({ text: visible(text.slice(from, to)), style: style === plain ? null : style });
  };
  for (const found of text.matchAll(escapeSequence)) {
    add(found.index);
    from = found.index + found[0].length;
    if (found[2] === 'm' && /^[\d;:]*$/.test(found[1] ?? '')) style = applyCodes(style, found[1] ?? '');
  }
  add(text.length);
  return parts;
}

/** What a person sees of a text, without its colours: for copying and searching. */
export function plainText(text: string): string {
  return parseAnsi(text)
    .map((part) => part.text)
    .join('');
}

function applyCodes(before: TextStyle, codes: string): TextStyle {
  const numbers = codes.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  let style = before;
  for (let at = 0; at < numbers.length; at += 1) {
    const code = numbers[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = readColour(numbers.slice(at + 1, at + 6));
      at += used;
      style = code === 38 ? { ...style, colour } : { ...style, ground: colour };
    } else style = applyCode(style, code);
  }
  return isPlain(style) ? plain : style;
}

function applyCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return plain;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4 || code === 21) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 23) return { ...style, italic: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return { ...style, colour: null };
  if (code === 49) return { ...style, ground: null };
  const bright = code >= 90;
  const base = bright ? code - 60 : code;
  if (base >= 30 && base <= 37) return { ...style, colour: sixteenth(base - 30) };
  // Black as a ground is what a dark terminal has anyway.
  if (base >= 40 && base <= 47) return { ...style, ground: base === 40 && !bright ? null : sixteenth(base - 40) };
  return style;
}

function sixteenth(index: number): AnsiColour {
  return sixteen[index % 8] ?? 'white';
}

/** `5;n` of the 256 colours, or `2;r;g;b`. `used`: numbers it took. */
function readColour(numbers: readonly number[]): { readonly colour: AnsiColour | null; readonly used: number } {
  const [kind, first = 0, green = 0, blue = 0] = numbers;
  if (kind === 5) return { colour: colourOf256(first), used: 2 };
  if (kind === 2) return { colour: nearestColour(first, green, blue), used: 4 };
  return { colour: null, used: numbers.length };
}

function colourOf256(index: number): AnsiColour {
  if (index < 16) return sixteenth(index);
  if (index >= 232) return index < 250 ? 'grey' : 'white';
  const cube = index - 16;
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  return nearestColour(step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6));
}

function nearestColour(red: number, green: number, blue: number): AnsiColour {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 40) return most < 180 ? 'grey' : 'white';
  const sixth = most === red ? ((green - blue) / spread + 6) % 6 : most === green ? (blue - red) / spread + 2 : (red - green) / spread + 4;
  const hue = sixth * 60;
  if (hue < 20 || hue >= 335) return 'red';
  if (hue < 75) return 'yellow';
  if (hue < 160) return 'green';
  if (hue < 200) return 'cyan';
  return hue < 262 ? 'blue' : 'magenta';
}

function isPlain({ colour, ground, bold, dim, italic, underline }: TextStyle): boolean {
  return colour === null && ground === null && !bold && !dim && !italic && !underline;
}

const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

function visible(text: string): string {
  return text.replaceAll('\t', '    ').replace(invisible, (sign) => {
    const code = sign.charCodeAt(0);
    if (code < 32) return String.fromCharCode(0x2400 + code);
    return code === 127 ? '\u2421' : `\u27e8${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
  });
}
