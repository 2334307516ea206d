import type { Clock } from '../../platform/clock';
import { connectBus, type DBusConnection } from '../../platform/dbus-connection';
import { DBusReader } from '../../platform/dbus-message';
import type { ListedUnit } from './parse-systemd';

/**
 * The list of loaded units over a kept connection to the bus: what `systemctl list-units` asks, without starting a program.
 * A spawn costs 3-6 ms in a process of the core's size, and systemctl 5 ms more; this costs 1 ms. See docs/adr/0009.
 */
export interface UnitsByBus {
  /** Null when the bus cannot be asked now: then systemctl is. */
  list(): Promise<readonly ListedUnit[] | null>;
  close(): void;
}

const callTimeoutMs = 3_000;
/** After a failure systemctl is asked for so long before the bus is tried again. */
const retryAfterMs = 30_000;

export function createUnitsByBus(socketPath: string, uid: number, clock: Clock): UnitsByBus {
  let connection: DBusConnection | null = null;
  let failedAtMs = Number.NEGATIVE_INFINITY;
  return {
    async list() {
      if (clock.monotonicMs() - failedAtMs < retryAfterMs) return null;
      try {
        if (connection === null || !connection.isOpen) connection = await connectBus(socketPath, uid, callTimeoutMs);
        return parseUnits(await connection.call(listUnits, callTimeoutMs));
      } catch {
        // No bus, not allowed, broken off: whatever it is, systemctl says it in words that are understood, or knows another way.
        failedAtMs = clock.monotonicMs();
        connection?.close();
        connection = null;
        return null;
      }
    },
    close() {
      connection?.close();
      connection = null;
    },
  };
}

const listUnits = {
  path: '/org/freedesktop/systemd1',
  interface: 'org.freedesktop.systemd1.Manager',
  member: 'ListUnitsByPatterns',
  destination: 'org.freedesktop.systemd1',
  stringArrays: [[], ['*.service', '*.timer', '*.socket']],
} as const;

/** a(ssssssouso): name, description, load, active and sub state, what it follows, path, job id, job type, job path. */
export function parseUnits(body: Buffer): readonly ListedUnit[] {
  const reader = new DBusReader(body);
  const units: ListedUnit[] = [];
  if (reader.uint32() === 0) return units;
  while (!reader.atEnd) {
    reader.align(8);
    const unit = reader.string();
    const description = reader.string();
    const loadState = reader.string();
    const activeState = reader.string();
    const subState = reader.string();
    units.push({ unit, loadState, activeState, subState, description });
    reader.skipString();
    reader.skipString();
    reader.uint32();
    reader.skipString();
    reader.skipString();
  }
  return units;
}
