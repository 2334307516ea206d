import { expect, test } from 'vitest';
import { createWatchList, fullUnitName } from '../../../../../src-main/collectors/services/watch-list';

test('a name without a suffix is a service', () => {
  expect(['ssh', 'backup.timer', 'getty@tty1', 'node.js'].map(fullUnitName)).toEqual([
    'ssh.service',
    'backup.timer',
    'getty@tty1.service',
    'node.js.service',
  ]);
});

test('well-known units and those of the settings match, ignored ones do not', () => {
  const list = createWatchList({ watch: ['my-app', 'worker-*-a'], ignore: ['cups', 'postgresql@9*'] });
  const asked = ['ssh', 'my-app', 'worker-7-a', 'postgresql@16-main', 'cups', 'postgresql@9.6-main', 'worker-7-b', 'other', 'worker--a'];
  expect(asked.filter((name) => list.matches(`${name}.service`))).toEqual([
    'ssh',
    'my-app',
    'worker-7-a',
    'postgresql@16-main',
    'worker--a',
  ]);
  expect(list.ignores('cups.service')).toBe(true);
  expect(list.named).toEqual(['my-app.service']);
});

test('the parts of a pattern do not overlap', () => {
  const list = createWatchList({ watch: ['ab*ba.service'], ignore: [] });
  expect(['ab-ba.service', 'abba.service', 'aba.service'].filter(list.matches)).toEqual(['ab-ba.service', 'abba.service']);
});

test('what cannot be a unit name never reaches systemctl and is told', () => {
  const list = createWatchList({
    watch: ['two words', '--all', '', 'ok\nX=1', 'fine', '../etc', 'home.mount', 'x.timer'],
    ignore: ['a b'],
  });
  expect(list.named).toEqual(['fine.service', 'x.timer']);
  expect(list.refused).toEqual(['two words', '--all', '', 'ok\nX=1', '../etc', 'home.mount', 'a b']);
});

test('a name both watched and ignored is ignored; the same settings have the same key', () => {
  expect(createWatchList({ watch: ['a'], ignore: ['a'] }).named).toEqual([]);
  expect(createWatchList({ watch: ['a'], ignore: [] }).key).toBe(createWatchList({ watch: ['a'], ignore: [] }).key);
  expect(createWatchList({ watch: ['a'], ignore: [] }).key).not.toBe(createWatchList({ watch: [], ignore: ['a'] }).key);
});
