import { type Unavailable, unavailable } from '../../src-shared/reading';
import { say } from '../../src-shared/sentence';
import { ContainerEngineError } from './container-engine';
import type { EngineEndpoint } from './container-engine-endpoint';

const startHint = say('engine.remedy.start');
const installHint = say('engine.remedy.install');
const permissionHint = say('engine.remedy.permission');

/** What an errno of a connection means for the user. `code` null: it broke without a code. */
export function judgeConnectionError(code: string | null, endpoint: EngineEndpoint, installed: boolean): Unavailable {
  const place = `${endpoint.text} (${endpoint.origin})`;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return installed
        ? unavailable('not-running', say('engine.why.noSocket', { place }), startHint)
        : unavailable('not-installed', say('engine.why.noSocketNoProgram', { place }), installHint);
    case 'EACCES':
    case 'EPERM':
      return unavailable('permission-denied', say('engine.why.denied', { place }), permissionHint);
    case 'ECONNREFUSED':
      return unavailable('not-running', say('engine.why.silent', { place }), startHint);
    case 'ETIMEDOUT':
      return unavailable('not-running', say('engine.why.hangs', { place }), say('engine.remedy.restart'));
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return unavailable('not-running', say('engine.why.noWay', { place, code }), say('engine.remedy.network'));
    default:
      return unavailable(
        'not-running',
        code === null ? say('engine.why.broke', { place }) : say('engine.why.brokeWith', { place, code }),
        startHint,
      );
  }
}

/** What is said when no address was named and none of the usual sockets exists. */
export function judgeNoSocket(installed: boolean): Unavailable {
  return installed
    ? unavailable('not-running', say('engine.why.noUsualSocket'), startHint)
    : unavailable('not-installed', say('engine.why.nothingThere'), installHint);
}

/** Turns whatever the driver threw into the one error of the port. */
export function toEngineError(error: unknown, endpoint: EngineEndpoint, installed: boolean): ContainerEngineError {
  if (error instanceof ContainerEngineError) return error;
  const { statusCode, code, message } = error as { statusCode?: unknown; code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message.trim() : String(error);
  if (typeof statusCode === 'number') {
    const outage =
      statusCode === 401 || statusCode === 403
        ? unavailable(
            'permission-denied',
            say('engine.why.refused', { place: `${endpoint.text} (${endpoint.origin})`, words: text }),
            permissionHint,
          )
        : null;
    return new ContainerEngineError(text, statusCode, outage);
  }
  const errno = typeof code === 'string' ? code : null;
  return new ContainerEngineError(text, null, judgeConnectionError(errno, endpoint, installed), errno);
}
