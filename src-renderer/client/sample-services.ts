import type { Reason } from '../../src-shared/judgement';
import type { Level } from '../../src-shared/level';
import type { Service, ServiceState, ServicesSnapshot } from '../../src-shared/snapshots';

const MB = 1024 ** 2;
const units =
  'ssh cron docker containerd nginx postgresql redis-server NetworkManager systemd-resolved systemd-journald systemd-logind systemd-udevd dbus polkit cups avahi-daemon bluetooth accounts-daemon udisks2 upower rsyslog chrony fail2ban ufw snapd gdm wpa_supplicant ModemManager thermald fwupd irqbalance unattended-upgrades apparmor libvirtd grafana-agent node-exporter'.split(
    ' ',
  );

export function sampleServices(trouble: boolean, nowMs: number): ServicesSnapshot {
  const calm = units.map((unit, index) =>
    service(`${unit}.service`, index > 30 ? 'inactive' : index % 11 === 10 ? 'active (exited)' : 'active', nowMs),
  );
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
  return { method: 'systemd', services: [...calm, ...bad], unreadScopes: [], ports: [], level: trouble ? 'critical' : 'ok' };
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
