import type { LineFields } from '../parse/line-fields';
import { routeHash } from '../parse/line-fields';
import { DurationSketch, type SketchDump } from './duration-sketch';
import { HashTable } from './hash-table';
import { routeOf } from './route';
import { type RouteDump, RouteLearner } from './route-learner';

/** Routes that are counted apart; the rest is counted as one. */
const endpointLimit = 5_000;
/** Requests that are no HTTP are one endpoint, whatever they hold. */
const notHttpPath = '(not HTTP)';
const aliasSlots = 1 << 16;
/** Routes that are asked for often keep their name when the place beside them becomes variable. */
const keptRequests = 50;
const keptShare = 0.005;
const keptLimit = 500;
const longestPathBytes = 4_096;
const otherId = 0;

/** Figures of one method and route. */
export class EndpointFigures {
  requests = 0;
  bytes = 0;
  clientErrors = 0;
  serverErrors = 0;
  readonly times = new DurationSketch();

  /** `id`: see EndpointTable.resolve. */
  constructor(
    readonly id: number,
    readonly method: string,
    readonly path: string,
  ) {}

  merge(other: EndpointFigures): void {
    this.requests += other.requests;
    this.bytes += other.bytes;
    this.clientErrors += other.clientErrors;
    this.serverErrors += other.serverErrors;
    this.times.merge(other.times);
  }
}

/** A table as plain data. */
export interface EndpointDump {
  readonly rows: readonly (Pick<EndpointFigures, 'id' | 'method' | 'path' | 'requests' | 'bytes' | 'clientErrors' | 'serverErrors'> & {
    readonly times: SketchDump;
  })[];
  readonly successors: Int32Array;
  readonly kept: readonly string[];
  readonly learner: RouteDump;
}

/** All endpoints of a log. A hash that was seen costs one look-up; a new one is read as text, once. */
export class EndpointTable {
  readonly other = new EndpointFigures(otherId, '', '');
  private readonly list: EndpointFigures[] = [];
  /** By id: which one has its requests now. */
  private readonly successors: number[] = [otherId];
  private readonly byKey = new Map<string, number>();
  private readonly aliases = new HashTable(aliasSlots);
  private readonly learner = new RouteLearner();
  private readonly kept = new Set<string>();

  find(fields: LineFields): EndpointFigures {
    const one = fields.hashes[routeHash] as number;
    const two = fields.hashes[routeHash + 1] as number;
    const known = this.aliases.get(one, two);
    if (known >= 0) return this.at(known);
    const { methodStart, methodEnd, pathStart } = fields;
    const text = Buffer.from(fields.bytes.buffer, fields.bytes.byteOffset, fields.bytes.length);
    const isHttp = methodEnd > methodStart;
    const method = isHttp ? text.toString('latin1', methodStart, methodEnd) : '-';
    const path = isHttp ? text.toString('utf8', pathStart, Math.min(fields.pathEnd, pathStart + longestPathBytes)) : notHttpPath;
    const index = this.indexOf(method, isHttp ? this.learn(routeOf(path)) : path);
    if (this.aliases.isFull) this.aliases.clear();
    this.aliases.add(one, two, index);
    return this.at(index);
  }

  /** The most requested first. */
  all(): readonly EndpointFigures[] {
    return this.list.toSorted((a, b) => b.requests - a.requests || (a.path < b.path ? -1 : 1));
  }

  merge(other: EndpointTable): void {
    this.other.merge(other.other);
    for (const endpoint of other.list) {
      const path = endpoint.path === notHttpPath ? endpoint.path : this.learn(endpoint.path);
      this.at(this.indexOf(endpoint.method, path)).merge(endpoint);
    }
  }

  /** So many ids were given out; each is below it. */
  get idCount(): number {
    return this.successors.length;
  }

  /** Routes become one when a place is learned: the id of the endpoint that counts the requests of `id` now. */
  resolve(id: number): number {
    let last = id;
    for (let next = this.successors[last] ?? otherId; next !== last; next = this.successors[last] ?? otherId) last = next;
    // Whoever asks again goes one step.
    this.successors[id] = last;
    return last;
  }

  /** By id; those that were merged into another are not there. */
  byId(): ReadonlyMap<number, EndpointFigures> {
    return new Map(this.list.map((one) => [one.id, one]));
  }

  dump(): EndpointDump {
    const { list, other, successors, kept } = this;
    const rows = [other, ...list].map((one) => ({ ...one, times: one.times.dump() }));
    return { rows, successors: Int32Array.from(successors), kept: [...kept], learner: this.learner.dump() };
  }

  /** As it was when dumped. The table must be new. */
  restore({ rows, successors, kept, learner }: EndpointDump): void {
    this.learner.restore(learner);
    for (const path of kept) this.kept.add(path);
    for (const id of successors.subarray(1)) this.successors.push(id);
    for (const { id, method, path, times, ...figures } of rows) {
      const endpoint = id === otherId ? this.other : new EndpointFigures(id, method, path);
      Object.assign(endpoint, figures);
      endpoint.times.restore(times);
      if (id !== otherId) this.byKey.set(`${method} ${path}`, this.list.push(endpoint) - 1);
    }
  }

  private at(index: number): EndpointFigures {
    return this.list[index] ?? this.other;
  }

  private indexOf(method: string, route: string): number {
    const key = `${method} ${route}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    if (this.list.length >= endpointLimit) return endpointLimit;
    this.byKey.set(key, this.list.length);
    const id = this.successors.length;
    this.successors.push(id);
    return this.list.push(new EndpointFigures(id, method, route)) - 1;
  }

  private learn(route: string): string {
    if (this.kept.has(route)) return route;
    const before = this.learner.learnedCount;
    const learned = this.learner.learn(route);
    if (this.learner.learnedCount > before) this.fold();
    return learned;
  }

  /** A place has become variable: routes that are one now are counted as one. */
  private fold(): void {
    const old = this.list.splice(0);
    this.byKey.clear();
    this.aliases.clear();
    const total = old.reduce((sum, { requests }) => sum + requests, 0);
    const often = Math.max(keptRequests, total * keptShare);
    for (const endpoint of old) {
      if (endpoint.requests >= often && this.kept.size < keptLimit) this.kept.add(endpoint.path);
      const isFixed = endpoint.path === notHttpPath || this.kept.has(endpoint.path);
      const path = isFixed ? endpoint.path : this.learner.learn(endpoint.path);
      const key = `${endpoint.method} ${path}`;
      // One that stays keeps its id: a new one for each of thousands, each time, would never end.
      if (path === endpoint.path && !this.byKey.has(key)) {
        this.byKey.set(key, this.list.push(endpoint) - 1);
        continue;
      }
      const successor = this.at(this.indexOf(endpoint.method, path));
      successor.merge(endpoint);
      this.successors[endpoint.id] = successor.id;
    }
  }
}
