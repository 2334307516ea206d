import type { Process } from '../../../src-shared/snapshots';

type Node = Pick<Process, 'id' | 'pid' | 'ppid'>;

/** One row of the tree. */
export interface TreeEntry {
  readonly id: string;
  /** 0 for those without a parent in the list. */
  readonly depth: number;
  readonly childCount: number;
  readonly open: boolean;
  /** It stands there only because something below it meets the filter. */
  readonly onlyParent: boolean;
}

interface TreeOptions {
  /** Folded away, as long as nothing is filtered. */
  readonly isClosed: (id: string) => boolean;
  /** Null: everything is shown. */
  readonly matches: ReadonlySet<string> | null;
  /** A branch stands where its best member would: what is worst comes first, however deep it is. */
  readonly byBranch: boolean;
}

/**
 * Parents with everything below them, in the order of `sorted` among siblings. A parent that is not in the list, a process that
 * is its own ancestor (a table read while pids were given anew) and a pid that occurs twice make roots; nothing is lost.
 */
export function treeEntries(sorted: readonly Node[], { isClosed, matches, byBranch }: TreeOptions): readonly TreeEntry[] {
  const byPid = new Map<number, Node>();
  for (const node of sorted) if (!byPid.has(node.pid)) byPid.set(node.pid, node);
  const childrenOf = new Map<string, Node[]>();
  const roots: Node[] = [];
  const rooted = new Set<Node>();
  for (const node of sorted) {
    const parent = byPid.get(node.ppid);
    if (parent === undefined || isOnCircle(node, byPid, rooted)) {
      roots.push(node);
      continue;
    }
    const siblings = childrenOf.get(parent.id);
    if (siblings === undefined) childrenOf.set(parent.id, [node]);
    else siblings.push(node);
  }
  const ranks = new Map(sorted.map((node, index) => [node.id, index]));
  const branches = measureBranches(roots, childrenOf, ranks, matches);
  const compare = (a: Node, b: Node) => rankOf(a) - rankOf(b);
  const rankOf = (node: Node) => (byBranch ? branches.get(node.id)?.rank : ranks.get(node.id)) ?? 0;

  const entries: TreeEntry[] = [];
  const add = (node: Node, depth: number) => {
    if (matches !== null && !branches.get(node.id)?.matched) return;
    const children = childrenOf.get(node.id) ?? [];
    const open = matches !== null || !isClosed(node.id);
    entries.push({ id: node.id, depth, childCount: children.length, open, onlyParent: matches !== null && !matches.has(node.id) });
    if (open) for (const child of [...children].sort(compare)) add(child, depth + 1);
  };
  for (const root of [...roots].sort(compare)) add(root, 0);
  return entries;
}

interface Branch {
  readonly rank: number;
  readonly matched: boolean;
}

/** The best rank and whether anything meets the filter, over each node and all below it. */
function measureBranches(
  roots: readonly Node[],
  childrenOf: ReadonlyMap<string, readonly Node[]>,
  ranks: ReadonlyMap<string, number>,
  matches: ReadonlySet<string> | null,
): ReadonlyMap<string, Branch> {
  const branches = new Map<string, Branch>();
  const measure = (node: Node): Branch => {
    let rank = ranks.get(node.id) ?? 0;
    let matched = matches?.has(node.id) ?? true;
    for (const child of childrenOf.get(node.id) ?? []) {
      const below = measure(child);
      // What is filtered away does not lift its branch.
      if (below.matched && below.rank < rank) rank = below.rank;
      matched ||= below.matched;
    }
    const branch = { rank, matched };
    branches.set(node.id, branch);
    return branch;
  };
  for (const root of roots) measure(root);
  return branches;
}

/** Whether its own parents lead back to it. `rooted` gathers what is known to lead to a root, so that each is walked once. */
function isOnCircle(node: Node, byPid: ReadonlyMap<number, Node>, rooted: Set<Node>): boolean {
  const path = new Set<Node>();
  for (let at: Node | undefined = node; at !== undefined && !rooted.has(at); at = byPid.get(at.ppid)) {
    if (path.has(at)) return at === node;
    path.add(at);
  }
  for (const one of path) rooted.add(one);
  return false;
}
