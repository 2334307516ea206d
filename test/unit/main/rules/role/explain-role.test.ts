import { describe, expect, test } from 'vitest';
import type { ProcessContext } from '../../../../../src-main/rules/process-context';
import { explainRole, explainRoleLayers } from '../../../../../src-main/rules/role/explain-role';
import { createRoleBase } from '../../../../../src-main/rules/role/match-base';
import type { RoleEntry } from '../../../../../src-shared/roles/role-entry';
import { roleText } from '../../../../../src-shared/roles/role-text';
import type { ProcessEvidence, ProcessFacts } from '../../../../../src-shared/snapshots';
import { aKin, aProcess, noSurroundings } from './sample-process';

function entry(over: Partial<RoleEntry> & Pick<RoleEntry, 'id' | 'names'>): RoleEntry {
  return {
    platform: 'linux',
    category: 'other',
    en: `It is ${over.id}.`,
    ko: `${over.id}.`,
    memory: 'small',
    stop: 'K3',
    source: 'test',
    ...over,
  };
}

const entries = [
  entry({ id: 'node', names: ['node'], category: 'runtime', folders: ['/usr/bin', '~/.nvm'] }),
  entry({ id: 'vite', names: ['node'], arguments: ['bin/vite'], category: 'developer', developerTool: true }),
  entry({ id: 'postgres', names: ['postgres*'], category: 'database', stop: 'K2', units: ['postgresql*'] }),
  entry({ id: 'postgres-worker', names: ['postgres'], titles: ['postgres: '], parents: ['postgres'], category: 'database', stop: 'K2' }),
  entry({ id: 'bash', names: ['bash'], category: 'session', startsShells: true }),
  entry({ id: 'gnome-shell', names: ['gnome-shell'], category: 'display' }),
  entry({ id: 'dockerd', names: ['dockerd'], category: 'container', stop: 'K2' }),
  entry({ id: 'make', names: ['make'], category: 'developer' }),
  entry({ id: 'esbuild', names: ['esbuild'], folders: ['node_modules'], category: 'developer' }),
  entry({ id: 'kworker', names: ['kworker*'], category: 'kernel', stop: 'K0' }),
  entry({ id: 'win-svchost', names: ['svchost.exe'], platform: 'win32', folders: ['c:\\windows\\system32'], stop: 'K1' }),
];
const base = createRoleBase(entries);
const entryOf = (id: string) => entries.find((one) => one.id === id) ?? null;

function explain(over: Partial<ProcessFacts>, context: Partial<ProcessContext> = {}) {
  return explainRole(aProcess(over), { ...noSurroundings, ...context }, base);
}

function evidence(over: Partial<ProcessEvidence>): ProcessEvidence {
  return {
    missing: [],
    argumentList: [],
    realUid: null,
    effectiveUid: null,
    strongCapabilities: null,
    tracerPid: null,
    loaderVariables: [],
    streams: null,
    openFileCount: null,
    openFileLimit: null,
    writableExecutableCount: null,
    foreignLibraries: null,
    file: null,
    package: null,
    hostNamespaces: [],
    engineSocketMounted: false,
    rawSockets: [],
    workingDirectory: null,
    project: null,
    ...over,
  };
}

