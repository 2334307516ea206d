import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { LineSplitter } from '../../src-main/platform/line-splitter';

/** What `docker stats` says of one container. */
export interface ContainerUsageFigures {
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}

/** `docker stats` as it runs in a terminal: a line twice a second. */
export function watchDockerStats(socketPath: string, name: string) {
  const env = { ...process.env, DOCKER_HOST: `unix://${socketPath}`, DOCKER_CONFIG: '/nonexistent' };
  const child = spawn('docker', ['stats', '--format', '{{.CPUPerc}} {{.MemUsage}}', name], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let latest: ContainerUsageFigures | null = null;
  const splitter = new LineSplitter(4096, (line) => {
    latest = parseStats(line.toString()) ?? latest;
  });
  child.stdout.on('data', (chunk: Buffer) => splitter.write(chunk));
  return {
    latest: () => latest,
    async stop() {
      const gone = once(child, 'exit');
      // It shrugs SIGTERM off while it waits for the engine.
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** "59.81% 31.8MiB / 256MiB" behind the codes that clear the screen; null before the first sample ("--"). */
function parseStats(text: string): ContainerUsageFigures | null {
  const match = /([\d.]+)% ([\d.]+)(KiB|MiB|GiB)/.exec(text);
  if (match === null) return null;
  const unit = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[match[3] as 'KiB' | 'MiB' | 'GiB'];
  return { cpuPercent: Number(match[1]), memoryBytes: Number(match[2]) * unit };
}
