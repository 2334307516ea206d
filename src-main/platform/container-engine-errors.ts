import { type Unavailable, unavailable } from '../../src-shared/reading';
import { ContainerEngineError } from './container-engine';
import type { EngineEndpoint } from './container-engine-endpoint';

const startHint = 'Start it: "systemctl start docker" (or Docker Desktop, or "systemctl --user start podman.socket").';
const installHint = 'Install Docker or Podman, or name an engine in the settings or in DOCKER_HOST.';
const permissionHint =
  'Join the docker group (it equals root on this machine), or run a rootless Docker or Podman as your own user. Log in again afterwards.';

/** What an errno of a connection means for the user. `code` null: it broke without a code. */
export function judgeConnectionError(code: string | null, endpoint: EngineEndpoint, installed: boolean): Unavailable {
  const place = `${endpoint.text} (${endpoint.origin})`;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return installed
        ? unavailable('not-running', `There is no socket at ${place}.`, startHint)
        : unavailable('not-installed', `There is no socket at ${place} and no docker or podman program.`, installHint);
    case 'EACCES':
    case 'EPERM':
      return unavailable('permission-denied', `Access to ${place} was refused.`, permissionHint);
    case 'ECONNREFUSED':
      return unavailable('not-running', `Nothing answers at ${place}.`, startHint);
    case 'ETIMEDOUT':
      return unavailable('not-running', `The engine at ${place} accepts connections but did not answer in time.`, 'Restart the engine.');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return unavailable('not-running', `The machine of ${place} cannot be reached (${code}).`, 'Check the address and the network.');
    default:
      return unavailable('not-running', `The connection to ${place} broke${code === null ? '' : ` (${code})`}.`, startHint);
  }
}

/** What is said when no address was named and none of the usual sockets exists. */
export function judgeNoSocket(installed: boolean): Unavailable {
  return installed
    ? unavailable('not-running', 'Docker or Podman is installed, but none of the usual sockets exists.', startHint)
    : unavailable('not-installed', 'No engine socket in the usual places and no docker or podman program.', installHint);
}

/** Turns whatever the driver threw into the one error of the port. */
export function toEngineError(error: unknown, endpoint: EngineEndpoint, installed: boolean): ContainerEngineError {
  if (error instanceof ContainerEngineError) return error;
  const { statusCode, code, message } = error as { statusCode?: unknown; code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message.trim() : String(error);
  if (typeof statusCode === 'number') {
    const outage =
      statusCode === 401 || statusCode === 403
        ? unavailable('permission-denied', `${endpoint.text} (${endpoint.origin}) refused: ${text}`, permissionHint)
        : null;
    return new ContainerEngineError(text, statusCode, outage);
  }
  const errno = typeof code === 'string' ? code : null;
  return new ContainerEngineError(text, null, judgeConnectionError(errno, endpoint, installed), errno);
}
