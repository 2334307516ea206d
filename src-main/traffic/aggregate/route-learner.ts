/** A place in a path with more different names than this is a variable: `/users/alice`, `/users/bob`, … */
const childLimit = 200;
const nodeLimit = 50_000;

interface Node {
  readonly children: Map<string, Node>;
  isVariable: boolean;
}

/** A learner as plain data. */
export interface RouteDump {
  readonly root: Node;
  readonly nodeCount: number;
  readonly learnedCount: number;
}

/** Learns which places of routes hold names of things, by how many different ones are seen there. Bounded. */
export class RouteLearner {
  private root: Node = { children: new Map(), isVariable: false };
  private nodeCount = 0;
  /** Routes that are known may now be others: how often a place became variable. */
  learnedCount = 0;

  dump(): RouteDump {
    const { root, nodeCount, learnedCount } = this;
    return { root, nodeCount, learnedCount };
  }

  restore({ root, nodeCount, learnedCount }: RouteDump): void {
    this.root = root;
    this.nodeCount = nodeCount;
    this.learnedCount = learnedCount;
  }

  /** The route with learned places as `:name`. */
  learn(route: string): string {
    const segments = route.split('/');
    const kept: string[] = [];
    let node: Node | null = this.root;
    for (const segment of segments) {
      const [name, next]: readonly [string, Node | null] = node === null ? [segment, null] : this.step(node, segment);
      kept.push(name);
      node = next;
    }
    return kept.join('/');
  }

  private step(node: Node, segment: string): readonly [string, Node | null] {
    const known = node.children.get(segment);
    if (known !== undefined) return [segment, known];
    if (node.isVariable && !segment.startsWith(':')) return [':name', node.children.get(':name') ?? null];
    if (this.nodeCount >= nodeLimit) return [segment, null];
    const child: Node = { children: new Map(), isVariable: false };
    node.children.set(segment, child);
    this.nodeCount += 1;
    // The first segment is empty (a path begins with a slash): what follows it is top level, where scanners try names too.
    if (node.children.size > childLimit) {
      this.makeVariable(node);
      return [segment.startsWith(':') ? segment : ':name', node.children.get(segment) ?? node.children.get(':name') ?? null];
    }
    return [segment, child];
  }

  private makeVariable(node: Node): void {
    const placeholders = [...node.children].filter(([name]) => name.startsWith(':') || name === '');
    for (const [name, child] of node.children) if (!name.startsWith(':')) this.nodeCount -= 1 + sizeOf(child);
    node.children.clear();
    for (const [name, child] of placeholders) node.children.set(name, child);
    node.children.set(':name', { children: new Map(), isVariable: false });
    this.nodeCount += 1;
    node.isVariable = true;
    this.learnedCount += 1;
  }
}

function sizeOf(node: Node): number {
  let size = 0;
  for (const child of node.children.values()) size += 1 + sizeOf(child);
  return size;
}
