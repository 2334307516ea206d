import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { type Unavailable, unavailable } from '../../src-shared/reading';
import { say } from '../../src-shared/sentence';

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

/** A place where an engine is or may be: one that can be tried, or one that was named and cannot be used as it is. */
export type FoundEndpoint =
  | { readonly kind: 'usable'; readonly named: boolean; readonly endpoint: EngineEndpoint }
  | { readonly kind: 'unusable'; readonly named: true; readonly text: string; readonly origin: string; readonly why: Unavailable };

/**
 * Every place worth a try, the most wanted first: DOCKER_HOST, CONTAINER_HOST, the chosen Docker context, the usual sockets
 * that exist, the other contexts. Named ones are told even when nothing is there. An explicit address of LogScope's own is the
 * only one: who writes it there does not want another. Places that are the same file or address are listed once.
 */
export function findEngineEndpoints(search: EndpointSearch): readonly FoundEndpoint[] {
  const { explicit, environment } = search;
  if (explicit !== null && explicit.address !== '') return [named(explicit.address, explicit.origin, search)];
  const found: FoundEndpoint[] = [];
  if (environment.DOCKER_HOST) found.push(named(environment.DOCKER_HOST, 'DOCKER_HOST', search));
  if (environment.CONTAINER_HOST) found.push(named(environment.CONTAINER_HOST, 'CONTAINER_HOST', search));
  const contexts = readDockerContexts(search);
  found.push(...contexts.chosen, ...usualEndpoints(search), ...contexts.others);
  return withoutRepeats(found);
}

function named(address: string, origin: string, search: EndpointSearch): FoundEndpoint {
  const certificates = search.environment.DOCKER_CERT_PATH || join(search.homeDirectory, '.docker');
  const tls = search.environment.DOCKER_TLS_VERIFY ? readTls(certificates, true) : null;
  return toFound(parseEngineAddress(address, tls), address, origin);
}

function toFound(address: EngineAddress | Unavailable, text: string, origin: string): FoundEndpoint {
  return 'reason' in address
    ? { kind: 'unusable', named: true, text, origin, why: address }
    : { kind: 'usable', named: true, endpoint: { address, text, origin } };
}

