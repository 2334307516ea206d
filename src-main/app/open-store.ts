import { join } from 'node:path';
import { createMemoryStore } from '../store/memory-store';
import type { Store } from '../store/store';
import { createThreadedStore } from '../store/threaded-store';

/** History in `<dataDirectory>/logscope.db` through a thread of its own; in memory when there is no thread to start. */
export function openStore(dataDirectory: string, threadUrl: URL | null): Store {
  if (threadUrl === null) return createMemoryStore({ detail: null });
  return createThreadedStore({ threadUrl, file: join(dataDirectory, 'logscope.db') });
}
