/** Of the record that was looked at last: its text as it stands between the quotes, without the escaped newline at its end. */
export let textStart: usize = 0;
export let textEnd: usize = 0;

/** `{"lo` and `g":"`; `","s` and `trea` */
const headOne: u32 = 0x6f6c227b;
const headTwo: u32 = 0x223a2267;
const middleOne: u32 = 0x73222c22;
const middleTwo: u32 = 0x61657274;
/** From the text's closing quote to the stamp's opening one. */
const middleBytes: usize = 27;

/** False: the record is of another shape, or holds only a part of a line. */
export function findText(start: usize, end: usize): bool {
  if (end - start < 60 || load<u32>(start) !== headOne || load<u32>(start, 4) !== headTwo || load<u16>(end - 2) !== 0x7d22) return false;
  // A stamp has 20 bytes, or up to 30 with a fraction.
  const quotes = i8x16.bitmask(i8x16.eq(v128.load(end - 34), i8x16.splat(34)));
  if (quotes === 0) return false;
  const close = end - 34 + (31 - clz(quotes)) - middleBytes;
  textStart = start + 8;
  textEnd = close - 2;
  if (textEnd < textStart || load<u32>(close) !== middleOne || load<u32>(close, 4) !== middleTwo) return false;
  // `\n`, whose backslash is not itself behind one.
  return load<u16>(textEnd) === 0x6e5c && (textEnd === textStart || load<u8>(textEnd - 1) !== 92);
}
