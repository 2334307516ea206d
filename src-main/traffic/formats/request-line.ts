/** `GET /path?query HTTP/1.1` apart; method null: it is no HTTP, and the target is all of it. */
export function parseRequestLine(text: string): { readonly method: string | null; readonly target: string } {
  const found = /^([A-Z]{1,24}) (\S+)/.exec(text);
  if (found === null) return { method: null, target: text };
  return { method: found[1] ?? null, target: pathOfTarget(found[2] ?? '') };
}

/** Without scheme and host, which load balancers and proxies write. */
export function pathOfTarget(target: string): string {
  const found = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target);
  if (found === null) return target;
  const rest = target.slice(found[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Three digits; null: it is no status. */
export function parseStatus(value: unknown): number | null {
  const status = typeof value === 'number' ? value : typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isInteger(status) && status >= 0 && status <= 999 ? status : null;
}

/** A count; null for `-`, an empty text and what is none. */
export function parseCount(value: unknown): number | null {
  const count = typeof value === 'number' ? value : typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isFinite(count) && count >= 0 ? count : null;
}

/** A number with or without a fraction; of several (`0.1, 0.2`, several upstreams) the sum. Null for none. */
export function parseDuration(value: unknown): number | null {
  if (typeof value === 'number') return value >= 0 && Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  let sum: number | null = null;
  for (const part of value.split(/\s*[,:]\s*/)) if (/^\d+(?:\.\d+)?$/.test(part)) sum = (sum ?? 0) + Number(part);
  return sum;
}

/** `-` is how logs write nothing. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : null;
}
