import { readdir, readFile } from 'node:fs/promises';
import type { HostFacts } from '../../../src-shared/snapshots/host';
import { isDenied, isUnsupported, isVanished } from '../../platform/proc-errors';
import { type PowerSupplyText, parseBattery, parseTemperatures, type TemperatureText } from './parse-sensors';

export type SensorFacts = Pick<HostFacts, 'temperatures' | 'battery'>;

/** Asynchronous, unlike the rest: a sensor behind a slow bus or the firmware may take tens of milliseconds. */
export async function readSensors(sysRoot: string): Promise<SensorFacts> {
  const [monitors, zones, supplies] = await Promise.all([
    readHardwareMonitors(`${sysRoot}/class/hwmon`),
    readThermalZones(`${sysRoot}/class/thermal`),
    readPowerSupplies(`${sysRoot}/class/power_supply`),
  ]);
  const temperatures = parseTemperatures(monitors);
  return { temperatures: temperatures.length > 0 ? temperatures : parseTemperatures(zones), battery: parseBattery(supplies) };
}

async function readHardwareMonitors(directory: string): Promise<readonly TemperatureText[]> {
  const texts: TemperatureText[] = [];
  for (const monitor of await list(directory)) {
    const path = `${directory}/${monitor}`;
    const inputs = (await list(path)).filter((name) => /^temp\d+_input$/.test(name));
    if (inputs.length === 0) continue;
    const chip = (await text(`${path}/name`)) ?? monitor;
    for (const name of inputs) {
      texts.push({ chip, label: await text(`${path}/${name.replace('_input', '_label')}`), input: await text(`${path}/${name}`) });
    }
  }
  return texts;
}

async function readThermalZones(directory: string): Promise<readonly TemperatureText[]> {
  const texts: TemperatureText[] = [];
  for (const zone of await list(directory)) {
    if (!zone.startsWith('thermal_zone')) continue;
    texts.push({ chip: (await text(`${directory}/${zone}/type`)) ?? zone, label: null, input: await text(`${directory}/${zone}/temp`) });
  }
  return texts;
}

async function readPowerSupplies(directory: string): Promise<readonly PowerSupplyText[]> {
  const supplies: PowerSupplyText[] = [];
  for (const name of await list(directory)) {
    const read = (file: string) => text(`${directory}/${name}/${file}`);
    supplies.push({
      type: await read('type'),
      scope: await read('scope'),
      capacity: await read('capacity'),
      status: await read('status'),
      full: (await read('energy_full')) ?? (await read('charge_full')),
    });
  }
  return supplies;
}

async function list(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return [];
    throw error;
  }
}

async function text(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isVanished(error) || isDenied(error) || isUnsupported(error)) return null;
    throw error;
  }
}
