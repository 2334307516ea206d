import { describe, expect, it } from 'vitest';
import { LineRedactor, redactText } from '../../../../src-shared/redact/redactor';
import { plantSecrets } from './planted-secrets';

const hash = (): string => '0a1b2c';

describe('planted secrets', () => {
  it('98 of 100 of 500 are masked whole', () => {
    const planted = plantSecrets(500, 20_261_121);
    const left = planted.filter(({ line, secret }) => redactText(line, { hash }).text.includes(secret.slice(0, 8)));
    const recall = 1 - left.length / planted.length;
    expect(recall, left.map((one) => `${one.kind}: ${one.line}`).join('\n')).toBeGreaterThanOrEqual(0.98);
  });

  it('each is counted, and masking again changes nothing', () => {
    for (const { line } of plantSecrets(200, 7)) {
      const once = redactText(line, { hash });
      if (once.maskedCount === 0) continue;
      expect(redactText(once.text, { hash })).toEqual({ text: once.text, maskedCount: 0, byKind: {} });
    }
  });

  it('one cut anywhere in it leaves at most its beginning word', () => {
    for (const { line, secret, kind } of plantSecrets(150, 3).filter((one) => !['card', 'iban', 'azure', 'telegram'].includes(one.kind))) {
      const at = line.indexOf(secret);
      if (secret.length < 16 || at === -1) continue;
      const cut = line.slice(0, at + 14);
      expect(new LineRedactor({ hash }).redact(cut, true).text, `${kind}: ${cut}`).not.toContain(secret.slice(0, 14));
    }
  });
});

describe('ordinary lines stay as they are', () => {
  it.each([
    'Failed password for invalid user admin from 10.0.0.7 port 52413 ssh2',
    'authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=10.1.2.3',
    'password: authentication failed for user bob',
    'Enter passphrase for key:',
    'max_tokens=4096 total_tokens: 123456 token_type: bearer',
    'tests pass: 30, fail: 0',
    'bypass=1 compass: north',
    'PWD=/home/bob/project',
    'PacketResponder 1 for block blk_-1608999687919862906 terminating',
    'order 4111111111111112 shipped at 1700000000000 (1700000000000000000 ns)',
    'Processed session termination for sessionid: 0x14ede63a5a70004',
    'GET http://host:8080/path?mail=a@b.test 200',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8 by sk-learn-contributors-of-the-world',
    'image registry.test/app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    `DB_PASSWORD=$${'{DB_PASSWORD}'} API_TOKEN=*** secret: null password="" token=<redacted>`,
    'mail to bob@example.test accepted',
    'Basic authentication is required; bearer of news',
    'secretName: default-tls passwordFile=/run/secrets/db',
  ])('%s', (line) => {
    expect(redactText(line, { hash })).toEqual({ text: line, maskedCount: 0, byKind: {} });
  });
});
