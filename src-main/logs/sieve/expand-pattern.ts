/**
 * All texts that a pattern of the lexicon matches: literals, groups `(?:a|b)`, classes of single characters or ranges, `?`. Throws on
 * anything else: such a pattern may match more than can be listed.
 */
export function expandPattern(pattern: string): readonly string[] {
  const reader = new PatternReader(pattern);
  const texts = reader.readAlternatives();
  if (!reader.isAtEnd) throw new Error(`cannot list what ${pattern} matches`);
  return texts;
}

class PatternReader {
  private at = 0;

  constructor(private readonly pattern: string) {}

  get isAtEnd(): boolean {
    return this.at === this.pattern.length;
  }

  readAlternatives(): readonly string[] {
    const texts = [...this.readSequence()];
    while (this.take('|')) texts.push(...this.readSequence());
    return texts;
  }

  private readSequence(): readonly string[] {
    let texts: readonly string[] = [''];
    while (!this.isAtEnd && this.next !== '|' && this.next !== ')') {
      const parts = this.readPart();
      const choices = this.take('?') ? ['', ...parts] : parts;
      texts = texts.flatMap((text) => choices.map((choice) => text + choice));
    }
    return texts;
  }

  private readPart(): readonly string[] {
    if (this.take('(?:')) {
      const texts = this.readAlternatives();
      this.expect(')');
      return texts;
    }
    if (this.take('[')) return this.readClass();
    const { next } = this;
    if (/[\\^$.*+?()[\]{}|]/.test(next)) throw new Error(`cannot list what ${this.pattern} matches: ${next}`);
    this.at += 1;
    return [next];
  }

  private readClass(): readonly string[] {
    const characters: string[] = [];
    while (!this.take(']')) {
      const first = this.readCharacter();
      const last = this.take('-') ? this.readCharacter() : first;
      for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code += 1) characters.push(String.fromCharCode(code));
    }
    return characters;
  }

  private readCharacter(): string {
    const { next } = this;
    if (next === '' || next === '^' || next === '\\') throw new Error(`cannot list what ${this.pattern} matches: ${next}`);
    this.at += 1;
    return next;
  }

  private get next(): string {
    return this.pattern.charAt(this.at);
  }

  private expect(text: string): void {
    if (!this.take(text)) throw new Error(`cannot list what ${this.pattern} matches: ${text} is missing`);
  }

  private take(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}
