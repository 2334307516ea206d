import { userInfo } from 'node:os';
import { errorCodeOf } from './proc-errors';

/** Name of the user this runs as; its number where the system has no name for it (a container with a made-up user). */
export function readUserName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (errorCodeOf(error) === null) throw error;
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
