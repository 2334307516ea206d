import type { AccessEntry, EntryReader } from './access-entry';
import { parseCount, parseDuration, parseStatus, pathOfTarget, textOrNull } from './request-line';
import { parseLoggedTime } from './timestamps';

const prefix = '#Fields:';

/** W3C extended log (IIS, CloudFront): a `#Fields:` line names the columns of those that follow, and may come again with others. */
export function createW3cReader(): EntryReader {
  let names: readonly string[] = [];
  return (line) => {
    if (line.startsWith(prefix)) names = line.slice(prefix.length).trim().split(/\s+/);
    if (line.startsWith('#') || names.length === 0) return null;
    const values = line.split(line.includes('\t') ? '\t' : ' ');
    return values.length === names.length ? entryOf(new Map(names.map((name, index) => [name, values[index] ?? '-']))) : null;
  };
}

function entryOf(values: ReadonlyMap<string, string>): AccessEntry | null {
  const status = parseStatus(values.get('sc-status'));
  const stem = values.get('cs-uri-stem') ?? values.get('cs-uri');
  if (status === null || stem === undefined) return null;
  const query = textOrNull(values.get('cs-uri-query'));
  const time = parseLoggedTime(`${values.get('date') ?? ''} ${values.get('time') ?? ''}`);
  const taken = values.get('time-taken');
  const duration = parseDuration(taken);
  return {
    atMs: time?.atMs ?? null,
    hour: time?.hour ?? null,
    client: textOrNull(values.get('c-ip')),
    method: textOrNull(values.get('cs-method')),
    target: pathOfTarget(query === null ? stem : `${stem}?${query}`),
    status,
    bytes: parseCount(values.get('sc-bytes')),
    // IIS writes whole milliseconds, CloudFront seconds with a fraction.
    timeMs: duration === null ? null : taken?.includes('.') ? duration * 1000 : duration,
    referrer: decoded(values.get('cs(Referer)')),
    agent: decoded(values.get('cs(User-Agent)')),
  };
}

/** IIS puts `+` for blanks, CloudFront percent codes. */
function decoded(value: string | undefined): string | null {
  const text = textOrNull(value);
  if (text === null) return null;
  return text.replaceAll('+', ' ').replace(/%(?:25)?20/g, ' ');
}
