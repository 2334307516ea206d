import { expect, test } from 'vitest';
import { samplePorts } from '../../../src-renderer/client/sample-ports';
import { portOfQuery } from '../../../src-renderer/frame/palette-port';
import { createUiStore, goTo, openProgram } from '../../../src-renderer/state/ui-store';
import { isChosen, parsePortFilter } from '../../../src-renderer/views/ports/port-filter';
import { localAddress } from '../../../src-renderer/views/ports/port-words';

const ports = samplePorts(1_000_000_000_000);
const found = (text: string) => ports.filter(parsePortFilter(text)).map(({ port }) => port);

test.each([
  ['3000', [3000]],
  ['300', [3000, 3001]],
  ['40118', [3000]],
  [':300', [3000, 3001]],
  ['port:3000-3001', [3000, 3001]],
  ['port:3001-3000', [3000, 3001]],
  ['name:node', [3000, 5174]],
  ['name:node -project:old', [3000]],
  ['unit:redis', [6379]],
  ['container:minio', [9000]],
  ['user:redis', [6379]],
  ['speaks:postgres', [5432]],
  ['reach:network', [41641]],
  ['title:"spring sale"', [3000]],
  ['"spring sale"', [3000]],
  ['feature/cart-badge udp', []],
  ['localhost:5174', [5174]],
  ['name:', []],
  ['constructor:x', []],
])('the filter %s', (text, expected) => expect(found(text)).toEqual(expected));

test('an empty filter leaves all; the switch narrows by reach and by page', () => {
  expect(found('  ')).toHaveLength(ports.length);
  expect(ports.filter((port) => isChosen(port, 'open')).every(({ reach }) => reach !== 'loopback')).toBe(true);
  expect(ports.filter((port) => isChosen(port, 'web')).map(({ port }) => port)).toEqual([3000, 3001, 5173, 5174, 8080, 9000]);
});

test.each([
  ['http://localhost:3000', true],
  ['https://127.0.0.1:8443/', true],
  ['http://[::1]:9000', true],
  ['http://192.168.0.14:80', false],
  ['http://localhost.evil.example/', false],
  ['http://localhost@evil.example/', false],
  ['http://localhost:80@evil.example/', false],
  ['javascript:alert(1)', false],
  [null, false],
])('only pages of this machine become links: %s', (url, opened) => expect(localAddress(url) !== null).toBe(opened));

test.each([
  ['3000', 3000],
  [' :3000 ', 3000],
  ['port 3000', 3000],
  ['PORT:3000', 3000],
  ['who has 3000', 3000],
  ['who has port 3000?', 3000],
  ["who's on 3000", 3000],
  ['what is on port 80', 80],
  ['3000 포트', 3000],
  ['3000번 포트 누가', 3000],
  ['포트 3000', 3000],
  ['누가 3000번 포트', 3000],
  ['0', null],
  ['65536', null],
  ['123456', null],
  ['node', null],
  ['port', null],
  ['node 3000', null],
])('the palette asks of %s for the port %s', (query, port) => expect(portOfQuery(query)).toBe(port));

test('a place with a port opens its card, one with a process its detail', () => {
  const ui = createUiStore();
  ui.setState({ paletteOpen: true, section: 'alerts' });
  goTo(ui, { section: 'processes', item: 'port:3000' });
  expect(ui.getState()).toMatchObject({ section: 'processes', processTab: 'ports', askedPort: 3000, selected: null, paletteOpen: false });
  goTo(ui, { section: 'processes', item: 'p40118' });
  expect(ui.getState()).toMatchObject({ askedPort: null, selected: { kind: 'process', id: 'p40118' } });
  goTo(ui, { section: 'processes', item: 'port:70000' });
  expect(ui.getState().askedPort).toBeNull();
});

test('a program is opened where the known programs are', () => {
  const ui = createUiStore();
  openProgram(ui, { exe: '/usr/bin/x', name: 'x' });
  expect(ui.getState()).toMatchObject({ section: 'processes', processTab: 'programs', programTarget: { exe: '/usr/bin/x', name: 'x' } });
});
