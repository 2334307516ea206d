import type { ServiceExplanation } from '../../src-shared/contract';
import type { Reason } from '../../src-shared/judgement';
import type { Level } from '../../src-shared/level';
import type { PortCheck, Service, ServiceState, ServicesSnapshot, SocketFacts, TimerFacts } from '../../src-shared/snapshots';

const MB = 1024 ** 2;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const units =
  'ssh cron docker containerd nginx postgresql redis-server NetworkManager systemd-resolved systemd-journald systemd-logind systemd-udevd dbus polkit cups avahi-daemon bluetooth accounts-daemon udisks2 upower rsyslog chrony fail2ban ufw snapd gdm wpa_supplicant ModemManager thermald fwupd irqbalance unattended-upgrades apparmor libvirtd grafana-agent node-exporter'.split(
    ' ',
  );
const userUnits = ['pipewire', 'wireplumber', 'gnome-keyring-daemon', 'syncthing'];

export function sampleServices(trouble: boolean, nowMs: number): ServicesSnapshot {
  const calm = units.map((unit, index) =>
    service(`${unit}.service`, index > 30 ? 'inactive' : index % 11 === 10 ? 'active (exited)' : 'active', nowMs),
  );
  const ofUser = userUnits.map((unit) => ({ ...service(`${unit}.service`, 'active', nowMs), scope: 'user' as const, watched: false }));
  const bad = trouble
    ? [
        service('backup.service', 'failed', nowMs, {
          rule: 'service-failed-exit-code',
          text: 'Failed with exit code 1',
          values: { exitStatus: 1 },
        }),
        service('mail-relay.service', 'auto-restart', nowMs, {
          rule: 'service-auto-restart',
          text: 'Waiting to be restarted, 4 restarts so far',
          values: { count: 4 },
        }),
      ]
    : [];
  return {
    method: 'systemd',
    services: [...calm, ...bad, ...ofUser, ...sampleTimers(trouble, nowMs), ...sampleSockets(nowMs)],
    unreadScopes: [],
    ports: samplePorts(trouble, nowMs),
    level: trouble ? 'critical' : 'ok',
  };
}

const levelOfState: Partial<Record<ServiceState, Level>> = { failed: 'critical', 'auto-restart': 'warning', inactive: 'inactive' };

function service(unit: string, state: ServiceState, nowMs: number, reason?: Reason): Service {
  const up = state.startsWith('active');
  return {
    unit,
    kind: 'service',
    timer: null,
    socket: null,
    scope: 'system',
    description: `${unit.replace('.service', '')} daemon`,
    loadState: 'loaded',
    activeState: state.split(' ')[0] ?? state,
    subState: up ? 'running' : 'dead',
    state,
    watched: true,
    mainPid: up ? 900 + unit.length : null,
    cpuCores: up ? 0.01 : null,
    memoryBytes: up ? 12 * MB : null,
    taskCount: up ? 3 : null,
    restartCount: state === 'failed' ? 4 : 0,
    result: state === 'failed' ? 'exit-code' : 'success',
    exitStatus: state === 'failed' ? 1 : 0,
    stateSinceMs: nowMs - 183_000,
    level: levelOfState[state] ?? 'ok',
    reasons: reason ? [reason] : [],
  };
}

function sampleTimers(trouble: boolean, nowMs: number): readonly Service[] {
  const timer = (unit: string, starts: string, lastRunAtMs: number | null, nextRunAtMs: number | null): Service => ({
    ...other(unit, `Starts ${starts}`, nowMs),
    kind: 'timer',
    timer: { unit: starts, lastRunAtMs, nextRunAtMs } satisfies TimerFacts,
    ...(lastRunAtMs === null ? { result: null, exitStatus: null } : {}),
    ...(nextRunAtMs === null ? { state: 'inactive', activeState: 'inactive', level: 'inactive' } : {}),
  });
  return [
    {
      ...timer('backup.timer', 'backup.service', nowMs - 183_000, nowMs + 57 * minuteMs),
      ...(trouble ? { result: 'exit-code', exitStatus: 1 } : {}),
    },
    timer('logrotate.timer', 'logrotate.service', nowMs - 12 * hourMs, nowMs + 12 * hourMs),
    timer('apt-daily.timer', 'apt-daily.service', nowMs - 3 * hourMs, nowMs + 5.2 * hourMs),
    timer('fstrim.timer', 'fstrim.service', nowMs - 5 * 24 * hourMs, nowMs + 2 * 24 * hourMs),
    timer('man-db.timer', 'man-db.service', null, null),
  ];
}

