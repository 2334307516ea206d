import { describe, expect, test } from 'vitest';
import { sampleProcesses } from '../../../src-renderer/client/sample-processes';
import { keepOrder, placeNew } from '../../../src-renderer/components/use-held-order';
import { chosenColumns, columnGrid, folderName, processColumns, sortValue } from '../../../src-renderer/views/processes/process-columns';
import { processAsTabs, processesAsCsv, processesAsJson } from '../../../src-renderer/views/processes/process-export';
import { markedForMs, markOf, nextMarks } from '../../../src-renderer/views/processes/process-marks';
import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import type { Process } from '../../../src-shared/snapshots';

const nowMs = 1_790_000_000_000;
const { processes } = sampleProcesses(40, true, nowMs, () => 0.5);
const texts: ProcessTexts = { role: () => 'What it is', container: () => 'web', pod: () => '', reasons: () => 'why' };

function process(index: number, change: Partial<Process> = {}): Process {
  const found = processes[index];
  if (found === undefined) throw new Error('no sample');
  return { ...found, ...change };
}

describe('marks of new and gone processes', () => {
  const [a, b, c] = [process(0), process(1), process(2)];

  test('the first look marks nothing', () => {
    const marks = nextMarks(null, [a, b], nowMs);
    expect([markOf(marks, a.id), markOf(marks, b.id)]).toEqual([null, null]);
  });

  test('new ones and gone ones are marked for a moment, then no more', () => {
    const first = nextMarks(null, [a, b], nowMs);
    const second = nextMarks(first, [b, c], nowMs + 1000);
    expect([markOf(second, a.id), markOf(second, b.id), markOf(second, c.id)]).toEqual(['gone', null, 'new']);
    expect(second.gone.get(a.id)?.process).toBe(a);
    const held = nextMarks(second, [b, c], nowMs + 1000 + markedForMs - 1);
    expect([markOf(held, a.id), markOf(held, c.id)]).toEqual(['gone', 'new']);
    const later = nextMarks(held, [b, c], nowMs + 1000 + markedForMs);
    expect([markOf(later, a.id), markOf(later, c.id)]).toEqual([null, null]);
  });

  test('one that is there again is not gone', () => {
    const gone = nextMarks(nextMarks(null, [a, b], nowMs), [b], nowMs + 1000);
    expect(markOf(nextMarks(gone, [a, b], nowMs + 2000), a.id)).toBe('new');
  });

  test('after a long gap differences are no news', () => {
    const marks = nextMarks(nextMarks(null, [a], nowMs), [b], nowMs + 60_000);
    expect([markOf(marks, a.id), markOf(marks, b.id)]).toEqual([null, null]);
  });
});

describe('the order while it is held', () => {
  test('new ones stand behind the one they should follow; the others stay', () => {
    expect(placeNew(['c', 'a', 'b'], ['x', 'a', 'y', 'b', 'c', 'z'])).toEqual(['x', 'c', 'z', 'a', 'y', 'b']);
    expect(placeNew(['c', 'a'], ['a'])).toEqual(['a']);
    const before = ['b', 'a'];
    expect(placeNew(before, ['a', 'b'])).toBe(before);
    expect(keepOrder(before, ['x', 'a', 'b'])).toEqual(['b', 'a', 'x']);
  });
});

describe('columns', () => {
  test('nothing chosen: the usual ones, fewer where there is little room', () => {
    const wide = chosenColumns([], true);
    const narrow = chosenColumns([], false);
    expect(narrow.length).toBeLessThan(wide.length);
    expect(narrow.every((column) => wide.includes(column))).toBe(true);
  });

  test('unknown ones are left out, the fixed ones stay, the order is ours', () => {
    expect(chosenColumns(['command', 'colour', 'cpu'], true)).toEqual(['score', 'name', 'cpu', 'command']);
  });

  test('the usual ones fit the smallest window', () => {
    const room = 1100 - 148 - 22;
    expect(columnGrid(chosenColumns([], false)).minWidth).toBeLessThanOrEqual(room);
    expect(columnGrid(chosenColumns([], false), true).minWidth).toBeLessThanOrEqual(room);
  });

  test('every column has a value to sort by', () => {
    for (const column of processColumns) expect(['number', 'string', 'object']).toContain(typeof sortValue(process(0), column, texts));
  });

  test('the last part of a path', () => {
    expect(folderName('/home/dev/shop/')).toBe('shop');
    expect(folderName('C:\\work\\shop')).toBe('shop');
    expect(folderName('/')).toBe('/');
  });
});

describe('exports', () => {
  const columns = ['score', 'name', 'user', 'memory', 'command'] as const;

  test('CSV keeps commas, quotes and lines in their field, and units in the heading', () => {
    const csv = processesAsCsv([process(0, { name: 'a "b", c', command: 'one\ntwo', user: null, rssBytes: 2048 })], columns, texts);
    expect(csv).toBe('\ufeffscore,riskLevel,name,user,rssBytes,command\r\n95,high,"a ""b"", c",,2048,"one\ntwo"\r\n');
  });

  test.each(['=cmd|x', '+1', '-1', '@a', '\tx'])('a name that a spreadsheet would compute is text: %j', (name) => {
    expect(processesAsCsv([process(0, { name })], ['name'], texts)).toBe(`\ufeffname\r\n'${name}\r\n`);
  });

  test('JSON has one object a process, with null for unknown', () => {
    const [record] = JSON.parse(processesAsJson([process(0, { user: null, startedAtMs: nowMs })], processColumns, texts));
    expect(record).toMatchObject({ user: null, startedAt: new Date(nowMs).toISOString(), pid: 31337, threat: 95, exposure: 25 });
  });

  test('hands on no secret of a command line', () => {
    const rows = [process(0, { command: `mysqld --password="hunter2hunter" amqp://me:hunter2hunter@mq/` })];
    const all = [processesAsCsv(rows, ['command'], texts), processesAsJson(rows, ['command'], texts)];
    expect(all.join('')).not.toContain('hunter2');
    expect(all[0]?.match(/\[masked:/g)).toHaveLength(2);
  });

  test('a row for the clipboard is one line, whatever its command holds', () => {
    const row = processAsTabs(process(0, { command: 'a\tb\nc' }), ['name', 'command'], texts);
    expect(row.split('\t')).toHaveLength(2);
    expect(row).not.toMatch(/\n/);
  });
});