function withoutRepeats(found: readonly FoundEndpoint[]): readonly FoundEndpoint[] {
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = one.kind === 'usable' ? placeOf(one.endpoint.address) : one.text;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The same for two ways to write one place: a symbolic link and its target, for example /var/run/docker.sock. */
function placeOf(address: EngineAddress): string {
  if (address.kind === 'tcp') return `tcp://${address.host}:${address.port}`;
  try {
    return realpathSync(address.path);
  } catch (error) {
    expectNoFile(error);
    return address.path;
  }
}

/**
 * What stands at a place, as a text that changes whenever trying it again may end differently (made anew, other rights), seen
 * without connecting. 'nothing': no file there; null: cannot be told without connecting.
 */
export function lookAtEndpoint(address: EngineAddress): string | 'nothing' | null {
  if (address.kind === 'tcp' || address.path.startsWith('//')) return null;
  try {
    const { ino, mode, uid, gid, ctimeMs } = statSync(address.path);
    return [ino, mode, uid, gid, ctimeMs].join(' ');
  } catch (error) {
    const code = expectNoFile(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'nothing' : null;
  }
}

/** unix://path, npipe://path, a bare absolute path, tcp://host:port, http(s)://host:port. */
export function parseEngineAddress(address: string, tls: EngineTls | null): EngineAddress | Unavailable {
  if (address.startsWith('unix://')) return { kind: 'socket', path: address.slice('unix://'.length) || '/var/run/docker.sock' };
  if (address.startsWith('npipe://')) return { kind: 'socket', path: address.slice('npipe://'.length).replaceAll('\\', '/') };
  if (address.startsWith('/')) return { kind: 'socket', path: address };
  if (address.startsWith('ssh://')) {
    // The driver's ssh transport accepts any host key, so a man in the middle would get a root-equal session.
    return unavailable('unsupported-platform', say('engine.why.ssh', { address }), say('engine.remedy.ssh'));
  }
  const match = /^(tcp|https?):\/\/(\[[0-9a-fA-F:.]+\]|[^/:\s]+)(?::(\d{1,5}))?\/?$/.exec(address);
  if (match === null) {
    return unavailable('not-running', say('engine.why.badAddress', { address }), say('engine.remedy.address'));
  }
  const secure = match[1] === 'https' || tls !== null;
  const port = match[3] === undefined ? (secure ? 2376 : 2375) : Number(match[3]);
  const host = (match[2] ?? '').replace(/^\[|\]$/g, '');
  return { kind: 'tcp', host, port, tls: secure ? (tls ?? { ca: null, cert: null, key: null, verify: true }) : null };
}

/** The usual places, existing ones only: Docker first, then Podman. */
function usualEndpoints(search: EndpointSearch): readonly FoundEndpoint[] {
  if (search.platform === 'win32') {
    return ['//./pipe/docker_engine', '//./pipe/podman-machine-default'].map((path) => ({
      kind: 'usable',
      named: false,
      endpoint: { address: { kind: 'socket', path }, text: `npipe://${path}`, origin: 'default pipe' },
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
    [join(home, '.local/share/containers/podman/machine/podman.sock'), 'Podman machine socket'],
  ];
  return paths
    .filter(([path]) => existsSync(path))
    .map(([path, origin]) => ({
      kind: 'usable',
      named: false,
      endpoint: { address: { kind: 'socket', path }, text: `unix://${path}`, origin },
    }));
}

/** True when a docker or podman program is on the PATH: the engine is installed, whether or not it runs. */
export function isEngineInstalled(search: EndpointSearch): boolean {
  const directories = (search.environment.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  const names = search.platform === 'win32' ? ['docker.exe', 'podman.exe'] : ['docker', 'dockerd', 'podman'];
  return directories.some((directory) => names.some((name) => existsSync(join(directory, name))));
}

/** A folder with more is not a person's. */
const maxContexts = 32;

const dockerConfig = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({
  Name: z.string().catch(''),
  Endpoints: z.object({ docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().optional() }) }),
});

interface DockerContexts {
  /** The one that the docker command line would use; empty for none or "default". */
  readonly chosen: readonly FoundEndpoint[];
  readonly others: readonly FoundEndpoint[];
}

function readDockerContexts(search: EndpointSearch): DockerContexts {
  const directory = search.environment.DOCKER_CONFIG || join(search.homeDirectory, '.docker');
  const config = dockerConfig.safeParse(readJson(join(directory, 'config.json')));
  const chosenName = search.environment.DOCKER_CONTEXT || (config.success ? config.data.currentContext : undefined) || 'default';
  // The docker command line names a context's folder by the SHA-256 of the context's name.
  const chosenFolder = createHash('sha256').update(chosenName).digest('hex');
  const others = listDirectory(join(directory, 'contexts/meta'))
    .filter((folder) => /^[0-9a-f]{64}$/.test(folder) && folder !== chosenFolder)
    .slice(0, maxContexts)
    .flatMap((folder) => readDockerContext(directory, folder) ?? []);
  if (chosenName === 'default') return { chosen: [], others };
  const chosen = readDockerContext(directory, chosenFolder) ?? {
    kind: 'unusable',
    named: true,
    text: `context ${chosenName}`,
    origin: `context ${chosenName}`,
    why: unavailable('not-running', say('engine.why.badContext', { name: chosenName }), say('engine.remedy.context')),
  };
  return { chosen: [chosen], others };
}

/** Null: it cannot be read, or names no Docker engine (a Kubernetes context of old). */
function readDockerContext(directory: string, folder: string): FoundEndpoint | null {
  const meta = contextMeta.safeParse(readJson(join(directory, 'contexts/meta', folder, 'meta.json')));
  if (!meta.success) return null;
  const { Host, SkipTLSVerify } = meta.data.Endpoints.docker;
  const certificates = join(directory, 'contexts/tls', folder, 'docker');
  const tls = existsSync(certificates) || SkipTLSVerify === true ? readTls(certificates, SkipTLSVerify !== true) : null;
  return toFound(parseEngineAddress(Host, tls), Host, `context ${meta.data.Name}`);
}

function readTls(directory: string, verify: boolean): EngineTls {
  const read = (name: string) => readText(join(directory, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem'), verify };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    expectNoFile(error);
    return null;
  }
}

function listDirectory(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    expectNoFile(error);
    return [];
  }
}

/** Not there, not ours to see, or no file at all; throws what is unexpected. */
function expectNoFile(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EINVAL'].includes(code)) return code;
  throw error;
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
