/** Types of systemd-container.mjs for the tests, which are TypeScript. */
import type { DockerResult } from './docker-engine.mjs';

export interface SystemdContainer {
  readonly id: string;
  exec(
    args: readonly string[],
    options?: { readonly environment?: Readonly<Record<string, string>>; readonly timeoutMs?: number },
  ): Promise<DockerResult>;
  write(path: string, text: string): Promise<DockerResult>;
  start(args: readonly string[], options?: { readonly environment?: Readonly<Record<string, string>> }): Promise<DockerResult>;
  remove(): Promise<DockerResult>;
}

export function whyNoSystemdContainer(): string | null;
export function provideSystemdRootfs(options?: { readonly say?: (line: string) => void; readonly signal?: AbortSignal }): Promise<string>;
export function importSystemdImage(socket: string, options?: { readonly say?: (line: string) => void }): Promise<void>;
export function startSystemdContainer(
  socket: string,
  options?: {
    readonly mode?: 'memory' | 'cpu';
    /** More read-only mounts: [path here, path inside]. */
    readonly mounts?: readonly (readonly [string, string])[];
    readonly say?: (line: string) => void;
  },
): Promise<SystemdContainer>;
