import type { EntryReader } from './access-entry';
import { parseCount, parseDuration, parseRequestLine, parseStatus, textOrNull } from './request-line';
import { parseLoggedTime } from './timestamps';

const field = /"(?:[^"\\]|\\.)*"|\S+/g;
const kinds: ReadonlySet<string> = new Set(['http', 'https', 'h2', 'grpcs', 'ws', 'wss']);

/**
 * Access log of Amazon's application load balancer: type time elb client:port target:port request_processing target_processing
 * response_processing elb_status target_status received sent "request" "agent" … Times are seconds, -1 where a part did not take place.
 */
export function createAlbReader(): EntryReader {
  return (line) => {
    const values = line.match(field) ?? [];
    if (values.length < 14 || !kinds.has(values[0] ?? '')) return null;
    const time = parseLoggedTime(values[1]);
    const status = parseStatus(values[8]);
    if (time === null || status === null) return null;
    const parts = values.slice(5, 8).map(parseDuration);
    const known = parts.filter((part) => part !== null);
    return {
      atMs: time.atMs,
      hour: time.hour,
      client: textOrNull(values[3]?.replace(/:\d+$/, '')),
      ...parseRequestLine(unquoted(values[12] ?? '')),
      status,
      bytes: parseCount(values[11]),
      timeMs: known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0) * 1000,
      referrer: null,
      agent: textOrNull(unquoted(values[13] ?? '')),
    };
  };
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1) : text;
}
