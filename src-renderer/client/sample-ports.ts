import type { Leftover, LocalPort, PortAnswer } from '../../src-shared/contract';

const minuteMs = 60_000;
const shop = { name: 'shop', root: '/home/dev/projects/shop', branch: 'feature/cart-badge' };
const oldShop = { name: 'old-shop', root: '/home/dev/projects/old-shop', branch: 'main' };

/** Ports of an invented machine of a developer, as `ports.list` gives them. */
export function samplePorts(nowMs: number): readonly LocalPort[] {
  const make = (port: number, given: Partial<LocalPort>): LocalPort => ({
    protocol: 'tcp',
    port,
    addresses: ['127.0.0.1'],
    reach: 'loopback',
    process: null,
    processCount: given.process ? 1 : 0,
    unit: null,
    container: null,
    speaks: null,
    url: null,
    page: null,
    project: null,
    startedAtMs: null,
    ...given,
  });
  const all = { addresses: ['0.0.0.0', '::'], reach: 'all' } as const;
  const process = (id: number, name: string, user: string) => ({ id: `p${id}`, pid: id, name, user });
  const container = (name: string, containerPort: number) => ({
    id: `${name}-8f21c7d9e0b34a5566aa77bb88cc99dd`,
    name: `shop-${name}-1`,
    containerPort,
  });
  const page = (port: number, status: number, title: string | null) => ({
    url: `http://localhost:${port}`,
    page: { status, title, askedAtMs: nowMs - minuteMs },
    speaks: { name: 'HTTP', by: 'answer' as const },
  });
  const ago = (minutes: number) => ({ startedAtMs: nowMs - minutes * minuteMs });
  return [
    make(22, { ...all, process: process(912, 'sshd', 'root'), unit: 'ssh.service', speaks: { name: 'SSH', by: 'role' }, ...ago(5600) }),
    make(53, { protocol: 'udp', addresses: ['127.0.0.53'], speaks: { name: 'DNS', by: 'port' } }),
    make(631, { addresses: ['127.0.0.1', '::1'], speaks: { name: 'IPP', by: 'port' } }),
    make(3000, { process: process(40118, 'node', 'dev'), project: shop, ...page(3000, 200, 'Shop – spring sale'), ...ago(71) }),
    make(3001, { container: container('grafana', 3000), ...page(3001, 200, 'Grafana'), ...all, ...ago(600) }),
    make(4444, { ...all, process: process(31337, 'kworker/u8:9', 'root'), ...ago(38) }),
    make(5173, { process: process(40131, 'esbuild', 'dev'), project: shop, ...page(5173, 404, null), ...ago(70) }),
    make(5174, { process: process(30118, 'node', 'dev'), project: oldShop, ...page(5174, 200, 'Vite + React + TS'), ...ago(560) }),
    make(5353, { protocol: 'udp', ...all, speaks: { name: 'mDNS', by: 'port' } }),
    make(5432, {
      process: process(50005, 'postgres', 'dev'),
      processCount: 4,
      speaks: { name: 'PostgreSQL', by: 'role' },
      unit: 'postgresql@16-main.service',
      ...ago(5600),
    }),
    make(6379, {
      ...all,
      process: process(2210, 'redis-server', 'redis'),
      unit: 'redis-server.service',
      speaks: { name: 'Redis', by: 'role' },
      ...ago(5600),
    }),
    make(8080, {
      ...all,
      addresses: ['::'],
      process: process(5120, 'java', 'dev'),
      project: shop,
      ...page(8080, 503, 'Service unavailable – search is still reading its index, please come back in a while'),
      ...ago(44),
    }),
    make(9000, { container: container('minio', 9000), ...page(9000, 200, 'MinIO Console'), ...ago(2900) }),
    make(9200, { container: container('search', 9200), speaks: { name: 'Elasticsearch', by: 'port' }, ...ago(300) }),
    make(41641, { protocol: 'udp', addresses: ['192.168.0.14'], reach: 'network' }),
  ];
}

/** "Who has it?" of the same machine. */
export function samplePortAnswer(port: number, nowMs: number): PortAnswer {
  const holders = samplePorts(nowMs).filter((one) => one.port === port);
  const [holder] = holders;
  return {
    port,
    holders,
    betterAction: betterAction(holder),
    nextFreePort: port + 2,
    complaints:
      port === 3000
        ? [12, 95].map((seconds) => ({
            atMs: nowMs - seconds * 1000,
            source: 'shop-web-1',
            text: 'Error: listen EADDRINUSE: address already in use :::3000',
          }))
        : [],
  };
}

function betterAction(holder: LocalPort | undefined): PortAnswer['betterAction'] {
  if (holder === undefined) return null;
  const { container, unit, process } = holder;
  if (container !== null) return { kind: 'stop-container', id: container.id, name: container.name };
  if (unit !== null) return { kind: 'stop-unit', unit, scope: 'system' };
  return process === null ? null : { kind: 'stop-process', id: process.id, name: process.name, pid: process.pid };
}

export function sampleLeftovers(nowMs: number): readonly Leftover[] {
  const MB = 1024 ** 2;
  return [
    {
      processId: 'p30118',
      pid: 30118,
      name: 'node',
      command: 'node /home/dev/projects/old-shop/node_modules/.bin/vite --host --port 5174',
      startedAtMs: nowMs - 560 * minuteMs,
      listening: [5174],
      project: oldShop,
      memoryBytes: 388 * MB,
      because: ['terminal-gone', 'parent-gone', 'old', 'no-clients'],
    },
    {
      processId: 'p50007',
      pid: 50007,
      name: 'rust-analyzer',
      command: '/home/dev/.cargo/bin/rust-analyzer',
      startedAtMs: nowMs - 95 * minuteMs,
      listening: [],
      project: { name: 'engine', root: '/home/dev/projects/engine', branch: null },
      memoryBytes: 212 * MB,
      because: ['parent-gone'],
    },
  ];
}

/** Answers of the invented core about ports. `calm`: nothing was left running. */
export function createPortAnswers(calm: boolean) {
  return {
    'ports.list': () => samplePorts(Date.now()),
    'ports.who': ({ port }: { readonly port: number }) => samplePortAnswer(port, Date.now()),
    'ports.leftovers': () => (calm ? [] : sampleLeftovers(Date.now())),
  };
}
