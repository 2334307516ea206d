import { EventEmitter } from 'node:events';

/** As much of a Kubernetes object as the stand-in itself looks at. */
export interface StoredPod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
    [field: string]: unknown;
  };
  spec: {
    nodeName?: string;
    containers: readonly { readonly name: string; readonly [field: string]: unknown }[];
    [field: string]: unknown;
  };
  status: { phase?: string; [field: string]: unknown };
  [field: string]: unknown;
}

export interface StoredChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly pod: StoredPod;
  readonly version: number;
}

/** Pods with one counter for all versions and a history that can be compacted: what list and watch are made of. */
export class StandInStore {
  private readonly pods = new Map<string, StoredPod>();
  private readonly changes: StoredChange[] = [];
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private counter = 1000;
  private oldest = 0;

  get version(): number {
    return this.counter;
  }

  list(): readonly StoredPod[] {
    return [...this.pods.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  get(namespace: string, name: string): StoredPod | null {
    return this.pods.get(`${namespace}/${name}`) ?? null;
  }

  add(pod: StoredPod): StoredPod {
    return this.put('ADDED', structuredClone(pod));
  }

  update(namespace: string, name: string, change: (pod: StoredPod) => void): StoredPod {
    const pod = structuredClone(this.pods.get(`${namespace}/${name}`));
    if (pod === undefined) throw new Error(`there is no pod ${namespace}/${name}`);
    change(pod);
    return this.put('MODIFIED', pod);
  }

  remove(namespace: string, name: string): void {
    const pod = this.pods.get(`${namespace}/${name}`);
    if (pod === undefined) throw new Error(`there is no pod ${namespace}/${name}`);
    this.pods.delete(`${namespace}/${name}`);
    this.tell('DELETED', structuredClone(pod));
  }

  /** Something else in the cluster changed: versions go on without a change of pods. */
  advance(): void {
    this.counter += 1;
  }

  /** Forgets the history: a watch from before now gets 410 Gone. */
  compact(): void {
    this.oldest = this.counter;
    this.changes.length = 0;
  }

  /** Null: that version is forgotten. */
  since(version: number): readonly StoredChange[] | null {
    return version < this.oldest ? null : this.changes.filter((change) => change.version > version);
  }

  onChange(listener: (change: StoredChange) => void): () => void {
    this.emitter.on('change', listener);
    return () => this.emitter.off('change', listener);
  }

  private put(type: 'ADDED' | 'MODIFIED', pod: StoredPod): StoredPod {
    this.pods.set(keyOf(pod), pod);
    this.tell(type, pod);
    return pod;
  }

  private tell(type: StoredChange['type'], pod: StoredPod): void {
    this.counter += 1;
    pod.metadata.resourceVersion = String(this.counter);
    const change = { type, pod: structuredClone(pod), version: this.counter };
    this.changes.push(change);
    if (this.changes.length > 10_000) this.changes.shift();
    this.emitter.emit('change', change);
  }
}

function keyOf(pod: StoredPod): string {
  return `${pod.metadata.namespace}/${pod.metadata.name}`;
}
