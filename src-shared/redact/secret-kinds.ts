/** What a masked piece of text was. The words stand in placeholders and reports: they stay. */
export const secretKinds = [
  'private-key',
  'jwt',
  'aws',
  'gcp',
  'azure',
  'github',
  'gitlab',
  'slack',
  'telegram',
  'stripe',
  'npm',
  'api-key',
  'webhook',
  'url-password',
  'bearer',
  'basic',
  'cookie',
  'password',
  'secret',
  'card',
  'iban',
  'email',
] as const;

export type SecretKind = (typeof secretKinds)[number];

/** Where a secret stands in a text, in UTF-16 units. */
export interface FoundSecret {
  readonly kind: SecretKind;
  readonly start: number;
  /** Behind its last unit. */
  readonly end: number;
  /** Where the words begin by which it was recognised ("password="); `start` where it speaks for itself. */
  readonly contextStart: number;
}

/** Finds the secrets of some kinds. Linear in the length of the text; never throws. */
export interface SecretDetector {
  /** Lower case; without one of them in the text (in any case) there is nothing to find. */
  readonly keywords: readonly string[];
  /** `isCut`: the text goes on behind its end, so a secret that touches the end may be only the beginning of one. */
  find(text: string, isCut: boolean, add: (found: FoundSecret) => void): void;
}
