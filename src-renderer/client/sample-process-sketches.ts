import type { MessageValues } from '../../src-shared/judgement';
import { translateOr } from '../../src-shared/messages/translate';
import type { KillClass, RoleCategory } from '../../src-shared/roles/role-entry';
import type { Process, ProcessRole, RiskAxis, RiskLevel, RiskReason } from '../../src-shared/snapshots';

const MB = 1024 ** 2;

/** What makes an invented process; the rest of its facts is filled in. */
export interface ProcessSketch {
  readonly name: string;
  readonly pid: number;
  readonly ppid?: number;
  readonly user: string;
  readonly exe: string | null;
  readonly command?: string;
  readonly cpuCores: number;
  readonly rssBytes: number;
  readonly listening?: Process['listening'];
  readonly role: ProcessRole;
  readonly riskLevel?: RiskLevel;
  readonly reasons?: readonly RiskReason[];
  readonly expectedRules?: readonly string[];
  readonly evidenceRatio?: number;
  readonly killClass?: KillClass;
  readonly unit?: string;
  readonly container?: string;
  readonly project?: string;
  readonly terminal?: string;
  readonly ageMinutes?: number;
  readonly state?: string;
  readonly kernelThread?: boolean;
}

function reason(rule: string, axis: RiskAxis, points: number, values: MessageValues = {}): RiskReason {
  return { rule, axis, points, values, text: translateOr('en', `reason.${rule}`, rule, values) };
}

const base = (entry: string, category: RoleCategory): ProcessRole => ({ layer: 'base', entry, category, claimed: false, values: {} });
const tcp = (address: string, port: number) => ({ protocol: 'tcp' as const, address, port });
const sockets = (text: string) => ({ sockets: text });

/** Those that somebody should look at. */
export const riskySketches: readonly ProcessSketch[] = [
  {
    name: 'kworker/u8:9',
    pid: 31337,
    ppid: 2400,
    user: 'root',
    exe: '/dev/shm/.x/kworker',
    command: '[kworker/u8:9] -o stratum+tcp://pool.example.net:3333 --threads 2',
    cpuCores: 1.92,
    rssBytes: 214 * MB,
    listening: [tcp('0.0.0.0', 4444)],
    role: {
      layer: 'unknown',
      entry: null,
      category: null,
      claimed: false,
      values: { path: '/dev/shm/.x/kworker', user: 'root', parent: 'bash' },
    },
    riskLevel: 'high',
    reasons: [
      reason('risk-kernel-name', 'threat', 70, { name: 'kworker/u8:9', exe: '/dev/shm/.x/kworker' }),
      reason('risk-exe-temporary', 'threat', 25, { directory: '/dev/shm', file: '/dev/shm/.x/kworker' }),
      reason('risk-root-listens-everywhere', 'exposure', 25, sockets('0.0.0.0:4444')),
    ],
    evidenceRatio: 0.8,
    killClass: 'K4',
    ageMinutes: 38,
  },
  {
    name: 'updater',
    pid: 8812,
    ppid: 1,
    user: 'dev',
    exe: '/var/tmp/updater-a81f/updater',
    cpuCores: 0.04,
    rssBytes: 61 * MB,
    role: { layer: 'unknown', entry: null, category: null, claimed: false, values: { path: '/var/tmp/updater', user: 'dev', parent: '1' } },
    riskLevel: 'suspicious',
    reasons: [
      reason('risk-exe-temporary', 'threat', 35, { directory: '/var/tmp', file: '/var/tmp/updater-a81f/updater' }),
      reason('risk-exe-deleted', 'threat', 15, { file: '/var/tmp/updater-a81f/updater' }),
    ],
    evidenceRatio: 0.7,
  },
  {
    name: 'redis-server',
    pid: 2210,
    user: 'redis',
    exe: '/usr/bin/redis-server',
    cpuCores: 0.02,
    rssBytes: 46 * MB,
    listening: [tcp('0.0.0.0', 6379), tcp('::', 6379)],
    role: base('redis', 'database'),
    reasons: [reason('risk-open-database', 'exposure', 40, sockets('0.0.0.0:6379'))],
    killClass: 'K2',
    unit: 'redis-server.service',
  },
  {
    name: 'node',
    pid: 30118,
    ppid: 1,
    user: 'dev',
    exe: '/usr/bin/node',
    command: 'node /home/dev/projects/old-shop/node_modules/.bin/vite --host --port 5174',
    cpuCores: 0.01,
    rssBytes: 388 * MB,
    listening: [tcp('127.0.0.1', 5174)],
    role: { layer: 'program', entry: 'vite', category: 'developer', claimed: false, values: { program: 'vite', runtime: 'node' } },
    reasons: [reason('risk-orphan', 'health', 10)],
    killClass: 'K4',
    project: '/home/dev/projects/old-shop',
    ageMinutes: 560,
  },
];

