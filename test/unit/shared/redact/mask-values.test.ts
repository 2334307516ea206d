import { describe, expect, it } from 'vitest';
import { createTextMask, maskStrings, maskWords } from '../../../../src-shared/redact/mask-values';
import { isSecretName } from '../../../../src-shared/redact/secret-names';

const hash = () => '0a1b2c';
const mask = createTextMask({ hash });

describe('maskWords', () => {
  it.each([
    [['redis-server', '--requirepass', 'pw'], 'redis-server --requirepass [masked:secret:0a1b2c]'],
    [['x', '--db-password=pw', 'y'], 'x --db-password=[masked:secret:0a1b2c] y'],
    [['x', '--password', 'two words'], 'x --password [masked:secret:0a1b2c]'],
    [['env', 'APP_KEY=base64:abc', 'x'], 'env APP_KEY=[masked:secret:0a1b2c] x'],
    [['sh', '-c', 'export API_KEY=abcd1234; run'], 'sh -c export API_KEY=[masked:secret:0a1b2c]; run'],
    [['curl', '-H', 'Authorization: Bearer abcdef0123456789'], 'curl -H Authorization: Bearer [masked:bearer:0a1b2c]'],
    [['migrate', 'postgres://shop:pw@db/shop'], 'migrate postgres://shop:[masked:url-password:0a1b2c]@db/shop'],
    [['serve', '--port', '80', '--token-file', '/run/token'], 'serve --port 80 --token-file /run/token'],
    [['docker', 'login', '--password-stdin', 'registry.test'], 'docker login --password-stdin registry.test'],
    [['x', '--password', '--verbose'], 'x --password --verbose'],
    [['x', '--password', '$DB_PASSWORD'], 'x --password $DB_PASSWORD'],
  ])('%j', (words, shown) => {
    expect(maskWords(words, hash).join(' ')).toBe(shown);
  });
});

describe('maskStrings', () => {
  it('masks every text of plain data and leaves what holds no secret as the same object', () => {
    const harmless = { id: '4539148803436467-4539148803436467', list: [1, null, 'text'] };
    const data = { harmless, deep: [{ command: 'mysqld --password=hunter22' }], atMs: 5 };
    const masked = maskStrings(data, mask);
    expect(masked).toEqual({ harmless, deep: [{ command: 'mysqld --password=[masked:password:0a1b2c]' }], atMs: 5 });
    expect(masked.harmless).toBe(harmless);
    expect(maskStrings(harmless, mask)).toBe(harmless);
  });
});

describe('createTextMask', () => {
  it.each([
    ['probe said: key ghp_abcdefghij…, 3 times', 'probe said: key [masked:api-key:0a1b2c]…, 3 times'],
    ['postgres://shop:hunter2hun…', 'postgres://shop:[masked:url-password:0a1b2c]…'],
    ['first\npassword=hunter2hun…\nlast', 'first\npassword=[masked:password:0a1b2c]…\nlast'],
    ['Compiling… done… 12 files', 'Compiling… done… 12 files'],
  ])('masks what a cut left of a secret: %j', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });
});

describe('isSecretName', () => {
  it.each(['DB_PASSWORD', 'clientSecret', 'GITHUB_TOKEN', 'APP_KEY', 'aws_secret_access_key', '--requirepass', 'PGPASSWORD'])(
    '%s',
    (name) => {
      expect(isSecretName(name)).toBe(true);
    },
  );
  it.each(['PATH', 'TOKEN_TTL', 'password_file', '--key', 'KEYBOARD', 'compass', 'secretName', 'PWD_LIMIT'])('not %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
