import { describe, expect, test } from 'vitest';
import { findWatcher, judgeBetterAction, judgeComesBack, type Row } from '../../../../../src-main/rules/kill/comes-back';
import type { ContainerContext, PodContext, UnitContext } from '../../../../../src-main/rules/process-context';
import { aKin, noSurroundings } from '../role/sample-process';

function row(pid: number, ppid: number, exe: string | null, command: string, over: Partial<Row> = {}): Row {
  const name = exe?.split('/').at(-1) ?? command.split(' ')[0] ?? '';
  return {
    pid,
    ppid,
    exe,
    command,
    name,
    id: `id-${pid}`,
    kernelThread: false,
    unit: null,
    container: null,
    pod: null,
    state: 'S',
    killClass: 'K3',
    ...over,
  };
}

const unit = (over: Partial<UnitContext> = {}): UnitContext => ({
  unit: 'shop.service',
  scope: 'system',
  description: 'Shop',
  restartPolicy: 'always',
  mainPid: null,
  triggers: [],
  recentStartCount: null,
  ...over,
});
const container = (over: Partial<ContainerContext> = {}): ContainerContext => ({
  id: 'c'.repeat(64),
  name: 'shop-db',
  image: 'postgres:16',
  restartPolicy: 'unless-stopped',
  mainPid: 500,
  pod: null,
  recentStartCount: null,
  memoryLimitBytes: null,
  publishedPorts: [],
  privileged: null,
  ...over,
});
const pod: PodContext = { uid: 'uid-1', namespace: 'shop', name: 'api-7f', owner: { kind: 'ReplicaSet', name: 'api' } };
const around = { ...noSurroundings, pod: null, parent: aKin({ pid: 1 }) };
const init = row(1, 0, '/usr/lib/systemd/systemd', '/sbin/init', { unit: 'init.scope' });
const main = row(500, 1, '/srv/shop/shop', 'shop', { unit: 'shop.service' });

describe('units', () => {
  test.each<[string, Partial<UnitContext>, string | null]>([
    ['always', { restartPolicy: 'always' }, 'comes-back-unit'],
    ['on-success', { restartPolicy: 'on-success' }, 'comes-back-unit'],
    ['on-failure', { restartPolicy: 'on-failure' }, 'comes-back-unit-by-force'],
    ['on-abnormal', { restartPolicy: 'on-abnormal' }, 'comes-back-unit-by-force'],
    ['no', { restartPolicy: 'no' }, null],
    ['on-watchdog', { restartPolicy: 'on-watchdog' }, null],
    ['not known', { restartPolicy: null }, 'comes-back-unit-unknown'],
    ['started by a socket', { restartPolicy: 'no', triggers: ['shop.socket'] }, 'comes-back-trigger'],
  ])('%s', (_, over, rule) => {
    const back = judgeComesBack(main, [init, main], { ...around, unit: unit(over) });
    expect(back?.reason.rule ?? null).toBe(rule);
    if (back !== null) expect(back).toMatchObject({ by: 'unit', name: 'shop.service' });
  });

  test('only the main process: the manager says which, or it is the one whose parent is none of the unit', () => {
    const worker = row(501, 500, '/srv/shop/worker', 'worker', { unit: 'shop.service' });
    const all = [init, main, worker];
    expect(judgeComesBack(worker, all, { ...around, unit: unit({ mainPid: 500 }) })).toBeNull();
    expect(judgeComesBack(worker, all, { ...around, unit: unit() })).toBeNull();
    expect(judgeComesBack(main, all, { ...around, unit: unit({ mainPid: 500 }) })?.by).toBe('unit');
  });

  test('stop the unit instead, in its own scope', () => {
    expect(judgeBetterAction(main, [init, main], { ...around, unit: unit({ scope: 'user' }) })).toEqual({
      kind: 'stop-unit',
      unit: 'shop.service',
      scope: 'user',
    });
  });

  test('what a login left in the group of sshd is not its service', () => {
    const sshd = aKin({ pid: 70, exe: '/usr/sbin/sshd', entry: { id: 'sshd', startsShells: true } as never });
    const left = row(600, 70, '/usr/bin/make', 'make', { unit: 'ssh.service' });
    const context = { ...around, unit: unit({ unit: 'ssh.service' }), parent: sshd };
    expect(judgeComesBack(left, [init, left], context)).toBeNull();
    expect(judgeBetterAction(left, [init, left], context)).toBeNull();
  });

  test('launchd and Windows services by their main process', () => {
    const context = { ...around, unit: unit({ mainPid: 500 }) };
    expect(judgeComesBack(main, [main], { ...context, platform: 'darwin' })).toMatchObject({
      by: 'launchd',
      reason: { rule: 'comes-back-launchd' },
    });
    expect(judgeComesBack(main, [main], { ...context, platform: 'win32' })?.by).toBe('windows-service');
    expect(judgeBetterAction(main, [main], { ...context, platform: 'win32' })).toBeNull();
  });
});

