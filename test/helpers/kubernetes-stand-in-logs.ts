import type { ServerResponse } from 'node:http';
import type { Refuse } from './kubernetes-stand-in-replies';
import type { StoredPod } from './kubernetes-stand-in-store';

/** Logs by "namespace/pod/container", with "/previous" for the run before; every line begins with its stamp. */
export class StandInLogs {
  /** Nobody has the right to read them. */
  forbidden = false;
  private readonly lines = new Map<string, string[]>();
  private readonly followers = new Map<string, Set<ServerResponse>>();

  get followerCount(): number {
    return [...this.followers.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** One more line, for those that follow too. */
  write(key: string, line: string): void {
    this.lines.set(key, [...(this.lines.get(key) ?? []), line]);
    for (const follower of this.followers.get(key) ?? []) follower.write(`${line}\n`);
  }

  /** The run is over: those who follow have read it all, and it becomes the run before. */
  endRun(key: string): void {
    this.lines.set(`${key}/previous`, this.lines.get(key) ?? []);
    this.lines.delete(key);
    for (const follower of this.followers.get(key) ?? []) follower.end();
    this.followers.delete(key);
  }

  /** Those who follow are cut off. */
  cut(): void {
    for (const followers of this.followers.values()) for (const follower of followers) follower.socket?.destroy();
  }

  answer(pod: StoredPod, query: URLSearchParams, response: ServerResponse, refuse: Refuse): true {
    const names = pod.spec.containers.map(({ name }) => name);
    const container = query.get('container') ?? (names.length === 1 ? (names[0] ?? '') : null);
    const { name, namespace } = pod.metadata;
    if (this.forbidden)
      return refuse(403, 'Forbidden', `pods "${name}" is forbidden: User "test" cannot get resource "pods/log" in API group ""`);
    if (container === null)
      return refuse(400, 'BadRequest', `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`);
    if (!names.includes(container)) return refuse(400, 'BadRequest', `container ${container} is not valid for pod ${name}`);
    const previous = query.get('previous') === 'true';
    const run = `${namespace}/${name}/${container}`;
    const before = this.lines.get(`${run}/previous`);
    if (previous && before === undefined)
      return refuse(400, 'BadRequest', `previous terminated container "${container}" in pod "${name}" not found`);
    // Between two runs a kubelet gives the one that ended, whichever is asked for.
    const isWaiting = stateOf(pod, container) === 'waiting' && before !== undefined;
    const lines = previous || isWaiting ? before : this.lines.get(run);
    const tail = query.get('tailLines');
    const since = Date.parse(query.get('sinceTime') ?? '');
    const kept = (lines ?? []).filter((line) => Number.isNaN(since) || Date.parse(line.slice(0, line.indexOf(' '))) >= since);
    const shown = query.get('timestamps') === 'true' ? kept : kept.map((line) => line.slice(line.indexOf(' ') + 1));
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.flushHeaders();
    for (const line of tail === null ? shown : shown.slice(Math.max(0, shown.length - Number(tail)))) response.write(`${line}\n`);
    if (query.get('follow') === 'true' && !previous && stateOf(pod, container) === 'running') this.follow(run, response);
    else response.end();
    return true;
  }

  private follow(key: string, response: ServerResponse): void {
    const followers = this.followers.get(key) ?? new Set();
    followers.add(response);
    this.followers.set(key, followers);
    response.on('close', () => followers.delete(response));
  }
}

function stateOf({ status }: StoredPod, container: string): string {
  const statuses = status.containerStatuses as readonly { readonly name: string; readonly state: object }[] | undefined;
  return Object.keys(statuses?.find(({ name }) => name === container)?.state ?? {})[0] ?? 'unknown';
}
