import type { Reason } from '../../src-shared/judgement';
import type { Container, EngineState } from '../../src-shared/snapshots';

const MB = 1024 ** 2;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Engines besides the usual one: a second that answers and three that do not, each for another reason. */
export const otherEngines: readonly EngineState[] = [
  {
    id: 'unix:///run/user/1000/podman/podman.sock',
    endpoint: 'unix:///run/user/1000/podman/podman.sock',
    origin: 'rootless socket',
    state: 'ok',
    detail: null,
    hint: null,
    identity: {
      name: 'podman',
      version: '5.3.1',
      apiVersion: '1.41',
      endpoint: 'unix:///run/user/1000/podman/podman.sock',
      origin: 'rootless socket',
    },
    coreCount: 8,
    diskUse: null,
  },
  silent('unix:///run/user/1000/docker.sock', 'context rootless', 'stopped', 'Nothing answers at /run/user/1000/docker.sock.', {
    hint: 'Start it: systemctl --user start docker',
  }),
  silent('unix:///run/containerd-root/docker.sock', 'context build', 'denied', 'Access to /run/containerd-root/docker.sock was refused.', {
    hint: 'Add your account to its group (it equals root), or use rootless Docker: sudo usermod -aG docker $USER',
  }),
];

function silent(
  endpoint: string,
  origin: string,
  state: EngineState['state'],
  detail: string,
  { hint }: { readonly hint: string },
): EngineState {
  return { id: endpoint, endpoint, origin, state, detail, hint, identity: null, coreCount: null, diskUse: null };
}

/** The given containers with some of them made special, and one more of every state that is missing. */
export function otherStates(containers: readonly Container[], nowMs: number): readonly Container[] {
  const first = containers.find((one) => one.state === 'running');
  if (!first) return containers;
  const make = (name: string, changes: Partial<Container>): Container => ({
    ...first,
    id: `${name}-5d0c77aa1b2e4f90a1b2c3d4e5f60718`,
    name,
    image: `registry.example.com/tools/${name}:1.4`,
    composeProject: null,
    composeService: null,
    ports: [],
    level: 'ok',
    cpuLevel: 'ok',
    memoryLevel: 'ok',
    cpuBusyRatio: 0.01,
    cpuHostRatio: 0.0025,
    cpuCores: 0.02,
    memoryUsedBytes: 24 * MB,
    memoryUsedRatio: 0.03,
    reasons: [],
    ...changes,
  });
  const off: Partial<Container> = {
    state: 'exited',
    pid: null,
    cpuCores: null,
    cpuBusyRatio: null,
    cpuHostRatio: null,
    memoryUsedBytes: null,
    memoryUsedRatio: null,
    networkReceivedBytes: null,
    networkSentBytes: null,
    cpuLevel: 'unknown',
    memoryLevel: 'unknown',
    level: 'inactive',
  };
  const reason = (rule: string, text: string, values: Reason['values'] = {}): Reason => ({ rule, text, values });
  const crashes = [12, 74, 171, 290].map((secondsAgo) => ({ atMs: nowMs - secondsAgo * 1000, exitCode: 1, oomKilled: false }));
  return [
    ...containers.map((one) => special(one, nowMs)),
    make('shop-importer-1', {
      ...off,
      composeProject: 'shop',
      state: 'restarting',
      exitCode: 1,
      restartCount: 14,
      recentCrashes: crashes,
      finishedAtMs: nowMs - 12_000,
      level: 'critical',
      reasons: [
        reason('container-crash-loop', 'Keeps crashing: restarted 14 times', { count: 14 }),
        reason('container-exited-error', 'Exited with code 1: the program reported an error', { exitCode: 1 }),
        reason('container-remedy-logs', 'Its last log lines say why.'),
      ],
    }),
    make('edge-gateway-1', {
      composeProject: 'edge',
      health: 'unhealthy',
      level: 'critical',
      lastProbe: {
        exitCode: 7,
        output: 'curl: (7) Failed to connect to localhost port 8080 after 0 ms: Connection refused',
        endedAtMs: nowMs - 9000,
        failingStreak: 4,
      },
      reasons: [reason('container-unhealthy', 'Health check fails')],
    }),
    make('obs-reports-1', { composeProject: 'obs', state: 'paused', level: 'warning', reasons: [reason('container-paused', 'Paused')] }),
    make('shop-migrate-1', {
      ...off,
      composeProject: 'shop',
      exitCode: 0,
      finishedAtMs: nowMs - 3 * hourMs,
      reasons: [reason('container-finished', 'Finished')],
    }),
    make('dev-seed-data-1', {
      ...off,
      composeProject: 'dev',
      state: 'created',
      startedAtMs: null,
      finishedAtMs: null,
      exitCode: null,
      reasons: [reason('container-never-started', 'Created, never started')],
    }),
    make('old-cache', {
      ...off,
      state: 'dead',
      exitCode: 255,
      finishedAtMs: nowMs - 2 * dayMs,
      level: 'critical',
      reasons: [reason('container-dead', 'Dead: the engine could not remove it')],
    }),
    make('scratch', {
      ...off,
      exitCode: 143,
      stopRequested: true,
      finishedAtMs: nowMs - 26 * hourMs,
      reasons: [reason('container-stopped', 'Stopped on request')],
    }),
    make('buildx_buildkit_default0', { memoryLimited: false, memoryUsedBytes: 180 * MB, memoryUsedRatio: 0.006, cpuAvailableCores: 8 }),
    make('k8s_app_web-7d4b9c6f5-x2x1p_default_1f', {
      pod: { namespace: 'default', name: 'web-7d4b9c6f5-x2x1p' },
      engineId: 'unix:///run/user/1000/podman/podman.sock',
    }),
    make('k8s_proxy_web-7d4b9c6f5-x2x1p_default_1f', {
      pod: { namespace: 'default', name: 'web-7d4b9c6f5-x2x1p' },
      engineId: 'unix:///run/user/1000/podman/podman.sock',
    }),
  ];
}

function special(container: Container, nowMs: number): Container {
  switch (container.name) {
    case 'auth-keycloak-1':
      return { ...container, memoryGrowthBytesPerSecond: 250_000, memoryFullInSeconds: 720 };
    case 'shop-web-1':
      return {
        ...container,
        newerThings: [
          { kind: 'image', name: 'registry.example.com/shop/web:2.14.0', changedAtMs: nowMs - 1_500_000 },
          { kind: 'mounted-file', name: '/home/dev/shop/web/src/cart/total.ts', changedAtMs: nowMs - 240_000 },
        ],
        reasons: [
          { rule: 'container-newer-image', text: 'A newer image', values: { name: 'registry.example.com/shop/web:2.14.0' } },
          { rule: 'container-newer-file', text: 'A newer file', values: { name: '/home/dev/shop/web/src/cart/total.ts' } },
        ],
      };
    default:
      return container;
  }
}
