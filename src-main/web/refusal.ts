import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode, Reply } from '../../src-shared/contract';

/** The door says no before the request reaches LogScope: an HTTP status and the same body shape as any other refusal. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415;
  readonly code: ErrorCode;
  readonly message: string;
}

export function refuse(status: Refusal['status'], code: ErrorCode, message: string): Refusal {
  return { status, code, message };
}

export function refusalBody(refusal: Refusal): string {
  const reply: Reply<never> = { ok: false, error: { code: refusal.code, message: refusal.message } };
  return JSON.stringify(reply);
}

/** Exactly one Host header, and one of ours: keeps out DNS rebinding, where name and Origin are the attacker's. */
export function judgeHost(request: IncomingMessage, hosts: ReadonlySet<string>): Refusal | null {
  const given = request.headersDistinct.host ?? [];
  const [host] = given;
  if (given.length === 1 && host !== undefined && hosts.has(host.toLowerCase())) return null;
  return refuse(403, 'not-allowed', 'this door does not answer to that host name');
}

/** A missing Origin is not a trusted one: any program sends none, a foreign page cannot choose it. Judge the host first. */
export function judgeOrigin(request: IncomingMessage): Refusal | null {
  const given = request.headersDistinct.origin ?? [];
  const expected = `http://${(request.headers.host ?? '').toLowerCase()}`;
  if (given.length === 1 && given[0] === expected) return null;
  return refuse(403, 'not-allowed', 'a request must come from a page of this door (Origin header)');
}

/** No target with another authority, a query or an escape: the token never travels in a URL, and paths are compared as they are. */
export function judgeTarget(request: IncomingMessage): Refusal | null {
  const target = request.url ?? '';
  if (/^\/[\w./-]*$/.test(target)) return null;
  return refuse(400, 'bad-input', 'plain paths only: no query, no escapes');
}

export function judgeJson(request: IncomingMessage): Refusal | null {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' ? null : refuse(415, 'bad-input', 'the body must be application/json');
}

/** Headers of every answer. Nothing may frame, sniff, store or be told where a visitor came from; no CORS header anywhere. */
export function setSafetyHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', contentSecurityPolicy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