describe('containers and pods', () => {
  const inside = row(500, 400, '/usr/bin/postgres', 'postgres', { container: 'c'.repeat(64) });

  test.each([
    ['always', 'comes-back-container'],
    ['unless-stopped', 'comes-back-container'],
    ['on-failure:3', 'comes-back-container-failure'],
    ['no', null],
    [null, 'comes-back-container-unknown'],
  ] as const)('%s', (restartPolicy, rule) => {
    const back = judgeComesBack(inside, [inside], { ...around, container: container({ restartPolicy }) });
    expect(back?.reason.rule ?? null).toBe(rule);
  });

  test('only its first process ends the container; the better way is the container for all of them', () => {
    const below = row(501, 500, '/usr/bin/psql', 'psql', { container: 'c'.repeat(64) });
    const context = { ...around, container: container() };
    expect(judgeComesBack(below, [inside, below], context)).toBeNull();
    expect(judgeBetterAction(below, [inside, below], context)).toEqual({ kind: 'stop-container', id: 'c'.repeat(64), name: 'shop-db' });
  });

  test('a pod comes back by its owner; an unknown one at least by the cluster', () => {
    const one = { ...inside, pod: 'uid-1' };
    expect(judgeComesBack(one, [one], { ...around, container: container(), pod })).toMatchObject({
      by: 'pod',
      name: 'api-7f',
      reason: { text: 'ReplicaSet api keeps the pod api-7f running: it is started again.' },
    });
    expect(judgeBetterAction(one, [one], { ...around, container: container(), pod })).toEqual({
      kind: 'look-at-pod',
      id: 'uid-1',
      name: 'api-7f',
    });
    expect(judgeComesBack(one, [one], around)).toMatchObject({ by: 'pod', name: 'uid-1', reason: { rule: 'comes-back-pod' } });
    expect(judgeBetterAction(one, [one], around)).toBeNull();
  });
});

