import {
  importSystemdImage,
  type SystemdContainer,
  startSystemdContainer,
  whyNoSystemdContainer,
} from '../../scripts/parts/systemd-container.mjs';
import { type NoDockerEngine, startDockerEngine } from './docker-engine';

/** Machines with a real systemd, for tests; all gone after `stop`. */
export interface SystemdMachines {
  /** Of the engine they run in. */
  readonly socketPath: string;
  boot(options: NonNullable<Parameters<typeof startSystemdContainer>[1]>): Promise<SystemdContainer>;
  stop(): Promise<void>;
}

/** The place to boot them, or why there is none and how to have one. */
export async function openSystemdMachines(): Promise<SystemdMachines | NoDockerEngine> {
  const reason = whyNoSystemdContainer();
  if (reason !== null) return { unavailable: `${reason}; enable it: run as root on Debian or Ubuntu with docker.io and mmdebstrap` };
  const engine = await startDockerEngine('shared');
  if ('unavailable' in engine) return engine;
  try {
    await importSystemdImage(engine.socketPath, { say: (line) => console.warn(line) });
  } catch (error) {
    // Without a package mirror there is no root file system; that is a fact about this machine, not about the product.
    await engine.stop();
    return { unavailable: `the systemd image cannot be made: ${error instanceof Error ? error.message : String(error)}` };
  }
  const booted: SystemdContainer[] = [];
  return {
    socketPath: engine.socketPath,
    async boot(options) {
      const container = await startSystemdContainer(engine.socketPath, options);
      booted.push(container);
      return container;
    },
    async stop() {
      for (const container of booted) await container.remove();
      await engine.stop();
    },
  };
}
