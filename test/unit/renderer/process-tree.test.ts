import { describe, expect, test } from 'vitest';
import { treeEntries } from '../../../src-renderer/views/processes/process-tree';

const node = (pid: number, ppid: number) => ({ id: `p${pid}`, pid, ppid });
const open = { isClosed: () => false, matches: null, byBranch: false };
const drawn = (entries: ReturnType<typeof treeEntries>) => entries.map(({ id, depth }) => `${'  '.repeat(depth)}${id}`);

describe('the tree of processes', () => {
  test('children stand below their parents, siblings in the given order', () => {
    const sorted = [node(30, 10), node(1, 0), node(20, 1), node(10, 1), node(31, 10)];
    expect(drawn(treeEntries(sorted, open))).toEqual(['p1', '  p20', '  p10', '    p30', '    p31']);
  });

  test('by branch the parent of the first comes first', () => {
    const sorted = [node(30, 10), node(1, 0), node(20, 1), node(10, 1)];
    expect(drawn(treeEntries(sorted, { ...open, byBranch: true }))).toEqual(['p1', '  p10', '    p30', '  p20']);
  });

  test('what is folded hides everything below it', () => {
    const entries = treeEntries([node(1, 0), node(10, 1), node(30, 10)], { ...open, isClosed: (id) => id === 'p10' });
    expect(drawn(entries)).toEqual(['p1', '  p10']);
    expect(entries.at(-1)).toMatchObject({ childCount: 1, open: false });
  });

  test('a filter keeps what meets it with its parents, unfolded', () => {
    const sorted = [node(1, 0), node(10, 1), node(20, 1), node(30, 10)];
    const entries = treeEntries(sorted, { isClosed: () => true, matches: new Set(['p30']), byBranch: false });
    expect(drawn(entries)).toEqual(['p1', '  p10', '    p30']);
    expect(entries.map(({ onlyParent }) => onlyParent)).toEqual([true, true, false]);
  });

  test('nothing is lost: parents that are gone, circles, a pid of itself, a pid that occurs twice', () => {
    const sorted = [node(5, 99), node(6, 7), node(7, 6), node(8, 8), node(9, 5), { id: 'gone', pid: 5, ppid: 5 }];
    expect(new Set(treeEntries(sorted, open).map(({ id }) => id))).toEqual(new Set(['p5', 'p6', 'p7', 'p8', 'p9', 'gone']));
  });

  test('a chain of thousands does not break it', () => {
    const chain = Array.from({ length: 3000 }, (_, index) => node(index + 1, index));
    expect(treeEntries(chain, open)).toHaveLength(3000);
  });
});