describe('the match by file and place', () => {
  test.each<[string, Partial<ProcessFacts>, string | null, boolean]>([
    ['its usual folder', { exe: '/usr/bin/node', command: 'node' }, 'node', false],
    ['a folder of the home', { exe: '/home/dev/.nvm/versions/node/v20/bin/node', command: 'node' }, 'node', false],
    ['root has a home too', { exe: '/root/.nvm/bin/node', command: 'node' }, 'node', false],
    ['a folder that only begins alike', { exe: '/usr/binx/node', command: 'node' }, 'node', true],
    ['a way out of the folder', { exe: '/usr/bin/../../tmp/node', command: 'node' }, 'node', true],
    ['somewhere else', { exe: '/tmp/node', command: 'node' }, 'node', true],
    [
      'a place that a package owns',
      { exe: '/srv/vendor/node', command: 'node', evidence: evidence({ package: { name: 'vendor', summary: null, manager: 'dpkg' } }) },
      'node',
      false,
    ],
    ['a store of Nix', { exe: '/nix/store/abc-nodejs-20/bin/node', command: 'node' }, 'node', true],
    ['the store of Nix, usual folders', { exe: '/nix/store/abc-make/bin/make', command: 'make' }, 'make', false],
    ['a snap', { exe: '/snap/core22/1380/usr/bin/make', command: 'make' }, 'make', false],
    ['/lib64', { exe: '/usr/lib64/dockerd', command: 'dockerd' }, 'dockerd', false],
    ['a version in its name', { exe: '/usr/lib/postgresql/15/bin/postgres', command: 'postgres' }, 'postgres', false],
    ['anywhere below node_modules', { exe: '/srv/a/node_modules/@esbuild/x/bin/esbuild', command: 'esbuild' }, 'esbuild', false],
    ['not where only the name says so', { exe: '/srv/my_node_modules/bin/esbuild', command: 'esbuild' }, 'esbuild', true],
    ['a folder of Windows on Linux', { exe: 'C:\\Windows\\System32\\svchost.exe', command: 'x' }, null, false],
  ])('%s', (_, over, id, claimed) => {
    expect(explain(over)).toMatchObject({ entry: id, claimed });
  });

  test('narrower fields win, and hold as a whole', () => {
    expect(explain({ exe: '/usr/bin/node', command: 'node /a/node_modules/.bin/vite --host' }).entry).toBe('vite');
    expect(explain({ exe: '/usr/bin/node', command: 'node /a/node_modules/.bin/vitest' }).entry).toBe('node');
    const worker = { exe: '/usr/lib/postgresql/15/bin/postgres', command: 'postgres: checkpointer' };
    expect(explain(worker, { parent: aKin({ exe: '/usr/lib/postgresql/15/bin/postgres' }) }).entry).toBe('postgres-worker');
    expect(explain(worker, { parent: aKin({ exe: '/usr/bin/bash' }) }).entry).toBe('postgres');
  });

  test('a file that is not visible: the unit of the system speaks for it, a name alone only claims', () => {
    const hidden = { exe: null, name: 'postgres', command: 'postgres -D /data' };
    expect(explain({ ...hidden, uid: 110, unit: 'postgresql@15-main.service' })).toMatchObject({ entry: 'postgres', claimed: false });
    expect(explain({ ...hidden, uid: 1000, unit: 'postgresql.service' })).toMatchObject({ entry: 'postgres', claimed: true });
    expect(explain({ ...hidden, uid: 110, unit: 'shop.service' })).toMatchObject({ entry: 'postgres', claimed: true, values: {} });
    expect(explain({ ...hidden, uid: 0, container: 'c'.repeat(64), unit: 'postgresql.service' })).toMatchObject({ claimed: true });
  });

  test('its own title only claims, and only what matters', () => {
    expect(explain({ exe: '/home/dev/x/miner', name: 'dockerd', command: 'dockerd' })).toMatchObject({ entry: 'dockerd', claimed: true });
    expect(explain({ exe: '/home/dev/x/miner', name: 'make', command: 'make' }).layer).toBe('unknown');
  });

  test('a kernel thread by its flag, never by its name', () => {
    expect(explain({ exe: null, kernelThread: true, name: 'kworker/0:1', command: '' })).toMatchObject({ layer: 'base', entry: 'kworker' });
    expect(explain({ exe: null, kernelThread: true, name: 'brand_new', command: '' })).toMatchObject({
      layer: 'base',
      entry: null,
      category: 'kernel',
    });
    expect(explain({ exe: '/tmp/x', name: 'kworker/0:1', command: '[kworker/0:1]' }).entry).toBeNull();
  });

  test('Windows: letters of any size, no claim for the one in its place', () => {
    const context = { platform: 'win32' } as const;
    expect(explain({ exe: 'C:\\WINDOWS\\System32\\svchost.exe', name: 'svchost.exe', command: 'x' }, context)).toMatchObject({
      entry: 'win-svchost',
      claimed: false,
    });
    expect(explain({ exe: 'C:\\Users\\dev\\svchost.exe', name: 'svchost.exe', command: 'x' }, context)).toMatchObject({
      entry: 'win-svchost',
      claimed: true,
    });
  });
});

