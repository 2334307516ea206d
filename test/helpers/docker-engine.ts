import {
  type DockerResult,
  runDocker,
  startDockerEngine as startEngine,
  testImage,
  whyNoDockerEngine,
} from '../../scripts/parts/docker-engine.mjs';

export { testImage } from '../../scripts/parts/docker-engine.mjs';

export interface TestDockerEngine {
  readonly socketPath: string;
  readonly endpoint: string;
  /** The docker program against this engine; a non-zero exit is a result. */
  docker(...args: readonly string[]): Promise<DockerResult>;
  /** Starts a container without a network and gives its id. Removed by `removeContainers` or `stop`. */
  run(options: readonly string[], ...command: readonly string[]): Promise<string>;
  /** Removes the containers that `run` started. */
  removeContainers(): Promise<void>;
  stopDaemon(): Promise<void>;
  startDaemon(): Promise<void>;
  stop(): Promise<void>;
}

export interface NoDockerEngine {
  /** Why, and how to enable it. */
  readonly unavailable: string;
}

/**
 * A real engine of our own (or, for `shared`, the one the test runner started, named by LOGSCOPE_TEST_DOCKER_SOCKET:
 * never stopped by us, and other tests' containers are in it too). Tests that stop the daemon take a private one.
 */
export async function startDockerEngine(kind: 'private' | 'shared' = 'private'): Promise<TestDockerEngine | NoDockerEngine> {
  const shared = process.env.LOGSCOPE_TEST_DOCKER_SOCKET;
  if (kind === 'shared' && shared !== undefined && shared !== '') return openEngine(shared, null);
  const reason = whyNoDockerEngine();
  if (reason !== null) return { unavailable: `${reason}; enable it: run as root on Debian or Ubuntu with docker.io and busybox-static` };
  const engine = await startEngine();
  return openEngine(engine.socket, engine);
}

function openEngine(socketPath: string, owned: Awaited<ReturnType<typeof startEngine>> | null): TestDockerEngine {
  const started: string[] = [];
  const docker = (...args: readonly string[]) => runDocker(socketPath, args);
  const onlyOwned = () => Promise.reject(new Error('The shared engine is not ours to stop'));

  async function removeContainers(): Promise<void> {
    const ids = started.splice(0);
    if (ids.length > 0) await docker('rm', '-f', '-v', ...ids);
  }

  return {
    socketPath,
    endpoint: `unix://${socketPath}`,
    docker,
    async run(options, ...command) {
      const result = await docker('run', '-d', '--network', 'none', ...options, testImage, ...command);
      const id = result.stdout.trim();
      if (id !== '') started.push(id);
      if (result.exitCode !== 0) throw new Error(`docker run failed: ${result.stderr}`);
      return id;
    },
    removeContainers,
    stopDaemon: () => owned?.stopDaemon() ?? onlyOwned(),
    startDaemon: () => owned?.startDaemon() ?? onlyOwned(),
    stop: () => owned?.stop() ?? removeContainers(),
  };
}
