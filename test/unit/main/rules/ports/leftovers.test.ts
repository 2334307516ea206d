import { expect, test } from 'vitest';
import { judgeLeftovers, type LeftoverSources } from '../../../../../src-main/rules/ports/leftovers';
import type { Process } from '../../../../../src-shared/snapshots';
import { processesWithIds } from '../../../../helpers/processes-with-ids';
import { processFacts } from '../sample-facts';

const nowMs = 100_000_000;
const hour = 3_600_000;

/** A Vite server whose terminal was closed: its shell, the leader of its session, is gone, and the first process adopted it. */
function vite(over: Partial<Process> = {}): Process {
  const [row] = processesWithIds([
    processFacts({
      pid: 50,
      ppid: 1,
      name: 'node',
      command: 'node vite',
      startedAtMs: nowMs - 5 * hour,
      sessionId: 40,
      listening: [{ protocol: 'tcp', address: '127.0.0.1', port: 5173 }],
      rssBytes: 90,
    }),
  ]);
  if (row === undefined) throw new Error('one row in, one row out');
  return { ...row, role: { layer: 'program', entry: 'vite', category: 'developer', claimed: false, values: {} }, ...over };
}

function judge(processes: readonly Process[], over: Partial<LeftoverSources> = {}) {
  return judgeLeftovers({
    processes,
    nowMs,
    projectOf: () => null,
    entryOf: (id) => (id === 'vite' ? { developerTool: true } : {}),
    clientCountOf: () => 0,
    ...over,
  });
}

test('lists a development server whose terminal is gone, and says why', () => {
  expect(judge([vite()])).toEqual([
    {
      processId: 'id-50-5',
      pid: 50,
      name: 'node',
      command: 'node vite',
      startedAtMs: nowMs - 5 * hour,
      listening: [5173],
      project: null,
      memoryBytes: 90,
      because: ['terminal-gone', 'parent-gone', 'old', 'no-clients'],
    },
  ]);
});

const reasonsNot: readonly (readonly [string, Partial<Process>])[] = [
  ['it is young', { startedAtMs: nowMs - hour / 2 }],
  ['a unit looks after it', { unit: 'shop.service' }],
  ['it lives in a container', { container: 'c'.repeat(64) }],
  ['it is no helper of development', { role: { layer: 'base', entry: 'nginx', category: 'web-server', claimed: false, values: {} } }],
  ['it only bears the name', { role: { layer: 'base', entry: 'vite', category: 'developer', claimed: true, values: {} } }],
  ['its parent and its terminal are there', { ppid: 40, sessionId: 50, terminal: 'pts/1' }],
];
test.each(reasonsNot)('not when %s', (_why, over) => {
  const [shell] = processesWithIds([processFacts({ pid: 40, ppid: 30, name: 'bash', sessionId: 40, terminal: 'pts/1' })]);
  expect(judge([...(shell === undefined ? [] : [shell]), vite(over)])).toEqual([]);
});

test('not while somebody is connected to it; what cannot be seen is not called "no clients"', () => {
  expect(judge([vite()], { clientCountOf: () => 2 })).toEqual([]);
  expect(judge([vite()], { clientCountOf: () => null })[0]?.because).toEqual(['terminal-gone', 'parent-gone', 'old']);
});

test('a scope of the desktop is not a unit that looks after it', () => {
  expect(judge([vite({ unit: 'vte-spawn-1234.scope' })])).toHaveLength(1);
});

test('lists the topmost of a tree only, the biggest first', () => {
  const child = vite({ pid: 51, ppid: 50, id: 'child', rssBytes: 500 });
  const other = vite({ pid: 60, id: 'other', rssBytes: 200 });
  expect(judge([vite(), child, other]).map(({ pid }) => pid)).toEqual([60, 50]);
});