describe('parents that watch', () => {
  const node = '/usr/bin/node';
  const sh = '/usr/bin/dash';

  test.each<[string, readonly Row[], string | null, string | null]>([
    ['nodemon', [row(10, 1, node, 'node /a/node_modules/.bin/nodemon app.js')], 'on-change', 'nodemon'],
    ['nodemon through a shell', [row(10, 1, node, 'node /a/.bin/nodemon'), row(11, 10, sh, 'sh -c node app.js')], 'on-change', 'nodemon'],
    [
      'nodemon through npm and a shell',
      [row(10, 1, node, 'node /a/.bin/nodemon'), row(11, 10, node, 'npm run start'), row(12, 11, sh, 'sh -c node app.js')],
      'on-change',
      'nodemon',
    ],
    ['tsx watch', [row(10, 1, node, 'node /a/node_modules/.bin/tsx watch app.ts')], 'on-change', 'tsx'],
    ['node --watch', [row(10, 1, node, 'node --watch app.js')], 'on-change', 'app'],
    ['uvicorn --reload', [row(10, 1, '/usr/bin/python3.11', 'python3 -m uvicorn shop:app --reload')], 'on-change', 'uvicorn'],
    ['cargo watch', [row(10, 1, '/home/dev/.cargo/bin/cargo-watch', 'cargo-watch -x run')], 'on-change', 'cargo-watch'],
    ['watchexec', [row(10, 1, '/usr/bin/watchexec', 'watchexec -r ./app')], 'on-change', 'watchexec'],
    ['entr', [row(10, 1, '/usr/bin/entr', 'entr -r ./app')], 'on-change', 'entr'],
    ['pm2 by its title', [row(10, 1, node, 'PM2 v5.3.0: God Daemon (/root/.pm2)')], 'supervisor', 'pm2'],
    ['forever', [row(10, 1, node, 'node /usr/lib/node_modules/forever/bin/monitor app.js')], 'supervisor', 'forever'],
    ['supervisord', [row(10, 1, '/usr/bin/python3.11', '/usr/bin/python3 /usr/bin/supervisord -n')], 'supervisor', 'supervisord'],
    ['runit', [row(10, 1, '/usr/bin/runsv', 'runsv shop')], 'supervisor', 'runsv'],
    ['s6', [row(10, 1, '/bin/s6-supervise', 's6-supervise shop')], 'supervisor', 's6-supervise'],
    [
      'gunicorn for its workers',
      [row(10, 1, '/usr/bin/python3.11', '/srv/venv/bin/python /srv/venv/bin/gunicorn shop:app')],
      'worker',
      'gunicorn',
    ],
    ['a loop of a shell', [row(10, 1, sh, 'sh -c while true; do ./app; sleep 1; done')], 'loop', 'dash'],
    ['a shell that only started it', [row(10, 1, '/usr/bin/bash', 'bash')], null, null],
    ['a shell with one command', [row(10, 1, sh, 'sh -c ./app')], null, null],
    ['make', [row(10, 1, '/usr/bin/make', 'make serve')], null, null],
  ])('%s', (_, parents, kind, name) => {
    const isPython = parents[0]?.exe?.includes('python') === true;
    const child = row(20, parents.at(-1)?.pid ?? 1, isPython ? '/usr/bin/python3.11' : '/srv/app', isPython ? 'python3 app.py' : './app');
    const all = [init, ...parents, child];
    const found = findWatcher(child, (pid) => all.find((one) => one.pid === pid));
    expect(found === null ? [null, null] : [found.kind, found.name]).toEqual([kind, name]);
  });

  test('masters for their workers, not for what they only start', () => {
    const master = row(10, 1, '/usr/lib/postgresql/15/bin/postgres', 'postgres -D /data', { killClass: 'K2' });
    const worker = row(11, 10, '/usr/lib/postgresql/15/bin/postgres', 'postgres: checkpointer');
    const helper = row(12, 10, '/usr/bin/sh', 'sh -c archive');
    const all = [init, master, worker, helper];
    expect(judgeComesBack(worker, all, around)).toMatchObject({
      by: 'watcher',
      name: 'postgres',
      reason: { rule: 'comes-back-worker', values: { pid: 10 } },
    });
    expect(judgeComesBack(helper, all, around)).toBeNull();
    // A database is not ended by the same dialog.
    expect(judgeBetterAction(worker, all, around)).toBeNull();
  });

  test('the watcher itself is the better one to stop; a zombie goes to its parent', () => {
    const watcher = row(10, 1, node, 'node /a/.bin/nodemon');
    const child = row(11, 10, node, 'node app.js');
    expect(judgeBetterAction(child, [init, watcher, child], around)).toEqual({ kind: 'stop-process', id: 'id-10', name: 'node', pid: 10 });
    const parent = row(20, 1, '/srv/x', 'x');
    const zombie = row(21, 20, null, '', { state: 'Z' });
    expect(judgeBetterAction(zombie, [init, parent, zombie], around)).toMatchObject({ kind: 'stop-process', pid: 20 });
    expect(judgeBetterAction({ ...zombie, ppid: 1 }, [{ ...init, killClass: 'K0' }, zombie], around)).toBeNull();
  });

  test('a circle of a torn list ends', () => {
    const a = row(30, 31, sh, 'sh -c x');
    const b = row(31, 30, sh, 'sh -c y');
    expect(judgeComesBack(a, [a, b], around)).toBeNull();
  });

  test('the first process and the kernel do not come back', () => {
    expect(judgeComesBack(init, [init], around)).toBeNull();
    expect(judgeComesBack(row(9, 2, null, '', { kernelThread: true }), [init], around)).toBeNull();
  });
});
