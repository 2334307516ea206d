import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { type Unavailable, unavailable } from '../../src-shared/reading';

/** Where an engine may listen. */
export type EngineAddress =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: EngineTls | null };

export interface EngineTls {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
  readonly verify: boolean;
}

export interface EngineEndpoint {
  readonly address: EngineAddress;
  /** The address as a person writes it: unix:///var/run/docker.sock. */
  readonly text: string;
  /** Who named it: "settings", "DOCKER_HOST", "context desktop-linux", "default socket". */
  readonly origin: string;
}

/** Everything the search depends on, passed in so that a test searches a made-up machine. */
export interface EndpointSearch {
  readonly explicit: { readonly address: string; readonly origin: string } | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
  /** Usually /run (Linux) or /var/run. */
  readonly runDirectory: string;
}

/** Candidates in the order to try. A named one (explicit, DOCKER_HOST, context) is the only one: a wish is not second-guessed. */
export type EndpointSearchResult =
  | { readonly kind: 'found'; readonly named: boolean; readonly candidates: readonly EngineEndpoint[] }
  | Unavailable;

/** The same order as the docker command line: explicit, DOCKER_HOST, DOCKER_CONTEXT or the current context, usual sockets, Podman's. */
export function findEngineEndpoints(search: EndpointSearch): EndpointSearchResult {
  if (search.explicit !== null && search.explicit.address !== '') return named(search.explicit.address, search.explicit.origin, search);
  const host = search.environment.DOCKER_HOST;
  if (host !== undefined && host !== '') return named(host, 'DOCKER_HOST', search);
  const context = readDockerContext(search);
  if (context !== null) return 'kind' in context ? context : { kind: 'found', named: true, candidates: [context] };
  return { kind: 'found', named: false, candidates: usualEndpoints(search) };
}

function named(address: string, origin: string, search: EndpointSearch): EndpointSearchResult {
  const certificates = search.environment.DOCKER_CERT_PATH || join(search.homeDirectory, '.docker');
  const tls = search.environment.DOCKER_TLS_VERIFY ? readTls(certificates, true) : null;
  const parsed = parseEngineAddress(address, tls);
  if ('reason' in parsed) return parsed;
  return { kind: 'found', named: true, candidates: [{ address: parsed, text: address, origin }] };
}

/** unix://path, npipe://path, a bare absolute path, tcp://host:port, http(s)://host:port. */
export function parseEngineAddress(address: string, tls: EngineTls | null): EngineAddress | Unavailable {
  if (address.startsWith('unix://')) return { kind: 'socket', path: address.slice('unix://'.length) || '/var/run/docker.sock' };
  if (address.startsWith('npipe://')) return { kind: 'socket', path: address.slice('npipe://'.length).replaceAll('\\', '/') };
  if (address.startsWith('/')) return { kind: 'socket', path: address };
  if (address.startsWith('ssh://')) {
    // The driver's ssh transport accepts any host key, so a man in the middle would get a root-equal session.
    return unavailable(
      'unsupported-platform',
      `The engine address ${address} goes through ssh, which LogScope does not open by itself.`,
      'Forward the socket (ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock user@host) and set unix:///tmp/engine.sock as the engine address.',
    );
  }
  const match = /^(tcp|https?):\/\/(\[[0-9a-fA-F:.]+\]|[^/:\s]+)(?::(\d{1,5}))?\/?$/.exec(address);
  if (match === null) {
    return unavailable(
      'not-running',
      `The engine address "${address}" is not one that can be used.`,
      'Write it as unix:///path/to/docker.sock or tcp://host:port.',
    );
  }
  const secure = match[1] === 'https' || tls !== null;
  const port = match[3] === undefined ? (secure ? 2376 : 2375) : Number(match[3]);
  const host = (match[2] ?? '').replace(/^\[|\]$/g, '');
  return { kind: 'tcp', host, port, tls: secure ? (tls ?? { ca: null, cert: null, key: null, verify: true }) : null };
}

/** The usual places, existing ones only: Docker first, then Podman. */
function usualEndpoints(search: EndpointSearch): readonly EngineEndpoint[] {
  if (search.platform === 'win32') {
    return ['//./pipe/docker_engine', '//./pipe/podman-machine-default'].map((path) => ({
      address: { kind: 'socket', path },
      text: `npipe://${path}`,
      origin: 'default pipe',
    }));
  }
  const home = search.homeDirectory;
  const runtime = search.environment.XDG_RUNTIME_DIR;
  const paths: readonly (readonly [string, string])[] = [
    [join(search.runDirectory, 'docker.sock'), 'default socket'],
    [join(home, '.docker/run/docker.sock'), 'Docker Desktop socket'],
    [join(home, '.docker/desktop/docker.sock'), 'Docker Desktop socket'],
    ...(runtime ? [[join(runtime, 'docker.sock'), 'rootless socket'] as const] : []),
    [join(home, '.colima/default/docker.sock'), 'Colima socket'],
    [join(home, '.orbstack/run/docker.sock'), 'OrbStack socket'],
    [join(home, '.rd/docker.sock'), 'Rancher Desktop socket'],
    ...(runtime ? [[join(runtime, 'podman/podman.sock'), 'Podman user socket'] as const] : []),
    [join(search.runDirectory, 'podman/podman.sock'), 'Podman socket'],
  ];
  return paths
    .filter(([path]) => existsSync(path))
    .map(([path, origin]) => ({ address: { kind: 'socket', path }, text: `unix://${path}`, origin }));
}

/** True when a docker or podman program is on the PATH: the engine is installed, whether or not it runs. */
export function isEngineInstalled(search: EndpointSearch): boolean {
  const directories = (search.environment.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  const names = search.platform === 'win32' ? ['docker.exe', 'podman.exe'] : ['docker', 'dockerd', 'podman'];
  return directories.some((directory) => names.some((name) => existsSync(join(directory, name))));
}

const dockerConfig = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().optional() }) }),
});

/** Null: no context chosen, or the default one. */
function readDockerContext(search: EndpointSearch): EngineEndpoint | Unavailable | null {
  const directory = search.environment.DOCKER_CONFIG || join(search.homeDirectory, '.docker');
  const config = dockerConfig.safeParse(readJson(join(directory, 'config.json')));
  const name = search.environment.DOCKER_CONTEXT || (config.success ? config.data.currentContext : undefined);
  if (name === undefined || name === '' || name === 'default') return null;
  // The docker command line names a context's folder by the SHA-256 of the context's name.
  const folder = createHash('sha256').update(name).digest('hex');
  const meta = contextMeta.safeParse(readJson(join(directory, 'contexts/meta', folder, 'meta.json')));
  if (!meta.success) {
    return unavailable(
      'not-running',
      `The Docker context "${name}" is chosen but its description cannot be read.`,
      'See "docker context ls", or choose another with "docker context use".',
    );
  }
  const { Host, SkipTLSVerify } = meta.data.Endpoints.docker;
  const certificates = join(directory, 'contexts/tls', folder, 'docker');
  const tls = existsSync(certificates) || SkipTLSVerify === true ? readTls(certificates, SkipTLSVerify !== true) : null;
  const address = parseEngineAddress(Host, tls);
  return 'reason' in address ? address : { address, text: Host, origin: `context ${name}` };
}

function readTls(directory: string, verify: boolean): EngineTls {
  const read = (name: string) => readText(join(directory, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem'), verify };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw error;
  }
}

function readJson(path: string): unknown {
  const text = readText(path);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
