import { expect, it } from 'vitest';
import type { Core } from '../../../../src-main/app/core';
import { ask } from '../../../../src-main/cli/ask';

const answering = (reply: unknown) => ({ handle: () => Promise.resolve(reply) }) as unknown as Core;

it('gives commands what the core says without its secrets, ids unharmed', async () => {
  const id = '45391488-0343-6467-8111-222233334444';
  const finding = { id, subject: 'mysqld --password=hunter2hunter', values: { line: 'GET /?api_key=abcdef123456' } };
  const answer = await ask(answering({ ok: true, value: { findings: [finding] } }), 'problems.current', null);
  expect(JSON.stringify(answer)).not.toMatch(/hunter2|abcdef123456/);
  expect(answer.findings[0]).toMatchObject({ id });
});

it('and refuses without them', async () => {
  const error = { code: 'not-found', message: 'no engine at tcp://me:hunter2@host' };
  await expect(ask(answering({ ok: false, error }), 'problems.current', null)).rejects.toThrow(/^no engine at tcp:\/\/me:\[masked:/);
});
