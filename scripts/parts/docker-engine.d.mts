/** Types of docker-engine.mjs for the tests, which are TypeScript. */
export interface PrivateDockerEngine {
  readonly socket: string;
  readonly endpoint: string;
  readonly directory: string;
  daemonPid(): number | null;
  startDaemon(): Promise<void>;
  stopDaemon(): Promise<void>;
  stop(): Promise<void>;
}

export interface DockerResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export const testImage: string;
export function whyNoDockerEngine(): string | null;
export function startDockerEngine(options?: { readonly say?: (line: string) => void }): Promise<PrivateDockerEngine>;
export function importTestImage(socket: string): Promise<void>;
export function runDocker(
  socket: string,
  args: readonly string[],
  options?: { readonly configDirectory?: string; readonly timeoutMs?: number },
): Promise<DockerResult>;
