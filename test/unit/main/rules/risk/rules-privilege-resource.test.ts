import { describe, expect, it } from 'vitest';
import { secretOnCommandLine } from '../../../../../src-main/rules/risk/command-line';
import { nextTimeThresholdMs } from '../../../../../src-main/rules/risk/resource';
import { processorMsOf } from '../../../../helpers/processor-time';
import { nowMs } from '../sample-facts';
import { evidence, executableFile, genuineKin, packaged, plainProcess, roleEntry, type SubjectOver, verdictOf } from './risk-samples';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const asRoot = { uid: 0, user: 'root' } as const;
const container = {
  id: 'c1',
  name: 'api',
  image: 'api',
  restartPolicy: null,
  mainPid: null,
  pod: null,
  recentStartCount: null,
  memoryLimitBytes: null,
  publishedPorts: [],
  privileged: null,
};
const unit = {
  unit: 'api.service',
  scope: 'system',
  description: 'an interface',
  restartPolicy: 'always',
  mainPid: null,
  triggers: [],
  recentStartCount: null,
} as const;

describe('privilege', () => {
  it.each<[string, SubjectOver, string]>([
    [
      'root runs what others may change',
      { process: { ...asRoot, evidence: evidence({ file: { ...executableFile, changeableAt: '/srv/tool' } }) }, entry: roleEntry() },
      '0/45/0 root-changeable:45',
    ],
    [
      'a person runs what others may change',
      { process: { evidence: evidence({ file: { ...executableFile, changeableAt: '/srv' } }) } },
      '0/0/0',
    ],
    ['root, unknown', { process: asRoot }, '0/20/0 root-unknown:20'],
    [
      'root, unknown and listening',
      { process: { ...asRoot, listening: [{ protocol: 'tcp', address: '127.0.0.1', port: 1 }] } },
      '0/35/0 root-unknown:35',
    ],
    ['root, known', { process: asRoot, entry: roleEntry() }, '0/0/0'],
    ['root, of a package', { process: { ...asRoot, evidence: evidence({ package: packaged }) } }, '0/0/0'],
    ['root, not looked at', { process: { ...asRoot, evidence: evidence({ missing: ['package'] }) } }, '0/0/0'],
    ['setuid', { process: { evidence: evidence({ effectiveUid: 0 }) }, entry: roleEntry() }, '0/20/0 extra-privilege:20'],
    ['a strong capability', { process: { evidence: evidence({ strongCapabilities: ['cap_sys_admin'] }) } }, '0/20/0 extra-privilege:20'],
    [
      'root has them all',
      {
        process: { ...asRoot, evidence: evidence({ realUid: 0, effectiveUid: 0, strongCapabilities: ['cap_sys_admin'] }) },
        entry: roleEntry(),
      },
      '0/0/0',
    ],
    [
      'the socket of the engine in a container',
      { process: { container: 'c1', evidence: evidence({ engineSocketMounted: true }) } },
      '0/35/0 container-escape:35',
    ],
    [
      'a privileged container',
      { process: { container: 'c1' }, context: { container: { ...container, privileged: true } } },
      '0/35/0 container-escape:35',
    ],
    ['a secret', { process: { command: './thing --db-password=hunter22' } }, '0/25/0 secret-argument:25'],
  ])('%s', (_name, over, expected) => {
    expect(verdictOf(over)).toBe(expected);
  });

  it.each([
    ['app --token s3cr3tvalue', '--token'],
    ['mysqld --password=abcd1234', '--password'],
    ['sh -c PGPASSWORD=abcd1234 psql', 'PGPASSWORD'],
    ['app postgres://me:s3cret9@db/x', 'user:…@'],
    ['app AKIAABCDEFGHIJ234567', 'access key'],
    ['app --token-file /run/token', null],
    ['app --password ****', null],
    ['app --password $PASSWORD', null],
    ['app --password-stdin', null],
    ['app --token-ttl 3600', null],
    ['chrome --password-store=basic', null],
    ['app http://localhost:3000/@user', null],
    [`app ${'--a-'.repeat(50_000)}`, null],
  ])('sees in %s: %s', (command, option) => {
    expect(processorMsOf(() => expect(secretOnCommandLine(command)).toBe(option))).toBeLessThan(200);
  });
});

