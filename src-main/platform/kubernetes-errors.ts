import { type Unavailable, unavailable } from '../../src-shared/reading';
import { say } from '../../src-shared/sentence';
import type { KubernetesContext } from '../../src-shared/snapshots/pods';
import { KubernetesError } from './kubernetes';

/** Words of a cluster or a plug-in are shown, but not at any length. */
const maxWordsLength = 600;

export function shorten(text: string): string {
  const plain = text.trim();
  return plain.length <= maxWordsLength ? plain : `${plain.slice(0, maxWordsLength)}…`;
}

/** What it means that a connection broke with this errno or TLS code; null: it broke without one. */
export function judgeUnreachable(code: string | null, message: string, context: KubernetesContext): Unavailable {
  const place = `${context.server ?? 'the cluster'} (context ${context.name})`;
  switch (code) {
    case 'ECONNREFUSED':
      return unavailable('unreachable', say('cluster.why.silent', { place }), say('cluster.remedy.start'));
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unavailable('unreachable', say('cluster.why.unknownName', { place, code }), say('cluster.remedy.name'));
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return unavailable('unreachable', say('cluster.why.noWay', { place, code }), say('cluster.remedy.network'));
    case 'ETIMEDOUT':
      return unavailable('unreachable', say('cluster.why.slow', { place }), say('cluster.remedy.slow'));
    default:
      return isCertificateProblem(code)
        ? unavailable('unreachable', say('cluster.why.untrusted', { place, words: shorten(message) }), say('cluster.remedy.certificate'))
        : unavailable(
            'unreachable',
            say('cluster.why.broke', { place, words: `${shorten(message)}${code === null ? '' : ` (${code})`}` }),
            say('cluster.remedy.again'),
          );
  }
}

function isCertificateProblem(code: string | null): boolean {
  return code !== null && /^(ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|ERR_SSL)/.test(code);
}

/** An answer that is no success. 401 and 403 stop everything; others concern the one request. */
export function toStatusError(statusCode: number, body: string, context: KubernetesContext): KubernetesError {
  const words = shorten(statusWords(body) ?? `HTTP status ${statusCode}`);
  if (statusCode === 401) {
    const outage = unavailable(
      'permission-denied',
      say('cluster.why.credentials', { context: context.name, user: context.user, words }),
      say('cluster.remedy.login'),
    );
    return new KubernetesError(words, statusCode, outage);
  }
  if (statusCode === 403) {
    const outage = unavailable(
      'permission-denied',
      say('cluster.why.forbidden', { context: context.name, words }),
      say('cluster.remedy.rights'),
    );
    return new KubernetesError(words, statusCode, outage);
  }
  return new KubernetesError(words, statusCode, null);
}

/** The message of a Status object. */
function statusWords(body: string): string | null {
  try {
    const status: unknown = JSON.parse(body);
    if (typeof status === 'object' && status !== null && 'message' in status && typeof status.message === 'string') return status.message;
    return null;
  } catch (error) {
    // A proxy in between answers with a page of its own.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Turns whatever a request threw into the one error of the port. */
export function toKubernetesError(error: unknown, context: KubernetesContext): KubernetesError {
  if (error instanceof KubernetesError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(error);
  return new KubernetesError(text, null, judgeUnreachable(typeof code === 'string' ? code : null, text, context));
}
