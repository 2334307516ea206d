import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeServerCertificates, type ServerCertificates } from './kubernetes-certificates';
import { StandInLogs } from './kubernetes-stand-in-logs';
import {
  apiGroups,
  discovery,
  metricsOf,
  metricsResources,
  type Refuse,
  selects,
  selectsPod,
  statusReply,
  tableOf,
} from './kubernetes-stand-in-replies';
import { StandInStore, type StoredChange, type StoredPod } from './kubernetes-stand-in-store';

export interface StandInEvent {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly [field: string]: unknown };
  readonly involvedObject: { readonly kind: string; readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

export interface KubeconfigOptions {
  readonly name?: string;
  readonly user?: object;
  readonly cluster?: object;
  readonly namespace?: string;
  readonly contexts?: readonly object[];
}

/**
 * An API server of our own over HTTPS that speaks enough of the protocol for the real kubectl: discovery, pages, tables,
 * watches with bookmarks, logs, events, metrics. It answers GET only; anything else is 405 and stands in `requests`.
 */
export class KubernetesStandIn {
  readonly store = new StandInStore();
  readonly requests: string[] = [];
  readonly events: StandInEvent[] = [];
  readonly token = 'stand-in-token';
  readonly logs = new StandInLogs();
  readonly forbiddenNamespaces = new Set<string>();
  metrics = true;
  allNamespacesForbidden = false;
  namespacesForbidden = false;
  bookmarkEveryMs = 60_000;
  /** Accepts and never answers. */
  frozen = false;
  private readonly sockets = new Set<Socket>();
  private readonly watches = new Set<ServerResponse>();
  private port = 0;

  private constructor(
    private server: Server,
    private readonly directory: string,
    private readonly certificates: ServerCertificates,
  ) {}

  static async start(): Promise<KubernetesStandIn> {
    const directory = mkdtempSync(join(tmpdir(), 'logscope-kubernetes-'));
    const certificates = makeServerCertificates(directory);
    const standIn = new KubernetesStandIn(createServer({ key: certificates.key, cert: certificates.certificate }), directory, certificates);
    await standIn.listen();
    return standIn;
  }

  get address(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  get connectionCount(): number {
    return this.sockets.size;
  }

  get watchCount(): number {
    return this.watches.size;
  }

  /** Writes a kubeconfig for it and gives its path. */
  kubeconfig(options: KubeconfigOptions = {}): string {
    const { name = 'stand-in', user = { token: this.token }, namespace } = options;
    const path = join(this.directory, `${name}.json`);
    const authority = Buffer.from(this.certificates.authority).toString('base64');
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [{ name, cluster: { server: this.address, 'certificate-authority-data': authority, ...options.cluster } }],
      users: [{ name, user }],
      contexts: [
        { name, context: { cluster: name, user: name, ...(namespace === undefined ? {} : { namespace }) } },
        ...(options.contexts ?? []),
      ],
    };
    // JSON is YAML.
    writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
    return path;
  }

  /** The connections of all watches break. */
  cutWatches(): void {
    for (const watch of this.watches) watch.socket?.destroy();
  }

  /** Nothing listens any more and every connection is gone; `listen` brings it back at the same address. */
  async goDown(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    this.server = createServer({ key: this.certificates.key, cert: this.certificates.certificate });
  }

  async listen(): Promise<void> {
    this.server.on('request', (request: IncomingMessage, response: ServerResponse) => this.answer(request, response));
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.address);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (this.frozen) return;
    const refuse: Refuse = (code, reason, message) => reply(response, statusReply(code, reason, message), code);
    if (request.method !== 'GET') refuse(405, 'MethodNotAllowed', 'the stand-in is read-only');
    else if (request.headers.authorization !== `Bearer ${this.token}`) refuse(401, 'Unauthorized', 'Unauthorized');
    else {
      const asTable = /as=Table/.test(request.headers.accept ?? '');
      if (!this.route(url, response, asTable, refuse)) refuse(404, 'NotFound', 'the server could not find the requested resource');
    }
  }

  /** False: there is nothing at this path. */
  private route(url: URL, response: ServerResponse, asTable: boolean, refuse: Refuse): boolean {
    const path = url.pathname;
    const known = path === '/apis' ? apiGroups(this.metrics) : discovery[path];
    if (known !== undefined) return reply(response, known);
    if (path.startsWith('/apis/metrics.k8s.io/v1beta1')) return this.metrics && this.answerMetrics(path, response);
    if (path !== '/api/v1/namespaces') return this.routeNamespaced(url, response, asTable, refuse);
    if (this.namespacesForbidden) return refuse(403, 'Forbidden', 'namespaces is forbidden: User "test" cannot list resource "namespaces"');
    return this.listNamespaces(response);
  }

  private routeNamespaced(url: URL, response: ServerResponse, asTable: boolean, refuse: Refuse): boolean {
    const match = /^\/api\/v1\/(?:namespaces\/([^/]+)\/)?(pods|events)(?:\/([^/]+))?(\/log)?$/.exec(url.pathname);
    if (match === null) return false;
    const [, namespace = null, kind, name, log] = match;
    if (namespace === null ? this.allNamespacesForbidden : this.forbiddenNamespaces.has(namespace)) {
      const where = namespace === null ? 'at the cluster scope' : `in the namespace "${namespace}"`;
      return refuse(403, 'Forbidden', `${kind} is forbidden: User "test" cannot list resource "${kind}" in API group "" ${where}`);
    }
    if (kind === 'events') return this.listEvents(url.searchParams, namespace, response);
    if (name === undefined) return this.answerPods(url.searchParams, namespace, response, asTable);
    const pod = this.store.get(namespace ?? '', name);
    if (pod === null) return refuse(404, 'NotFound', `pods "${name}" not found`);
    if (log !== undefined) return this.logs.answer(pod, url.searchParams, response, refuse);
    return reply(response, asTable ? tableOf([pod], this.store.version) : pod);
  }

  private listNamespaces(response: ServerResponse): true {
    const names = [...new Set(['default', ...this.store.list().map(({ metadata }) => metadata.namespace)])];
    const items = names.map((name) => ({ metadata: { name }, status: { phase: 'Active' } }));
    return reply(response, { kind: 'NamespaceList', apiVersion: 'v1', metadata: { resourceVersion: String(this.store.version) }, items });
  }

  private listEvents(query: URLSearchParams, namespace: string | null, response: ServerResponse): true {
    const fieldOf = (event: StandInEvent) => (key: string) => String(event.involvedObject[key.replace('involvedObject.', '')] ?? '');
    const items = this.events.filter(
      (event) => (namespace === null || event.metadata.namespace === namespace) && selects(query.get('fieldSelector'), fieldOf(event)),
    );
    return reply(response, { kind: 'EventList', apiVersion: 'v1', metadata: { resourceVersion: String(this.store.version) }, items });
  }

  private answerPods(query: URLSearchParams, namespace: string | null, response: ServerResponse, asTable: boolean): true {
    const wanted = (pod: StoredPod) => (namespace === null || pod.metadata.namespace === namespace) && selectsPod(query, pod);
    if (query.get('watch') === 'true' || query.get('watch') === '1') return this.watch(query, wanted, response, asTable);
    const all = this.store.list().filter(wanted);
    const limit = Number(query.get('limit') ?? 0);
    const start = Number(query.get('continue') ?? 0);
    const items = limit > 0 ? all.slice(start, start + limit) : all;
    const metadata: Record<string, unknown> = { resourceVersion: String(this.store.version) };
    if (limit > 0 && all.length > start + limit) metadata.continue = String(start + limit);
    return reply(
      response,
      asTable ? { ...tableOf(items, this.store.version), metadata } : { kind: 'PodList', apiVersion: 'v1', metadata, items },
    );
  }

  private watch(query: URLSearchParams, wanted: (pod: StoredPod) => boolean, response: ServerResponse, asTable: boolean): true {
    const from = Number(query.get('resourceVersion') ?? 0);
    const write = (type: string, object: unknown) => response.write(`${JSON.stringify({ type, object })}\n`);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const missed = from === 0 ? this.store.list().map((pod): StoredChange => ({ type: 'ADDED', pod, version: 0 })) : this.store.since(from);
    if (missed === null) {
      write('ERROR', statusReply(410, 'Expired', `too old resource version: ${from} (${this.store.version})`));
      response.end();
      return true;
    }
    let first = true;
    const send = ({ type, pod }: StoredChange) => {
      if (!wanted(pod) || this.frozen) return;
      write(type, asTable ? tableOf([pod], this.store.version, first) : pod);
      first = false;
    };
    for (const change of missed) send(change);
    const forget = this.store.onChange(send);
    this.watches.add(response);
    const bookmark = () => {
      if (!this.frozen)
        write('BOOKMARK', {
          kind: 'Pod',
          apiVersion: 'v1',
          metadata: { resourceVersion: String(this.store.version), creationTimestamp: null },
          spec: { containers: null },
          status: {},
        });
    };
    const bookmarks = query.get('allowWatchBookmarks') === 'true' ? setInterval(bookmark, this.bookmarkEveryMs) : undefined;
    const seconds = Number(query.get('timeoutSeconds') ?? 0);
    const leave = () => {
      clearInterval(bookmarks);
      clearTimeout(end);
      forget();
      this.watches.delete(response);
    };
    const finish = () => {
      if (this.frozen) return;
      leave();
      response.end();
    };
    const end = seconds > 0 ? setTimeout(finish, seconds * 1000) : undefined;
    response.on('close', leave);
    return true;
  }

  private answerMetrics(path: string, response: ServerResponse): boolean {
    const match = /^\/apis\/metrics\.k8s\.io\/v1beta1(?:\/(?:namespaces\/([^/]+)\/)?pods(?:\/([^/]+))?)?$/.exec(path);
    if (match === null) return false;
    if (path === '/apis/metrics.k8s.io/v1beta1') reply(response, metricsResources);
    else {
      const [, namespace, name] = match;
      const runs = ({ status }: StoredPod) => status.phase === 'Running' && JSON.stringify(status).includes('"running"');
      const items = this.store
        .list()
        .filter(
          (pod) =>
            runs(pod) &&
            (namespace === undefined || pod.metadata.namespace === namespace) &&
            (name === undefined || pod.metadata.name === name),
        )
        .map(metricsOf);
      const apiVersion = 'metrics.k8s.io/v1beta1';
      reply(
        response,
        name === undefined ? { kind: 'PodMetricsList', apiVersion, metadata: {}, items } : { kind: 'PodMetrics', apiVersion, ...items[0] },
      );
    }
    return true;
  }
}

function reply(response: ServerResponse, body: unknown, code = 200): true {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
  return true;
}
