import type { ContainerDetail, NextLines, StreamedLine } from '../../src-shared/contract';

const minuteMs = 60_000;

/** What the engine would tell about any invented container. */
export function sampleContainerDetail(id: string, nowMs: number): ContainerDetail {
  const trouble = /postgres|importer/.test(id);
  return {
    id,
    imageId: 'sha256:9f2c41d0a7be55aa81f3b0c9d2e47716a3f0c8b1e2d94f5a6b7c8d9e0f1a2b3c',
    imageDigest: 'registry.example.com/shop/app@sha256:41d0a7be55aa81f3b0c9d2e47716a3f0c8b1e2d94f5a6b7c8d9e0f1a2b3c4d5e',
    imageCreatedAtMs: nowMs - 9 * 86_400_000,
    entrypoint: ['docker-entrypoint.sh'],
    command: ['postgres', '-c', 'shared_buffers=256MB'],
    workingDirectory: '/srv/app',
    user: 'app',
    restartPolicy: trouble ? 'on-failure:5' : 'unless-stopped',
    privileged: false,
    mounts: [
      { kind: 'volume', source: 'shop_data', target: '/var/lib/postgresql/data', readOnly: false },
      { kind: 'bind', source: '/home/dev/shop/deploy/conf.d', target: '/etc/app/conf.d', readOnly: true },
    ],
    networks: [
      { name: 'shop_default', address: '172.20.0.5' },
      { name: 'edge', address: '172.21.0.3' },
    ],
    environmentNames: ['PATH', 'POSTGRES_PASSWORD', 'POSTGRES_USER', 'DATABASE_URL', 'TZ'],
    labels: [
      { name: 'com.docker.compose.project', value: 'shop' },
      { name: 'com.docker.compose.service', value: 'postgres' },
      { name: 'com.docker.compose.project.working_dir', value: '/home/dev/shop' },
      { name: 'org.opencontainers.image.revision', value: '4f1d2c9' },
    ],
    healthProbes: /gateway/.test(id)
      ? [9, 39, 69].map((secondsAgo) => ({
          endedAtMs: nowMs - secondsAgo * 1000,
          exitCode: 7,
          output: 'curl: (7) Failed to connect to localhost port 8080 after 0 ms: Connection refused',
        }))
      : [],
    events: trouble
      ? [
          { atMs: nowMs - 12_000, action: 'die', exitCode: 137, signal: null },
          { atMs: nowMs - 12_100, action: 'oom', exitCode: null, signal: null },
          { atMs: nowMs - 7_200_000, action: 'start', exitCode: null, signal: null },
          { atMs: nowMs - 7_203_000, action: 'die', exitCode: 137, signal: null },
          { atMs: nowMs - 9_000_000, action: 'start', exitCode: null, signal: null },
        ]
      : [
          { atMs: nowMs - 40 * minuteMs, action: 'exec_start: sh -c "echo ready"', exitCode: null, signal: null },
          { atMs: nowMs - 3 * 60 * minuteMs, action: 'start', exitCode: null, signal: null },
          { atMs: nowMs - 3 * 60 * minuteMs - 2000, action: 'die', exitCode: 143, signal: null },
          { atMs: nowMs - 3 * 60 * minuteMs - 2400, action: 'kill', exitCode: null, signal: '15' },
        ],
    changes: trouble
      ? {
          goodRunStartedAtMs: nowMs - 86_400_000,
          goodRunLastedMs: 21 * 3_600_000,
          changes: [
            { what: 'image-content', kind: 'changed', name: '', before: 'sha256:77ab02c9e1', after: 'sha256:9f2c41d0a7' },
            { what: 'limit', kind: 'changed', name: 'memory', before: '1 GB', after: '512 MB' },
            { what: 'environment', kind: 'added', name: 'POSTGRES_INITDB_ARGS', before: null, after: null },
            { what: 'environment', kind: 'changed', name: 'DATABASE_URL', before: null, after: null },
            { what: 'mount', kind: 'removed', name: '/etc/app/certs', before: '/home/dev/shop/certs', after: null },
          ],
        }
      : null,
  };
}

const texts = [
  'GET /cart 200 12 ms',
  'POST /orders 201 48 ms',
  'cache hit ratio 0.94 over 1,204 lookups',
  'ERROR pool: connection refused to postgres:5432',
  '<img src=x onerror=alert(1)> "hostile" \u001b[31mred\u001b[0m \u202egnp.txt',
  'worker 3 took job 9912 (attempt 2/5) from queue orders.high and hands it to the payment gateway, waiting at most 30 s for its answer',
];

/** A log that gains a line or two with every question. */
export function createSampleLog(tail: number) {
  let number = 0;
  const line = (atMs: number): StreamedLine => {
    number += 1;
    const text = texts[number % texts.length] ?? '';
    return { number, atMs, text, cutBytes: 0, origin: null, level: text.startsWith('ERROR') ? 'error' : null };
  };
  return {
    async next(nowMs: number): Promise<NextLines> {
      const first = number === 0;
      if (!first) await new Promise((resolve) => setTimeout(resolve, 900));
      const count = first ? tail : 2;
      const lines = Array.from({ length: count }, (_, index) => line(first ? nowMs - (count - index) * 700 : nowMs));
      return { lines, droppedCount: 0, state: 'following', detail: null };
    },
  };
}
