import { findSecrets } from './find-secrets';
import { addCounts, LineRedactor, maskSecrets, type RedactorOptions, type SecretCounts } from './redactor';

/** Lines are looked at whole up to here; longer ones in pieces that never part a secret. */
const pieceLength = 64 * 1024;
/** What a piece keeps back, so that the words before a secret and the secret are seen together. */
const overlapLength = 8 * 1024;
/** Ends a value that is longer than two pieces. */
const valueEnd = /[ \t\r\n"',;]/g;

/**
 * Masks a text that comes in chunks of any size and hands on what is done at once: all lines that have ended. Nothing is cut
 * or dropped, and it holds no more than two pieces and one chunk.
 */
export class RedactingStream {
  private readonly lines: LineRedactor;
  private held = '';
  /** In the middle of a masked value without an end in sight. */
  private swallows = false;
  private counts: SecretCounts = {};

  constructor(private readonly options: RedactorOptions) {
    this.lines = new LineRedactor(options);
  }

  get byKind(): SecretCounts {
    return this.counts;
  }

  write(chunk: string): string {
    let text = this.held + chunk;
    let masked = '';
    let lineStart = 0;
    for (;;) {
      if (this.swallows) {
        valueEnd.lastIndex = lineStart;
        const end = valueEnd.exec(text);
        lineStart = end?.index ?? text.length;
        this.swallows = end === null;
      }
      const newline = text.indexOf('\n', lineStart);
      const lineEnd = newline === -1 ? text.length : newline;
      if (lineEnd - lineStart > pieceLength) {
        const end = Math.min(lineEnd, lineStart + 2 * pieceLength);
        const piece = text.slice(lineStart, end);
        const taken = this.takePiece(piece);
        masked += taken.text;
        lineStart += taken.length;
        continue;
      }
      if (newline === -1) break;
      masked += `${this.line(text.slice(lineStart, newline))}\n`;
      lineStart = newline + 1;
    }
    text = text.slice(lineStart);
    this.held = text;
    return masked;
  }

  /** The text ended; what is left is a line without its newline. */
  end(): string {
    const rest = this.held;
    this.held = '';
    return rest === '' ? '' : this.line(rest);
  }

  private line(text: string): string {
    const result = this.lines.redact(text);
    if (result.maskedCount > 0) this.counts = addCounts(this.counts, result.byKind);
    return result.text;
  }

  /** The beginning of a long line, up to a place that is in no secret. */
  private takePiece(piece: string): { readonly text: string; readonly length: number } {
    const found = findSecrets(piece, { email: this.options.email === true });
    let cut = piece.length - overlapLength;
    for (const one of [...found].reverse()) if (one.contextStart < cut && cut < one.end) cut = one.contextStart;
    if (cut > 0) return { text: this.line(piece.slice(0, cut)), length: cut };
    const first = found[0];
    if (first === undefined) return { text: this.line(piece), length: piece.length };
    // One value longer than the piece: masked once, and what follows of it is left out.
    this.swallows = first.end === piece.length;
    this.counts = addCounts(this.counts, { [first.kind]: 1 });
    return { text: maskSecrets(piece.slice(0, first.end), [first], this.options.hash), length: first.end };
  }
}