const shell = { user: 'dev', cpuCores: 0, rssBytes: 6 * MB } as const;

/** Those of any developer's machine. */
export const quietSketches: readonly ProcessSketch[] = [
  {
    name: 'systemd',
    pid: 1,
    ppid: 0,
    user: 'root',
    exe: '/usr/lib/systemd/systemd',
    cpuCores: 0,
    rssBytes: 13 * MB,
    role: base('systemd', 'init'),
    killClass: 'K0',
  },
  {
    name: 'java',
    pid: 5120,
    user: 'dev',
    exe: '/usr/lib/jvm/java-21/bin/java',
    command: 'java -Xmx8g -jar /home/dev/projects/shop/search/build/libs/search-1.4.2.jar',
    cpuCores: 0.66,
    rssBytes: 7900 * MB,
    listening: [tcp('::', 8080)],
    role: {
      layer: 'program',
      entry: 'java',
      category: 'runtime',
      claimed: false,
      values: { program: 'search-1.4.2.jar', runtime: 'java' },
    },
    reasons: [
      reason('risk-memory-share', 'health', 20, { percent: '24 %' }),
      reason('risk-listens-everywhere', 'exposure', 15, sockets('[::]:8080')),
    ],
    project: '/home/dev/projects/shop',
    terminal: 'pts/2',
  },
  {
    name: 'sshd',
    pid: 912,
    user: 'root',
    exe: '/usr/sbin/sshd',
    cpuCores: 0,
    rssBytes: 9 * MB,
    listening: [tcp('0.0.0.0', 22)],
    role: base('sshd', 'remote-access'),
    reasons: [reason('risk-root-listens-everywhere', 'exposure', 25, sockets('0.0.0.0:22'))],
    killClass: 'K1',
    unit: 'ssh.service',
  },
  {
    ...shell,
    name: 'sshd',
    pid: 2390,
    ppid: 912,
    user: 'root',
    exe: '/usr/sbin/sshd',
    role: base('sshd-session', 'remote-access'),
    killClass: 'K1',
  },
  { ...shell, name: 'bash', pid: 2400, ppid: 2390, exe: '/bin/bash', role: base('bash', 'session'), terminal: 'pts/2' },
  {
    name: 'node',
    pid: 40118,
    ppid: 40100,
    user: 'dev',
    exe: '/usr/bin/node',
    command: 'node /home/dev/projects/shop/node_modules/.bin/vite --port 3000',
    cpuCores: 0.11,
    rssBytes: 312 * MB,
    listening: [tcp('127.0.0.1', 3000)],
    role: { layer: 'program', entry: 'vite', category: 'developer', claimed: false, values: { program: 'vite', runtime: 'node' } },
    reasons: [],
    project: '/home/dev/projects/shop',
    terminal: 'pts/2',
    ageMinutes: 71,
  },
  {
    ...shell,
    name: 'npm run dev',
    pid: 40100,
    ppid: 2400,
    exe: '/usr/bin/node',
    role: base('npm', 'developer'),
    project: '/home/dev/projects/shop',
    terminal: 'pts/2',
  },
  {
    ...shell,
    name: 'esbuild',
    pid: 40131,
    ppid: 40118,
    exe: '/home/dev/projects/shop/node_modules/@esbuild/linux-x64/bin/esbuild',
    role: base('bundler', 'developer'),
    project: '/home/dev/projects/shop',
    terminal: 'pts/2',
  },
  {
    name: 'dockerd',
    pid: 1204,
    user: 'root',
    exe: '/usr/bin/dockerd',
    cpuCores: 0.08,
    rssBytes: 98 * MB,
    role: base('dockerd', 'container'),
    killClass: 'K2',
    unit: 'docker.service',
  },
  {
    name: 'systemd-journald',
    pid: 388,
    user: 'root',
    exe: '/usr/lib/systemd/systemd-journald',
    cpuCores: 0.01,
    rssBytes: 42 * MB,
    role: base('systemd-journald', 'logging'),
    killClass: 'K0',
    unit: 'systemd-journald.service',
  },
  {
    name: 'nginx',
    pid: 6021,
    ppid: 5990,
    user: 'www-data',
    exe: '/usr/sbin/nginx',
    cpuCores: 0.03,
    rssBytes: 12 * MB,
    role: base('nginx', 'web-server'),
    killClass: 'K2',
    container: 'web-8f21c7d9e0b34a5566aa77bb88cc99dd',
  },
];
