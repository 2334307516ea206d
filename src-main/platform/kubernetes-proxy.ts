import { BlockList, isIP } from 'node:net';

/**
 * The proxy that the environment names for this server, as kubectl takes it (Go's http.ProxyFromEnvironment): HTTPS_PROXY or
 * HTTP_PROXY by the server's scheme, unless NO_PROXY excepts the host; this machine itself never. Null for none.
 */
export function proxyOf(server: string, environment: NodeJS.ProcessEnv): string | null {
  const { protocol, hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  const proxy =
    protocol === 'https:' ? (environment.HTTPS_PROXY ?? environment.https_proxy) : (environment.HTTP_PROXY ?? environment.http_proxy);
  if (!proxy || isThisMachine(host)) return null;
  const exceptions = (environment.NO_PROXY ?? environment.no_proxy ?? '').split(',').map((one) => one.trim().toLowerCase());
  const wholePort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  if (exceptions.some((one) => one !== '' && excepts(one, host.toLowerCase(), wholePort))) return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** "*", "10.0.0.0/8", "10.1.2.3", "example.com" (and below), ".example.com" (below only), each with ":port" or without. */
function excepts(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true;
  const [, range, bits] = /^([^/]+)\/(\d{1,3})$/.exec(exception) ?? [];
  if (range !== undefined && bits !== undefined) return isInRange(host, range, Number(bits));
  const [, name = exception, onlyPort] = (isIP(exception) === 0 ? /^(.*):(\d+)$/.exec(exception) : null) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const below = name.replace(/^\*\./, '.');
  return below.startsWith('.') ? host.endsWith(below) : host === below || host.endsWith(`.${below}`);
}

function isInRange(host: string, range: string, bits: number): boolean {
  const family = isIP(range);
  if (family === 0 || isIP(host) !== family || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(range, bits, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
