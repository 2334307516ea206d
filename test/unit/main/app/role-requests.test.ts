import { expect, test } from 'vitest';
import { createRoleRequests } from '../../../../src-main/app/role-requests';
import { createMemoryStore } from '../../../../src-main/store/memory-store';
import { dayMs } from '../../../../src-main/store/process-store';
import type { Policy } from '../../../../src-shared/contract';
import type { Process } from '../../../../src-shared/snapshots';
import { policyOf } from '../../../helpers/policy-samples';
import { processRow } from '../../../helpers/process-samples';

function open(
  given: { readonly latest?: readonly Process[]; readonly policies?: readonly Policy[]; readonly unread?: ReadonlySet<number> } = {},
) {
  const store = createMemoryStore({ detail: null });
  let nowMs = 10 * dayMs;
  let writes = 0;
  const roles = createRoleRequests({
    store: {
      ...store,
      rememberUnknown(seen) {
        writes += 1;
        store.rememberUnknown(seen);
      },
    },
    clock: { nowMs: () => nowMs, monotonicMs: () => 0 },
    policies: () => given.policies ?? [],
    entriesNamed: (name) => (name === 'nginx' ? ['nginx', 'nginx-container'] : []),
    latest: () => given.latest ?? [],
    wasLookedAt: ({ pid }) => !given.unread?.has(pid),
  });
  return {
    roles,
    writeCount: () => writes,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('asking counts, and answers with everything that has this name', async () => {
  const nginx = policyOf('/usr/sbin/nginx');
  const { roles } = open({
    latest: [processRow(1, { name: 'nginx' }), processRow(2, { name: 'other' }), processRow(3, { name: 'nginx' })],
    policies: [nginx, policyOf('/opt/other')],
  });
  await roles.ask('nginx');
  expect(await roles.ask('nginx')).toEqual({
    name: 'nginx',
    entries: ['nginx', 'nginx-container'],
    processIds: ['id-1', 'id-3'],
    policies: [nginx],
    askedCount: 2,
  });
});

test('a name that nothing explains is counted once a day, and one that something explains never', async () => {
  const known = processRow(3, { name: 'known', role: { layer: 'base', entry: 'x', category: null, claimed: false, values: {} } });
  const { roles, writeCount, pass } = open({ unread: new Set([5]) });
  const list = [
    processRow(1, { name: 'mystery', exe: '/opt/mystery' }),
    processRow(2, { name: 'mystery' }),
    known,
    processRow(4, { name: 'kthread', kernelThread: true }),
    processRow(5, { name: 'not looked at yet' }),
  ];
  for (let round = 0; round < 100; round += 1) roles.see(list);
  expect(writeCount()).toBe(1);
  pass(dayMs);
  roles.see(list);
  expect(writeCount()).toBe(2);
  expect(await roles.open()).toEqual([{ name: 'mystery', exe: '/opt/mystery', askedCount: 0, seenDayCount: 2, lastAtMs: 11 * dayMs }]);
});

test('what a policy explains is no longer open', async () => {
  const policies: Policy[] = [policyOf('/opt/mystery', { name: 'other name', role: null })];
  const { roles } = open({ policies });
  roles.see([processRow(1, { name: 'mystery', exe: '/opt/mystery' })]);
  await roles.ask('asked');
  expect((await roles.open()).map(({ name }) => name)).toEqual(['asked', 'mystery']);
  policies[0] = policyOf('/opt/mystery', { role: 'Our own tool.' });
  policies.push(policyOf('/opt/asked', { role: 'Another one.' }));
  expect(await roles.open()).toEqual([]);
});

test('at most five hundred names a day, whatever runs', () => {
  const { roles, writeCount } = open();
  roles.see(Array.from({ length: 2_000 }, (_, index) => processRow(index + 1)));
  expect(writeCount()).toBe(1);
  roles.see([processRow(3_000)]);
  expect(writeCount()).toBe(1);
});
