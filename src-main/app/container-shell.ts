import type { ContainerEngine } from '../../src-shared/snapshots/containers';

const anyShell = 'command -v bash >/dev/null && exec bash || exec sh';

/** The command for a shell inside a container; `program` is docker or podman, as found. The id is hexadecimal. */
export function shellCommand(
  program: string,
  engine: Pick<ContainerEngine, 'name' | 'endpoint'>,
  containerId: string,
  platform: NodeJS.Platform,
): readonly string[] {
  if (!/^[0-9a-f]{12,64}$/.test(containerId)) throw new Error('not the id of a container');
  const isPodman = /podman(\.exe)?$/.test(program);
  const address = isPodman ? ['--url', engine.endpoint] : ['-H', engine.endpoint];
  // Windows has programs that would read && and > on the way.
  const shell = platform === 'win32' ? ['sh'] : ['sh', '-c', anyShell];
  return [program, ...address, 'exec', '-it', containerId, ...shell];
}

/** Programs that speak to this engine, the better first. */
export function clientPrograms(engine: Pick<ContainerEngine, 'name'>, platform: NodeJS.Platform): readonly string[] {
  const names = engine.name === 'podman' ? ['podman', 'docker'] : ['docker', 'podman'];
  return platform === 'win32' ? names.map((name) => `${name}.exe`) : names;
}
