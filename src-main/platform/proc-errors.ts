/** The `code` of a Node system error (ENOENT, EACCES, …), or null for anything else. */
export function errorCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The file or process is not there (any more): normal, a process may end between any two reads. */
export function isVanished(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR';
}

/** These rights do not reach. */
export function isDenied(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'EACCES' || code === 'EPERM';
}

/** The kernel knows the file but not the content: PSI switched off at boot, a sensor asleep. */
export function isUnsupported(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'EOPNOTSUPP' || code === 'ENODEV' || code === 'EINVAL' || code === 'EIO' || code === 'EAGAIN' || code === 'ENXIO';
}
