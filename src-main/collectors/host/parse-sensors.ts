import type { HostFacts } from '../../../src-shared/snapshots/host';

/** One temp*_input of hwmon, or one thermal zone, as text; the label may be missing. */
export interface TemperatureText {
  readonly chip: string;
  readonly label: string | null;
  readonly input: string | null;
}

/** Outside this a sensor is not connected or not calibrated (boards report -128 or 255). */
const lowestCelsius = -40;
const highestCelsius = 150;

/** Millidegrees as the kernel gives them (Documentation/hwmon/sysfs-interface.rst); readings that cannot be are left out. */
export function parseTemperatures(texts: readonly TemperatureText[]): HostFacts['temperatures'] {
  return texts.flatMap(({ chip, label, input }) => {
    const celsius = input === null || input.trim() === '' ? Number.NaN : Number(input) / 1000;
    if (!(celsius > lowestCelsius && celsius < highestCelsius)) return [];
    const words = [chip, label].map((word) => word?.trim() ?? '').filter((word) => word !== '');
    return [{ label: words.join(' '), celsius }];
  });
}

/** The files of one /sys/class/power_supply/<name>, as text. */
export interface PowerSupplyText {
  readonly type: string | null;
  /** "Device" for the battery of a mouse or headset. */
  readonly scope: string | null;
  readonly capacity: string | null;
  readonly status: string | null;
  /** energy_full or charge_full: the weight of this battery among several. */
  readonly full: string | null;
}

/** The batteries of the machine itself as one, weighted by size; null when there is none. */
export function parseBattery(supplies: readonly PowerSupplyText[]): HostFacts['battery'] {
  const batteries = supplies.flatMap((supply) => {
    const capacity = Number.parseFloat(supply.capacity ?? '');
    if (supply.type?.trim() !== 'Battery' || supply.scope?.trim() === 'Device' || Number.isNaN(capacity)) return [];
    const full = Number.parseFloat(supply.full ?? '');
    return [{ ratio: Math.min(1, Math.max(0, capacity / 100)), weight: full > 0 ? full : 1, status: supply.status?.trim() ?? '' }];
  });
  if (batteries.length === 0) return null;
  const weight = batteries.reduce((sum, battery) => sum + battery.weight, 0);
  return {
    chargeRatio: batteries.reduce((sum, battery) => sum + battery.ratio * battery.weight, 0) / weight,
    charging: batteries.some((battery) => battery.status === 'Charging'),
  };
}