function sampleSockets(nowMs: number): readonly Service[] {
  const socket = (unit: string, starts: string, listens: readonly string[], open: number | null, accepted: number | null): Service => ({
    ...other(unit, `${unit.replace('.socket', '')} activation socket`, nowMs),
    kind: 'socket',
    socket: { unit: starts, listens, openCount: open, acceptedCount: accepted } satisfies SocketFacts,
  });
  return [
    socket('docker.socket', 'docker.service', ['/run/docker.sock'], 4, 1203),
    socket('ssh.socket', 'ssh.service', ['0.0.0.0:22', '[::]:22'], 1, 17),
    socket('systemd-journald.socket', 'systemd-journald.service', ['/run/systemd/journal/stdout', '/run/systemd/journal/socket'], 61, 402),
    socket('dbus.socket', 'dbus.service', ['/run/dbus/system_bus_socket'], null, null),
  ];
}

function other(unit: string, description: string, nowMs: number): Service {
  return {
    ...service(unit, 'active', nowMs),
    description,
    subState: 'waiting',
    watched: false,
    mainPid: null,
    cpuCores: null,
    memoryBytes: null,
    taskCount: null,
    restartCount: null,
  };
}

function samplePorts(trouble: boolean, nowMs: number): readonly PortCheck[] {
  const check = (name: string, port: number, state: PortCheck['state']): PortCheck => ({
    name,
    port,
    state,
    tookMs: state === 'timeout' ? null : 0.4,
    checkedAtMs: nowMs - 700,
  });
  return [
    check('PostgreSQL', 5432, trouble ? 'closed' : 'open'),
    check('MySQL', 3306, 'closed'),
    check('Redis', 6379, 'open'),
    check('MongoDB', 27_017, trouble ? 'timeout' : 'closed'),
    check('HTTP', 8080, 'open'),
  ];
}

/** One unit on one card, as the core explains it. */
export function sampleExplanation(unit: string, nowMs: number): ServiceExplanation {
  const common = {
    unit,
    description: `${unit.replace(/\.\w+$/, '')} daemon`,
    unitFile: `/usr/lib/systemd/system/${unit}`,
    unitFileState: 'enabled',
    needs: ['sysinit.target', 'network-online.target'],
    neededBy: ['multi-user.target'],
    triggeredBy: [] as readonly string[],
    journalUnreadable: null,
  };
  if (unit !== 'backup.service')
    return {
      ...common,
      documentation: ['man:sshd(8)', 'https://www.openssh.com/manual.html'],
      command: `/usr/sbin/${unit.replace(/\.\w+$/, '')} -D`,
      sentences: [],
      restartPolicy: 'on-failure',
      nextStartAtMs: null,
      lastLines: [{ atMs: nowMs - 183_000, text: `Started ${unit}.`, priority: 6 }],
    };
  const line = (agoMs: number, text: string, priority: number) => ({ atMs: nowMs - agoMs, text, priority });
  return {
    ...common,
    description: 'Nightly backup of the shop database',
    documentation: ['https://wiki.example.com/backup', 'man:pg_dump(1)', 'javascript:alert(1)'],
    command: '/usr/local/bin/backup --database shop --target /srv/backup --compress zstd',
    unitFile: '/etc/systemd/system/backup.service',
    sentences: [
      { rule: 'service-failed-exit-code', text: 'Failed with exit code 1', values: { exitStatus: 1 } },
      { rule: 'sample-gave-up', text: 'systemd tried 4 times within 10 s and gave up.', values: {} },
      { rule: 'sample-timer', text: 'backup.timer starts it again in 57 min.', values: {} },
    ],
    restartPolicy: 'on-failure',
    nextStartAtMs: nowMs + 57 * minuteMs,
    triggeredBy: ['backup.timer'],
    lastLines: [
      line(189_000, 'backup: dumping database shop', 6),
      line(184_000, 'pg_dump: error: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused', 3),
      line(183_200, 'backup.service: Main process exited, code=exited, status=1/FAILURE', 5),
      line(183_000, "backup.service: Failed with result 'exit-code'.", 4),
    ],
  };
}
