import { expect, test } from 'vitest';
import type { ContentCheck } from '../../../../src-main/app/executable-content';
import { createProcessPolicies } from '../../../../src-main/app/process-policies';
import { createMemoryStore } from '../../../../src-main/store/memory-store';
import type { PolicyStore } from '../../../../src-main/store/process-store';
import { type PolicyDraft, policyDraftSchema } from '../../../../src-shared/contract';
import { processRow } from '../../../helpers/process-samples';

const first = 'a'.repeat(64);
const second = 'b'.repeat(64);

function open(given: { readonly store?: PolicyStore; readonly sha256?: string | null } = {}) {
  const store = given.store ?? createMemoryStore({ detail: null });
  let nowMs = 5_000;
  let changes = 0;
  let sha256: string | null = given.sha256 === undefined ? first : given.sha256;
  const content: ContentCheck = { sha256Of: async () => sha256, isKnownToBe: (_process, wanted) => wanted === sha256 };
  const policies = createProcessPolicies({
    store,
    clock: { nowMs: () => nowMs++, monotonicMs: () => 0 },
    author: 'ann',
    content,
    onChange: () => {
      changes += 1;
    },
  });
  return {
    policies,
    store,
    changeCount: () => changes,
    exchangeFile: (next: string | null) => {
      sha256 = next;
    },
  };
}

const draft = (exe: string, more: Partial<PolicyDraft> = {}): PolicyDraft => policyDraftSchema.parse({ exe, name: 'app', ...more });
const row = processRow(7, { exe: '/opt/app', name: 'app' });
const facts = { ...row, evidence: null };

test('what is saved counts at once, has its author and time, and is there after a restart', async () => {
  const { policies, store, changeCount } = open();
  const saved = await policies.save(draft('/opt/app', { verdict: 'never-end', expectedRules: ['b', 'a', 'b'] }));
  expect(saved).toMatchObject({ author: 'ann', updatedAtMs: 5_000, verdict: 'never-end', expectedRules: ['a', 'b'] });
  expect(policies.policyOf(facts)).toBe(saved);
  expect(policies.policyOf(facts), 'the same object while it says the same').toBe(policies.policyOf(facts));
  expect(changeCount()).toBe(1);
  const again = open({ store });
  expect(again.policies.policyOf(facts)).toBeNull();
  await again.policies.loaded;
  expect(again.policies.policyOf(facts)).toEqual(saved);
  expect(again.policies.list()).toEqual([saved]);
});

test('what cannot be written down does not count, and whoever asked is told', async () => {
  const broken = { ...createMemoryStore({ detail: null }), changePolicies: async () => 'database or disk is full' };
  const { policies, changeCount } = open({ store: broken });
  await expect(policies.save(draft('/opt/app'))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('disk is full'),
  });
  await expect(policies.expect(row, { rule: 'exe-deleted', expected: true })).rejects.toMatchObject({ code: 'refused' });
  expect(policies.list()).toEqual([]);
  expect(changeCount()).toBe(0);
});

test('a removed one is gone and remembered in its history', async () => {
  const { policies } = open();
  await policies.save(draft('/opt/app', { note: 'mine' }));
  expect(await policies.remove('/opt/app')).toEqual({ removed: true });
  expect(await policies.remove('/opt/app')).toEqual({ removed: false });
  expect(policies.policyOf(facts)).toBeNull();
  expect(await policies.history('/opt/app')).toMatchObject([{ policy: null, author: 'ann' }, { policy: { note: 'mine' } }]);
});

test.each([
  ['a path that is not whole', draft('bin/app'), '"bin/app" is not the whole path'],
  ['the same path twice', draft('/opt/one'), '"/opt/one" stands there twice'],
  ['a NUL', draft('/opt/a\0b'), 'holds a NUL'],
])('an import with %s takes nothing and names it', async (_what, bad, words) => {
  const { policies, changeCount } = open();
  await policies.save(draft('/opt/kept'));
  await expect(policies.importAll([draft('/opt/one'), bad, draft('C:\\Tools\\x.exe')])).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining(words),
  });
  expect(policies.list().map(({ exe }) => exe)).toEqual(['/opt/kept']);
  expect(changeCount()).toBe(1);
  expect(await policies.importAll([draft('/opt/one'), draft('C:\\Tools\\x.exe'), draft('/opt/kept', { note: 'new' })])).toEqual({
    taken: 3,
  });
  expect(policies.at('/opt/kept')?.note).toBe('new');
  expect(await policies.importAll([])).toEqual({ taken: 0 });
});

test('an expected rule holds for the content it was said of, and for no other', async () => {
  const { policies, exchangeFile } = open();
  expect(await policies.expect(row, { rule: 'runs-from-tmp', expected: true })).toEqual(['runs-from-tmp']);
  expect(await policies.expect(row, { rule: 'exe-deleted', expected: true })).toEqual(['exe-deleted', 'runs-from-tmp']);
  expect(policies.policyOf(facts)).toMatchObject({ sha256: first, name: 'app', verdict: null });
  exchangeFile(second);
  expect(policies.policyOf(facts), 'another content stands there now').toBeNull();
  expect(await policies.expect(row, { rule: 'listens', expected: true })).toEqual(['listens']);
  expect(policies.policyOf(facts)).toMatchObject({ sha256: second, expectedRules: ['listens'] });
  expect(await policies.expect(row, { rule: 'listens', expected: false })).toEqual([]);
  expect(policies.at('/opt/app'), 'nothing is left to say').toBeNull();
});

test('taking back what was never expected changes nothing', async () => {
  const { policies, changeCount } = open();
  expect(await policies.expect(row, { rule: 'listens', expected: false })).toEqual([]);
  expect(changeCount()).toBe(0);
});

test('a verdict of another content does not come along with an expected rule', async () => {
  const { policies } = open();
  await policies.save(draft('/opt/app', { verdict: 'never-end', sha256: second, note: 'of the old one' }));
  await policies.expect(row, { rule: 'listens', expected: true });
  expect(policies.at('/opt/app')).toMatchObject({ verdict: null, sha256: first, expectedRules: ['listens'] });
});

test('without an executable, or one that cannot be read, nothing is expected', async () => {
  const { policies } = open({ sha256: null });
  await expect(policies.expect(row, { rule: 'listens', expected: true })).rejects.toMatchObject({ code: 'refused' });
  await expect(policies.expect(processRow(1, { exe: null }), { rule: 'listens', expected: true })).rejects.toMatchObject({
    code: 'refused',
  });
  expect(policies.list()).toEqual([]);
});

test('changes at the same time all count', async () => {
  const { policies } = open();
  await Promise.all(['one', 'two', 'three'].map((rule) => policies.expect(row, { rule, expected: true })));
  expect(policies.at('/opt/app')?.expectedRules).toEqual(['one', 'three', 'two']);
});

test('a history that cannot be read is told, and new decisions still count', async () => {
  const memory = createMemoryStore({ detail: null });
  const { policies } = open({ store: { ...memory, policies: () => Promise.reject(new Error('damaged')) } });
  await expect(policies.loaded).rejects.toThrow('damaged');
  await policies.save(draft('/opt/app'));
  expect(policies.list()).toHaveLength(1);
});
