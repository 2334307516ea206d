import { isIP } from 'node:net';

/** True for names and addresses that only this machine can reach; a DNS name that starts with "127." is not one. */
export function isLoopbackHost(host: string): boolean {
  const bare = withoutBrackets(host).toLowerCase();
  if (bare === 'localhost' || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}

export function isWildcardHost(host: string): boolean {
  const bare = withoutBrackets(host);
  return bare === '0.0.0.0' || bare === '::';
}

/** `[::1]:80` needs its brackets, `127.0.0.1` must not have them. */
export function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

/** Host and port as a browser writes them in Host and after `http://` in Origin (port 80 is left out there). */
export function authorityOf(host: string, port: number): string {
  const bare = withoutBrackets(host).toLowerCase();
  const written = isIP(bare) === 6 ? `[${bare}]` : bare;
  return port === 80 ? written : `${written}:${port}`;
}

/**
 * Every value of the Host header that this door answers to, compared as a whole and in lower case. A name that merely
 * resolves to this machine is not in it: that is what DNS rebinding uses.
 * `localAddresses` are the machine's own, wanted only when the door listens on all of them.
 */
export function allowedHosts(host: string, port: number, localAddresses: readonly string[]): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', '::1', ...(isWildcardHost(host) ? localAddresses : [host])];
  return new Set(names.map((name) => authorityOf(name, port)));
}