describe('the layers', () => {
  const unit = {
    unit: 'shop.service',
    scope: 'system',
    description: 'The shop',
    restartPolicy: null,
    mainPid: null,
    triggers: [],
    recentStartCount: null,
  } as const;
  const container = {
    id: 'c'.repeat(64),
    name: 'shop-db',
    image: 'postgres:16',
    restartPolicy: null,
    mainPid: null,
    pod: null,
    recentStartCount: null,
    memoryLimitBytes: null,
    publishedPorts: [],
    privileged: null,
  };
  const policy = {
    exe: '/usr/bin/node',
    sha256: null,
    name: 'node',
    role: 'Our shop',
    category: 'web-server',
    verdict: null,
    note: '',
    author: 'dev',
    expectedRules: [],
    updatedAtMs: 0,
  };
  const shop = { exe: '/srv/shop/shop', name: 'shop', command: '/srv/shop/shop', unit: 'shop.service' };

  test('everything that is known, the best first', () => {
    const process = aProcess({
      exe: '/usr/bin/node',
      name: 'node',
      command: 'node shop/server.js',
      unit: 'shop.service',
      container: 'c'.repeat(64),
      evidence: evidence({ package: { name: 'nodejs', summary: 'evented I/O', manager: 'dpkg' } }),
    });
    const desktopEntry = { name: 'Shop', comment: null, nameKorean: '가게', commentKorean: null };
    const parent = aKin({
      pid: 60,
      exe: '/usr/bin/make',
      entry: entryOf('make'),
      role: { layer: 'base', entry: 'make', category: 'developer', claimed: false, values: {} },
    });
    const layers = explainRoleLayers(process, { ...noSurroundings, policy, unit, container, desktopEntry, parent }, base);
    expect(layers.map(({ layer }) => layer)).toEqual(['policy', 'program', 'base', 'unit', 'desktop', 'package', 'container', 'ancestor']);
    expect(layers.map((one) => roleText('en', one, one.entry === null ? null : entryOf(one.entry)))).toEqual([
      'Our shop',
      'shop/server.js, run by node. It is node.',
      'It is node.',
      'Service shop.service: The shop',
      'Desktop program Shop',
      'Part of the package nodejs: evented I/O',
      'Runs in the container shop-db (image postgres:16)',
      'Helper of make: It is make.',
    ]);
    expect(layers.slice(4, 5).map((one) => roleText('ko', one, null))).toEqual(['데스크톱 프로그램 가게']);
    expect(layers[0]?.category).toBe('web-server');
  });

  test('a file in the wrong place says so before its command line is believed', () => {
    const role = explain({ exe: '/tmp/.x/node', command: 'node shop/server.js' });
    expect(role).toMatchObject({ layer: 'base', claimed: true, values: { path: '/tmp/.x/node' } });
    expect(roleText('en', role, entryOf('node'))).toContain('does not run from where that lives');
  });

  test('a service says what its unit says; what a login or a job of it started does not', () => {
    expect(explain(shop, { unit }).layer).toBe('unit');
    const sshd = aKin({ pid: 70, exe: '/usr/sbin/sshd', entry: { ...entry({ id: 'sshd', names: ['sshd'] }), startsShells: true } });
    expect(explain(shop, { unit, parent: sshd }).layer).toBe('unknown');
    const shell = aKin({ pid: 71, exe: '/usr/bin/bash', entry: entryOf('bash'), terminal: null });
    expect(explain(shop, { unit, parent: shell }).layer).toBe('unit');
    const typed = aKin({
      ...shell,
      terminal: 'pts/1',
      role: { layer: 'base', entry: 'bash', category: 'session', claimed: false, values: {} },
    });
    expect(explain(shop, { unit, parent: typed })).toMatchObject({ layer: 'ancestor', entry: null, values: { ancestor: 'bash' } });
    expect(explain({ ...shop, unit: 'session-3.scope' }, { unit: { ...unit, unit: 'session-3.scope' } }).layer).toBe('unknown');
  });

  test('what a desktop, a shell or an engine starts is no helper of it; the first process explains nothing', () => {
    const stranger = { exe: '/srv/x/x', name: 'x', command: 'x' };
    const kin = (id: string, category: 'display' | 'container' | 'init') =>
      aKin({
        pid: 90,
        exe: `/usr/bin/${id}`,
        entry: entryOf(id),
        role: { layer: 'base', entry: id, category, claimed: false, values: {} },
      });
    expect(explain(stranger, { parent: kin('gnome-shell', 'display') })).toMatchObject({ layer: 'ancestor', entry: null });
    expect(explain(stranger, { parent: kin('dockerd', 'container') })).toMatchObject({ layer: 'ancestor', entry: null });
    expect(explain(stranger, { parent: kin('make', 'init') }).layer).toBe('unknown');
    expect(explain(stranger, { parent: aKin({ pid: 1 }) }).layer).toBe('unknown');
  });

  test('an honest unknown names what is known, also when the file is not visible', () => {
    const seen = explain({ exe: '/srv/x/x', user: 'dev' }, { parent: aKin({ pid: 7, name: 'init', exe: null }) });
    expect(roleText('en', seen, null)).toBe('Nothing is known of it. It runs from /srv/x/x as dev, started by init (7).');
    const unseen = explain({ exe: null, name: 'x', user: null, uid: 33 });
    expect(roleText('en', unseen, null)).toBe('Nothing is known of it: its file is not visible to you. It runs as 33, started by ?.');
    expect(roleText('ko', unseen, null)).toContain('알려진 정보 없음');
  });

  test('the first process is known by its number', () => {
    const role = explain({ pid: 1, ppid: 0, exe: null, name: 'my-init' });
    expect(role).toMatchObject({ layer: 'base', category: 'init', entry: null });
    expect(roleText('en', role, null)).toContain('first process');
  });

  test('text from outside stays one short line, and never fills a place of the sentence', () => {
    const hostile = { ...unit, description: `\u001b[31m{{unit}}\u202e\n${'x'.repeat(900)}` };
    const role = explain(shop, { unit: hostile });
    const text = roleText('en', role, null);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.length).toBeLessThan(260);
    expect(text).toContain('{{unit}}');
    const dollar = explain({ exe: '/usr/bin/node', command: "node $&$'x.js" });
    expect(roleText('en', dollar, entryOf('node'))).toBe("$&$'x.js, run by node. It is node.");
  });
});

test('the same input gives the same role, and a name alone never removes a claim', () => {
  for (const name of ['node', 'postgres', 'dockerd', 'sshd', 'x']) {
    const role = explain({ exe: '/dev/shm/postgres', name, command: name });
    expect(role).toMatchObject({ entry: 'postgres', claimed: true });
    expect(explain({ exe: '/dev/shm/postgres', name, command: name })).toEqual(role);
  }
});
