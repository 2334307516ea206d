import type { ServerResponse } from 'node:http';
import type { Refuse } from './kubernetes-stand-in-replies';
import type { StoredPod } from './kubernetes-stand-in-store';

/** Logs by "namespace/pod/container", with "/previous" for the run before; every line begins with its stamp. */
export class StandInLogs {
  private readonly lines = new Map<string, string[]>();
  private readonly followers = new Map<string, Set<ServerResponse>>();

  /** One more line, for those that follow too. */
  write(key: string, line: string): void {
    this.lines.set(key, [...(this.lines.get(key) ?? []), line]);
    for (const follower of this.followers.get(key) ?? []) follower.write(`${line}\n`);
  }

  /** Those who follow are cut off. */
  cut(): void {
    for (const followers of this.followers.values()) for (const follower of followers) follower.socket?.destroy();
  }

  answer(pod: StoredPod, query: URLSearchParams, response: ServerResponse, refuse: Refuse): true {
    const names = pod.spec.containers.map(({ name }) => name);
    const container = query.get('container') ?? (names.length === 1 ? (names[0] ?? '') : null);
    const { name, namespace } = pod.metadata;
    if (container === null)
      return refuse(400, 'BadRequest', `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`);
    if (!names.includes(container)) return refuse(400, 'BadRequest', `container ${container} is not valid for pod ${name}`);
    const previous = query.get('previous') === 'true';
    const key = `${namespace}/${name}/${container}${previous ? '/previous' : ''}`;
    const lines = this.lines.get(key);
    if (previous && lines === undefined)
      return refuse(400, 'BadRequest', `previous terminated container "${container}" in pod "${name}" not found`);
    const tail = query.get('tailLines');
    const since = Date.parse(query.get('sinceTime') ?? '');
    const kept = (lines ?? []).filter((line) => Number.isNaN(since) || Date.parse(line.slice(0, line.indexOf(' '))) >= since);
    const shown = query.get('timestamps') === 'true' ? kept : kept.map((line) => line.slice(line.indexOf(' ') + 1));
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.flushHeaders();
    for (const line of tail === null ? shown : shown.slice(Math.max(0, shown.length - Number(tail)))) response.write(`${line}\n`);
    if (query.get('follow') === 'true') this.follow(key, response);
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
