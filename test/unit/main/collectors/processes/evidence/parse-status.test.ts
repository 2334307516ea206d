import { expect, test } from 'vitest';
import { parseStatus } from '../../../../../../src-main/collectors/processes/evidence/parse-status';

const text = (changes: Record<string, string> = {}) =>
  Object.entries({ Name: 'a', TracerPid: '0', Uid: '1000\t0\t0\t0', CapEff: '0000000000000000', ...changes })
    .map(([key, value]) => `${key}:\t${value}\n`)
    .join('');

test('users, tracer and strong capabilities', () => {
  expect(parseStatus(text({ TracerPid: '42', CapEff: '0000000000203000' }))).toEqual({
    realUid: 1000,
    effectiveUid: 0,
    tracerPid: 42,
    strongCapabilities: ['cap_net_admin', 'cap_net_raw', 'cap_sys_admin'],
  });
});

test('no capability is an empty list, an unknown set is null', () => {
  expect(parseStatus(text())).toMatchObject({ tracerPid: null, strongCapabilities: [] });
  expect(parseStatus('')).toEqual({ realUid: null, effectiveUid: null, tracerPid: null, strongCapabilities: null });
});

test('bits above 31 count, weak ones do not', () => {
  expect(parseStatus(text({ CapEff: '0000008000000420' })).strongCapabilities).toEqual(['cap_bpf']);
});

test('a name that looks like another line does not count', () => {
  // The kernel writes line breaks in names as \\n.
  expect(parseStatus(`Name:\tx\\nTracerPid:\t7\n${text()}`).tracerPid).toBeNull();
});
