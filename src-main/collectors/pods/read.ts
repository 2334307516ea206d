import { z } from 'zod';
import type { KubernetesClient } from '../../platform/kubernetes';
import { KubernetesError, pathOf } from '../../platform/kubernetes';
import { LineSplitter } from '../../platform/line-splitter';
import { parsePod, type WatchedPod } from './parse';

/** Pods of one answer; the cluster sends the rest page by page. */
const pageSize = 500;
/** etcd keeps no object above 1.5 MB. */
const maxEventBytes = 3 * 1024 * 1024;

/** Where the pods of a namespace stand; null: of all namespaces. */
function podsPath(namespace: string | null): string {
  return namespace === null ? '/api/v1/pods' : `/api/v1${pathOf('namespaces', namespace, 'pods')}`;
}

export interface ListedPods {
  readonly pods: readonly WatchedPod[];
  /** From here on the watch goes on. */
  readonly resourceVersion: string;
  readonly malformedCount: number;
}

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().catch(''), continue: z.string().nullish().catch(null) }),
  items: z.array(z.unknown()).nullish(),
});

/** All pods of the namespace. Throws KubernetesError. */
export async function listPods(client: KubernetesClient, namespace: string | null, signal: AbortSignal): Promise<ListedPods> {
  const pods: WatchedPod[] = [];
  let malformedCount = 0;
  let resourceVersion = '';
  let next: string | null = '';
  while (next !== null) {
    const query = { limit: pageSize, ...(next === '' ? {} : { continue: next }) };
    const page = listSchema.safeParse(await client.getJson(podsPath(namespace), query, signal));
    if (!page.success) throw new KubernetesError('the answer is no list of pods', null, null);
    const { metadata, items } = page.data;
    for (const item of items ?? []) {
      const pod = parsePod(item);
      if (pod === null) malformedCount += 1;
      else pods.push(pod);
    }
    resourceVersion = metadata.resourceVersion;
    next = metadata.continue || null;
  }
  return { pods, resourceVersion, malformedCount };
}

export type WatchEvent =
  | { readonly kind: 'present' | 'gone'; readonly pod: WatchedPod }
  | { readonly kind: 'bookmark'; readonly resourceVersion: string }
  /** The cluster ends the watch; 410: it no longer knows where we were. */
  | { readonly kind: 'error'; readonly statusCode: number | null; readonly message: string }
  | { readonly kind: 'malformed' };

export interface WatchStart {
  readonly namespace: string | null;
  readonly resourceVersion: string;
  /** How long the cluster shall keep it open. */
  readonly seconds: number;
  /** What it may take longer than that before it counts as dead. */
  readonly graceMs: number;
}

/** What changed, in the pieces in which it came, until the cluster ends it. Rejects and breaks with KubernetesError. */
export async function watchPods(
  client: KubernetesClient,
  start: WatchStart,
  signal: AbortSignal,
): Promise<AsyncIterable<readonly WatchEvent[]>> {
  const { namespace, resourceVersion, seconds, graceMs } = start;
  const query = { watch: true, allowWatchBookmarks: true, resourceVersion, timeoutSeconds: seconds };
  return parseStream(await client.stream(podsPath(namespace), query, seconds * 1000 + graceMs, signal));
}

async function* parseStream(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly WatchEvent[], void> {
  let ready: WatchEvent[] = [];
  const splitter = new LineSplitter(maxEventBytes, (line, cutBytes) => {
    if (line.length > 0) ready.push(cutBytes === 0 ? parseWatchEvent(line.toString('utf8')) : { kind: 'malformed' });
  });
  for await (const piece of pieces) {
    splitter.write(piece);
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
}

const bookmarkSchema = z.object({ metadata: z.object({ resourceVersion: z.string().min(1) }) });
const statusSchema = z.object({ code: z.number().nullish().catch(null), message: z.string().nullish().catch(null) });

/** One line of a watch. */
export function parseWatchEvent(line: string): WatchEvent {
  const event = parseJson(line);
  if (typeof event !== 'object' || event === null || !('type' in event) || !('object' in event)) return { kind: 'malformed' };
  const { type, object } = event;
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') {
    const pod = parsePod(object);
    return pod === null ? { kind: 'malformed' } : { kind: type === 'DELETED' ? 'gone' : 'present', pod };
  }
  if (type === 'BOOKMARK') {
    const bookmark = bookmarkSchema.safeParse(object);
    return bookmark.success ? { kind: 'bookmark', resourceVersion: bookmark.data.metadata.resourceVersion } : { kind: 'malformed' };
  }
  if (type === 'ERROR') {
    const status = statusSchema.safeParse(object);
    const { code = null, message = null } = status.success ? status.data : {};
    return { kind: 'error', statusCode: code, message: message ?? 'the cluster ended the watch' };
  }
  return { kind: 'malformed' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
