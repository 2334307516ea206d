import type { InputOf, OpenRole, Policy, PolicyChange, RoleAnswer } from '../../src-shared/contract';
import type { ProcessesSnapshot } from '../../src-shared/snapshots';

const hourMs = 3_600_000;

/** What an invented person said of programs. */
export function samplePolicies(nowMs: number): readonly Policy[] {
  const make = (exe: string, given: Partial<Policy>, hoursAgo: number): Policy => ({
    exe,
    sha256: null,
    name: exe.slice(exe.lastIndexOf('/') + 1),
    role: null,
    category: null,
    verdict: null,
    note: '',
    author: 'dev',
    expectedRules: [],
    updatedAtMs: nowMs - hoursAgo * hourMs,
    ...given,
  });
  const sha256 = '9c1185a5c5e9fc54612808977ee8f548b2258d31f8b2c1d0c4a1be5ba1e2c4d7';
  return [
    make('/opt/backup/bin/backupd', { role: 'Nightly backup of /home to the NAS', category: 'storage', verdict: 'never-end' }, 220),
    make(
      '/home/dev/.cargo/bin/cargo-watch',
      {
        role: 'Builds the engine again at each save',
        category: 'developer',
        verdict: 'expected',
        sha256,
        expectedRules: ['risk-exe-home'],
      },
      26,
    ),
    make(
      '/home/dev/projects/old-shop/node_modules/.bin/legacy-bundler-with-a-long-name',
      { verdict: 'end', note: 'Left over from the old shop; the new one uses vite.', author: 'min' },
      4,
    ),
    make('/usr/local/bin/scannerd', { verdict: 'watch', note: 'Asked IT what it is, no answer yet.' }, 2),
  ];
}

export function sampleHistory(exe: string, nowMs: number): readonly PolicyChange[] {
  const policy = samplePolicies(nowMs).find((one) => one.exe === exe);
  if (policy === undefined) return [];
  const earlier: Policy = { ...policy, verdict: 'watch', note: '', role: null, updatedAtMs: policy.updatedAtMs - 30 * hourMs };
  return [
    { atMs: policy.updatedAtMs, author: policy.author, policy },
    { atMs: earlier.updatedAtMs, author: 'dev', policy: earlier },
  ];
}

export function sampleOpenRoles(nowMs: number): readonly OpenRole[] {
  return [
    { name: 'gvfsd-fuse', exe: null, askedCount: 3, seenDayCount: 0, lastAtMs: nowMs - hourMs },
    { name: 'updater', exe: '/var/tmp/updater-a81f/updater', askedCount: 1, seenDayCount: 2, lastAtMs: nowMs - 2 * hourMs },
    { name: 'corp-agent', exe: '/opt/corp/agent/current/bin/corp-agent', askedCount: 0, seenDayCount: 14, lastAtMs: nowMs - hourMs },
    { name: 'x', exe: '/home/dev/projects/tools/x', askedCount: 0, seenDayCount: 1, lastAtMs: nowMs - 20 * hourMs },
  ];
}

/** Answers of the invented core about known programs. */
export function createProgramAnswers(latest: () => ProcessesSnapshot) {
  let policies = samplePolicies(Date.now());
  const asked = new Map<string, number>();
  return {
    'policies.list': () => policies,
    'policies.save': (draft: InputOf<'policies.save'>): Policy => {
      const usual = { sha256: null, role: null, category: null, verdict: null, note: '', expectedRules: [] };
      const policy = { ...usual, ...draft, author: 'dev', updatedAtMs: Date.now() } as Policy;
      policies = [...policies.filter(({ exe }) => exe !== policy.exe), policy];
      return policy;
    },
    'policies.remove': ({ exe }: { readonly exe: string }) => {
      const removed = policies.some((one) => one.exe === exe);
      policies = policies.filter((one) => one.exe !== exe);
      return { removed };
    },
    'policies.history': ({ exe }: { readonly exe: string }) => sampleHistory(exe, Date.now()),
    'policies.import': ({ policies: given }: { readonly policies: readonly unknown[] }) => ({ taken: given.length }),
    'roles.ask': ({ name }: { readonly name: string }): RoleAnswer => {
      asked.set(name, (asked.get(name) ?? 0) + 1);
      return {
        name,
        entries: name === 'redis-server' ? ['redis'] : name === 'node' ? ['nodejs'] : [],
        processIds: latest().processes.flatMap((one) => (one.name === name ? [one.id] : [])),
        policies: policies.filter((one) => one.name === name),
        askedCount: asked.get(name) ?? 1,
      };
    },
    'roles.open': () => sampleOpenRoles(Date.now()),
  };
}
