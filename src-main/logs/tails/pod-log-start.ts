import type { LogStart } from '../../platform/container-engine';
import type { PodLogRequest } from '../../platform/pod-logs';

/** Where an engine's log would start, in a cluster's words: "1732158891.561520378" becomes RFC 3339; clusters know whole seconds only. */
export function podLogStart(from: LogStart): PodLogRequest['from'] {
  if ('tail' in from) return from;
  return { since: `${new Date(Number.parseInt(from.since, 10) * 1000).toISOString().slice(0, 19)}Z` };
}
