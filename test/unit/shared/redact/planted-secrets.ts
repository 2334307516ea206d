/**
 * Fake secrets, put together from parts when the test runs: no scanner of a code host finds one in this file. A seed gives the
 * same ones each time.
 */
export interface Planted {
  readonly kind: string;
  readonly line: string;
  /** What must not be left of the line. */
  readonly secret: string;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const word = lower + upper + digits;

export function plantSecrets(count: number, seed: number): readonly Planted[] {
  let state = seed;
  /** mulberry32 */
  function random(): number {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = (alphabet: string, length: number): string => Array.from({ length }, () => pick([...alphabet])).join('');
  const mixed = (alphabet: string, length: number): string => `${some(alphabet, length - 2)}7${pick([...lower])}`;
  const base64Url = (text: string): string => Buffer.from(text).toString('base64url');
  const password = (): string =>
    pick([`${some(word, 8)}!${some(digits, 2)}`, `p@${some(word, 9)}#`, some(lower, 9), `${some(lower, 4)}-${some(upper, 4)}%9`]);

  function card(): string {
    const [prefix, length] = pick([
      ['4', 16],
      ['51', 16],
      ['2221', 16],
      ['37', 15],
      ['6011', 16],
    ] as const);
    const body = prefix + some(digits, length - prefix.length - 1);
    const sum = [...body]
      .reverse()
      .reduce((total, digit, index) => total + (index % 2 === 1 ? +digit : +digit > 4 ? +digit * 2 - 9 : +digit * 2), 0);
    const number = `${body}${(10 - (sum % 10)) % 10}`;
    if (length === 15) return number;
    return pick([number, number.replace(/(\d{4})(?=\d)/g, '$1 '), number.replace(/(\d{4})(?=\d)/g, '$1-')]);
  }
  function iban(): string {
    const [country, length] = pick([
      ['DE', 22],
      ['FR', 27],
      ['ES', 24],
      ['NO', 15],
    ] as const);
    const body = some(digits, length - 4);
    const asNumber = [...`${body}${country}00`].map((character) => Number.parseInt(character, 36)).join('');
    const number = `${country}${String(98n - (BigInt(asNumber) % 97n)).padStart(2, '0')}${body}`;
    return pick([number, number.replace(/(.{4})(?=.)/g, '$1 ')]);
  }
  const jwt = (): string =>
    `${base64Url(`{"alg":"HS256","typ":"JWT","kid":"${some(word, 3)}"}`)}.${base64Url(`{"sub":"${some(word, 9)}"}`)}.${mixed(word, 43)}`;

  const tokens: Readonly<Record<string, () => string>> = {
    jwt,
    aws: () => `${pick(['AK', 'AS'])}IA${some(upper, 13)}${some('234567', 3)}`,
    gcp: () => pick([`AI${'za'}${mixed(word, 35)}`, `ya${'29'}.${mixed(word, 60)}`, `GOC${'SPX'}-${mixed(word, 28)}`]),
    azure: () => `${some(word, 3)}8${'Q~'}${mixed(word, 34)}`,
    github: () => pick([`gh${pick([...'pousr'])}_${mixed(word, 36)}`, `github${'_pat_'}${mixed(word, 40)}`]),
    gitlab: () => `gl${pick(['pat', 'dt', 'rt'])}-${mixed(word, 20)}`,
    slack: () => `xo${pick(['xb', 'xp', 'xa'])}-${some(digits, 12)}-${mixed(word, 24)}`,
    telegram: () => `${pick([...'123456789'])}${some(digits, 8)}:${'AA'}${mixed(word, 33)}`,
    stripe: () => `${pick(['sk', 'rk'])}_${pick(['live', 'test'])}_${mixed(word, 24)}`,
    npm: () => `np${'m_'}${mixed(word, 36)}`,
    'sk-key': () => `s${'k-'}${pick(['', 'proj-'])}${mixed(word, 40)}`,
    sendgrid: () => `S${'G.'}${mixed(word, 22)}.${mixed(word, 43)}`,
    card,
    iban,
  };
  const around: readonly ((secret: string) => string)[] = [
    (secret) => `2026-11-21T10:00:00Z INFO using ${secret} for the request`,
    (secret) => `{"level":"warn","msg":"rejected ${secret}","n":3}`,
    (secret) => `value="${secret}", next=4`,
    (secret) => `got '${secret}'.`,
    (secret) => `\u001b[32m${secret}\u001b[0m done`,
    (secret) => `first line\\n${secret}\\nlast`,
    (secret) => `(${secret})`,
    (secret) => `https://api.example.test/v1?x=${secret}&y=2`,
    (secret) => secret,
  ];
  const names = [
    'password',
    'DB_PASSWORD',
    'passwd',
    'client_secret',
    'apiKey',
    'api_key',
    'auth_token',
    'GITHUB_TOKEN',
    'dbPassword',
    'passphrase',
    'spring.datasource.password',
    'AWS_SECRET_ACCESS_KEY',
  ];
  const ways: readonly ((name: string, secret: string) => string)[] = [
    (name, secret) => `connecting with ${name}=${secret} now`,
    (name, secret) => `{"user":"bob","${name}":"${secret}","port":1}`,
    (name, secret) => `{"user": "bob", "${name}": "${secret}"}`,
    (name, secret) => `  ${name}: ${secret}`,
    (name, secret) => `  ${name}: '${secret}'`,
    (name, secret) => `export ${name}="${secret}"`,
    (name, secret) => `payload "{\\"${name}\\":\\"${secret}\\"}" sent`,
    (name, secret) => `{'user': 'bob', '${name}': '${secret}'}`,
    (name, secret) => `GET /login?user=bob&${name}=${encodeURIComponent(secret)}&next=1 HTTP/1.1`,
    (name, secret) => `<${name}>${secret}</${name}>`,
    (name, secret) => `env: [{"name":"${name}","value":"${secret}"}]`,
    (name, secret) => `settings['${name}'] = '${secret}'`,
    (name, secret) => `tool --${name.toLowerCase().replace(/[_.]/g, '-')} ${secret} --verbose`,
    (name, secret) => `time=10:00 \u001b[36m${name}\u001b[0m=${secret} level=info`,
  ];
  const basic = (): string => Buffer.from(`bob:${some(word, 11)}`).toString('base64');
  const contexts: readonly (() => Planted)[] = [
    () =>
      plain('bearer', mixed(word, 32), (secret) =>
        pick([`Authorization: Bearer ${secret}`, `{"authorization":"Bearer ${secret}"}`, `-H 'authorization: bearer ${secret}'`]),
      ),
    () =>
      plain('basic', basic(), (secret) =>
        pick([`Authorization: Basic ${secret}`, `'Proxy-Authorization': 'Basic ${secret}'`, `sent Basic ${secret} to it`]),
      ),
    () =>
      plain('cookie', mixed(word, 26), (secret) =>
        pick([`Cookie: theme=dark; sid=${secret}; lang=en`, `Set-Cookie: sid=${secret}; Path=/; HttpOnly`, `{"cookie":"sid=${secret}"}`]),
      ),
    () =>
      plain('url', some(word, 12), (secret) =>
        pick([
          `postgres://app:${secret}@db.test:5432/shop`,
          `cloning https://bob:${secret}@git.test/x.git failed`,
          `"amqp://u:${secret}@mq"`,
          `dsn=root:${secret}@tcp(127.0.0.1:3306)/x`,
        ]),
      ),
    () =>
      plain(
        'webhook',
        `T${some(upper, 8)}/B${some(upper, 8)}/${mixed(word, 24)}`,
        (secret) => `POST https://hooks.${'slack'}.com/services/${secret} 200`,
      ),
    () =>
      plain(
        'account-key',
        `${mixed(word, 86)}==`,
        (secret) => `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${secret};EndpointSuffix=core.test`,
      ),
    () => plain('sql', some(word, 12), (secret) => `CREATE USER bob IDENTIFIED BY '${secret}'`),
    () =>
      plain(
        'key',
        `MII${mixed(word, 120)}`,
        (secret) => `"-----BEGIN ${'PRIVATE'} KEY-----\\n${secret}\\n-----END ${'PRIVATE'} KEY-----\\n"`,
      ),
  ];
  const plain = (kind: string, secret: string, line: (secret: string) => string): Planted => ({ kind, secret, line: line(secret) });
  const tokenKinds = Object.keys(tokens);
  return Array.from({ length: count }, (_, index): Planted => {
    if (index % 3 === 0) {
      const kind = tokenKinds[(index / 3) % tokenKinds.length] ?? 'jwt';
      const secret = (tokens[kind] ?? jwt)();
      return { kind, secret, line: pick(around)(secret) };
    }
    if (index % 3 === 1) return (contexts[((index - 1) / 3) % contexts.length] as () => Planted)();
    const secret = password();
    const line = (ways[((index - 2) / 3) % ways.length] as (typeof ways)[number])(pick(names), secret);
    return { kind: 'pair', secret: line.includes(secret) ? secret : encodeURIComponent(secret), line };
  });
}
