export interface PlantedSecret {
  readonly name: string;
  /** Of its first line, and of no other. */
  readonly words: string;
  /** As a program would write it. */
  readonly lines: readonly string[];
  /** What must be nowhere; no word of it is in the harmless rest of its line. */
  readonly pieces: readonly string[];
}

/** Put together here, so that no scanner takes this file for a leak. */
const gitHubToken = ['ghp', 'Zk3vQ9xT1mB7rW5yL2nD8cF4hJ6pS0aG9eU1'].join('_');
const jwtParts = [
  { alg: 'HS256', typ: 'JWT' },
  { sub: 'planted-jwt-subject', admin: true },
].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
const jwtSignature = 'wXq7Tn2KfLr9VbYc4HdMzPgRs81JuEiA6oNtQxWvKyU';
const bearerToken = 'tok7Hq2LmZx9RvBn4KcWdYs';
const urlPassword = 'Pl4ntedUrlPassw0rd';
const plainPassword = 'Pl4ntedValueZq81';
const keyBody = [
  'MIIEowIBAAKCAQEAuPlanted1xkq7Tn2KfLr9VbYc4HdMzPgRs81JuEiA6oNtQxW',
  'q7Tn2KfLr9VbYc4HdMzPlanted2gRs81JuEiA6oNtQxWvKyUMIIEowIBAAKCAQEA',
];

/** One of each kind, in lines that a person would want to find: errors too. */
export const plantedSecrets: readonly PlantedSecret[] = [
  {
    name: 'GitHub token',
    words: 'push refused',
    lines: [`ERROR push refused for ${gitHubToken}`],
    pieces: [gitHubToken, gitHubToken.slice(8, 24)],
  },
  {
    name: 'JWT',
    words: 'has ended',
    lines: [`ERROR session ${[...jwtParts, jwtSignature].join('.')} has ended`],
    pieces: [jwtParts[1] ?? 'missing', jwtSignature, jwtSignature.slice(10, 26)],
  },
  {
    name: 'password in a URL',
    words: 'cannot connect to',
    lines: [`ERROR cannot connect to postgres://shop:${urlPassword}@db:5432/shop`],
    pieces: [urlPassword],
  },
  { name: 'bearer', words: 'request failed', lines: [`request failed, Authorization: Bearer ${bearerToken}`], pieces: [bearerToken] },
  {
    name: 'value of a secret name',
    words: 'started with',
    lines: [`WARN started with DB_PASSWORD=${plainPassword}`],
    pieces: [plainPassword],
  },
  {
    name: 'private key over several lines',
    words: 'key is not readable',
    lines: [
      `ERROR key is not readable: -----BEGIN ${'RSA PRIVATE'} KEY-----`,
      ...keyBody,
      'Zm9vUGxhbnRlZDM=',
      `-----END ${'RSA PRIVATE'} KEY-----`,
    ],
    pieces: [...keyBody, 'Planted1', 'Planted2', 'Zm9vUGxhbnRlZDM'],
  },
];

export const plantedLines: readonly string[] = plantedSecrets.flatMap(({ lines }) => lines);

/** Names of those of which a piece is in the text; none is how it should be. */
export function plantedIn(text: string): readonly string[] {
  return plantedSecrets.filter(({ pieces }) => pieces.some((piece) => text.includes(piece))).map(({ name }) => name);
}