describe('resource', () => {
  const busy = { busySinceMs: nowMs - 11 * minuteMs, startedAtMs: nowMs - hourMs };
  it.each<[string, SubjectOver, string]>([
    ['busy, young, unknown', { process: busy }, '15/0/0 long-busy:15'],
    ['busy for a moment', { process: { ...busy, busySinceMs: nowMs - 9 * minuteMs } }, '0/0/0'],
    ['busy, but known', { process: busy, entry: roleEntry() }, '0/0/0'],
    ['busy, but old', { process: { ...busy, startedAtMs: nowMs - 30 * hourMs } }, '0/0/0'],
    ['busy, not looked at', { process: { ...busy, evidence: null } }, '0/0/0'],
    ['a busy miner', { process: { ...busy, exe: '/home/dev/xmrig' } }, '80/0/0 miner:60 long-busy:20'],
    ['a zombie', { process: { state: 'Z', exe: null, evidence: null }, context: { zombieSiblingCount: 1 } }, '0/0/5 zombie:5'],
    ['ten zombies', { process: { state: 'Z', exe: null, evidence: null }, context: { zombieSiblingCount: 10 } }, '0/0/25 zombie:25'],
    [
      'an old zombie',
      { process: { state: 'Z', exe: null, evidence: null, heldStateSinceMs: nowMs - hourMs }, context: { zombieSiblingCount: 1 } },
      '0/0/25 zombie:25',
    ],
    ['the first thread ended, others run', { process: { state: 'Z', threadCount: 4 } }, '0/0/0'],
    ['stuck', { process: { state: 'D', heldStateSinceMs: nowMs - minuteMs } }, '0/0/25 stuck:25'],
    ['waiting', { process: { state: 'D', heldStateSinceMs: nowMs - minuteMs + 1 } }, '0/0/0'],
    ['a quarter of memory', { process: { rssBytes: 250 } }, '0/0/20 memory-share:20'],
    ['a database with a quarter of memory', { process: { rssBytes: 250 }, entry: roleEntry({ memory: 'large' }) }, '0/0/0'],
    [
      'near the limit of its container',
      { process: { rssBytes: 95, container: 'c1' }, context: { container: { ...container, memoryLimitBytes: 100 } } },
      '0/0/35 memory-limit:35',
    ],
    ['growing', { process: { memoryTrend: { bytesPerHour: 2, overMs: 3 * hourMs } } }, '0/0/20 memory-growth:20'],
    ['growing for an hour', { process: { memoryTrend: { bytesPerHour: 2, overMs: hourMs } } }, '0/0/0'],
    ['growing a little', { process: { rssBytes: 100, memoryTrend: { bytesPerHour: 2, overMs: 3 * hourMs } } }, '0/0/0'],
    ['nearly out of descriptors', { process: { evidence: evidence({ openFileCount: 900, openFileLimit: 1024 }) } }, '0/0/20 open-files:20'],
    ['started again and again', { context: { unit: { ...unit, recentStartCount: 5 } } }, '0/0/30 restart-loop:30'],
    ['started again', { context: { unit: { ...unit, recentStartCount: 4 } } }, '0/0/0'],
    ['left over', { process: { startedAtMs: nowMs - hourMs, ppid: 1 }, entry: roleEntry({ developerTool: true }) }, '0/0/10 orphan:10'],
    [
      'adopted by the manager of its user',
      {
        process: { startedAtMs: nowMs - hourMs, ppid: 50 },
        entry: roleEntry({ developerTool: true }),
        context: { parent: genuineKin(roleEntry({ category: 'init' })) },
      },
      '0/0/10 orphan:10',
    ],
    [
      'run by a unit',
      { process: { startedAtMs: nowMs - hourMs, ppid: 1 }, entry: roleEntry({ developerTool: true }), context: { unit } },
      '0/0/0',
    ],
    [
      'in a terminal',
      { process: { startedAtMs: nowMs - hourMs, ppid: 1, terminal: 'pts/1' }, entry: roleEntry({ developerTool: true }) },
      '0/0/0',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdictOf(over)).toBe(expected);
  });

  it('knows when time alone changes the verdict', () => {
    const quiet = { startedAtMs: nowMs - 48 * hourMs };
    expect(nextTimeThresholdMs(plainProcess(quiet), nowMs)).toBeNull();
    expect(nextTimeThresholdMs(plainProcess({ startedAtMs: nowMs - 59 * minuteMs }), nowMs)).toBe(nowMs + minuteMs);
    expect(nextTimeThresholdMs(plainProcess({ ...quiet, busySinceMs: nowMs }), nowMs)).toBe(nowMs + 10 * minuteMs);
    expect(nextTimeThresholdMs(plainProcess({ ...quiet, state: 'D', heldStateSinceMs: nowMs - 90_000 }), nowMs)).toBe(nowMs + 30_000);
    expect(nextTimeThresholdMs(plainProcess({ ...quiet, state: 'Z', heldStateSinceMs: nowMs }), nowMs)).toBe(nowMs + hourMs);
  });
});
