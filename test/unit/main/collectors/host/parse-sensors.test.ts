import { expect, test } from 'vitest';
import { parseBattery, parseTemperatures } from '../../../../../src-main/collectors/host/parse-sensors';

test('temperatures in degrees; what cannot be is left out', () => {
  expect(
    parseTemperatures([
      { chip: 'k10temp', label: 'Tctl', input: '45125\n' },
      { chip: 'acpitz', label: null, input: '0' },
      { chip: 'broken', label: null, input: '-128000' },
      { chip: 'broken', label: null, input: '255000' },
      { chip: 'asleep', label: null, input: null },
      { chip: 'empty', label: null, input: '' },
    ]),
  ).toEqual([
    { label: 'k10temp Tctl', celsius: 45.125 },
    { label: 'acpitz', celsius: 0 },
  ]);
});

const supply = { type: 'Battery', scope: null, capacity: '50', status: 'Discharging', full: null };

test('one battery for all of the machine, mice not counted', () => {
  expect(parseBattery([supply, { ...supply, scope: 'Device', capacity: '3' }, { ...supply, type: 'Mains', capacity: null }])).toEqual({
    chargeRatio: 0.5,
    charging: false,
  });
  expect(
    parseBattery([
      { ...supply, capacity: '100', full: '3000' },
      { ...supply, capacity: '20', full: '1000', status: 'Charging' },
    ]),
  ).toEqual({ chargeRatio: 0.8, charging: true });
  expect(parseBattery([{ ...supply, type: 'Mains' }])).toBeNull();
  expect(parseBattery([])).toBeNull();
});
