import { type FindOptions, findSecrets } from './find-secrets';
import { type KeyStart, PrivateKeyBlocks } from './private-key-block';
import type { FoundSecret, SecretKind } from './secret-kinds';

export type SecretCounts = Readonly<Partial<Record<SecretKind, number>>>;

/** A text without its secrets, and how many were masked. */
export interface Redaction {
  readonly text: string;
  readonly maskedCount: number;
  readonly byKind: SecretCounts;
}

export interface RedactorOptions {
  /**
   * Six hexadecimal digits of a keyed hash: the same secret gets the same ones, and nobody without the key can try
   * passwords against them. The key should live no longer than the run.
   */
  readonly hash: (secret: string) => string;
  /** Mask e-mail addresses too; off unless asked for. */
  readonly email?: boolean;
  /** Left out: the first line is the beginning of the text. */
  readonly start?: KeyStart;
}

const nothing: SecretCounts = Object.freeze({});

/** Masks the lines of one text in their order; knows from one line to the next only whether a private key is open. */
export class LineRedactor {
  private readonly blocks: PrivateKeyBlocks;

  constructor(private readonly options: RedactorOptions) {
    this.blocks = new PrivateKeyBlocks(options.start);
  }

  /** A private key was begun and not ended: whoever goes on later has to start there. */
  get isInKey(): boolean {
    return this.blocks.isOpen;
  }

  /** What stands in the lines to come is told by each of them alone. */
  get isSettled(): boolean {
    return this.blocks.isSettled;
  }

  /** `isCut`: the line was longer and has lost its end, so the beginning of a secret there is masked too. Never throws. */
  redact(line: string, isCut = false): Redaction {
    const find: FindOptions = { email: this.options.email === true, isCut };
    const found = findSecrets(line, find);
    const keys = this.blocks.next(line);
    if (found.length === 0 && keys.length === 0) return { text: line, maskedCount: 0, byKind: nothing };
    const outsideKeys = found.filter((one) => !keys.some((key) => one.start < key.end && key.start < one.end));
    const byKind: Partial<Record<SecretKind, number>> = {};
    for (const { kind } of outsideKeys) byKind[kind] = (byKind[kind] ?? 0) + 1;
    const keyCount = keys.filter((key) => key.isNew).length;
    if (keyCount > 0) byKind['private-key'] = (byKind['private-key'] ?? 0) + keyCount;
    const all = [
      ...outsideKeys,
      ...keys.map(({ start, end }): FoundSecret => ({ kind: 'private-key', start, end, contextStart: start })),
    ].sort((a, b) => a.start - b.start);
    return { text: maskSecrets(line, all, this.options.hash), maskedCount: outsideKeys.length + keyCount, byKind };
  }
}

/** Masks a whole text of any number of lines. */
export function redactText(text: string, options: RedactorOptions): Redaction {
  const redactor = new LineRedactor(options);
  const results = text.split('\n').map((line) => redactor.redact(line));
  return {
    text: results.map((one) => one.text).join('\n'),
    maskedCount: results.reduce((sum, one) => sum + one.maskedCount, 0),
    byKind: results.reduce<SecretCounts>((sum, one) => addCounts(sum, one.byKind), {}),
  };
}

export function addCounts(a: SecretCounts, b: SecretCounts): SecretCounts {
  const sum: Partial<Record<SecretKind, number>> = { ...a };
  for (const [kind, count] of Object.entries(b) as [SecretKind, number][]) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

/** Puts `[masked:kind:hash]` in place of each; `found` in order, none overlapping. */
export function maskSecrets(text: string, found: readonly FoundSecret[], hash: (secret: string) => string): string {
  let masked = '';
  let at = 0;
  for (const { kind, start, end } of found) {
    const placeholder = `[masked:${kind}:${hash(text.slice(start, end))}]`;
    masked += text.slice(at, start) + (isBareJsonValue(text, start, end) ? `"${placeholder}"` : placeholder);
    at = end;
  }
  return masked + text.slice(at);
}

/** A number of a JSON object: its placeholder needs quotes to keep the object readable. */
function isBareJsonValue(text: string, start: number, end: number): boolean {
  return /[^\\]": ?$/.test(text.slice(Math.max(0, start - 4), start)) && /^ ?[,}\]]/.test(text.slice(end, end + 2));
}
