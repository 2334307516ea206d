import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `systemctl` and `journalctl` that speak to the systemd of a container, for a LogScope outside of it: a folder for PATH, and one
 * that stands for /run of a machine that systemd booted. Every call costs a `docker exec`, so nothing is said about time.
 */
export interface SystemdPrograms {
  readonly path: string;
  readonly runRoot: string;
}

export function writeSystemdPrograms(directory: string, socketPath: string, containerId: string): SystemdPrograms {
  const path = join(directory, 'bin');
  const runRoot = join(directory, 'run');
  mkdirSync(path, { recursive: true });
  mkdirSync(join(runRoot, 'systemd', 'system'), { recursive: true });
  for (const program of ['systemctl', 'journalctl']) {
    // DOCKER_CONFIG: the person's own settings are none of a test's business.
    const script = [
      '#!/bin/sh',
      `DOCKER_CONFIG=/nonexistent exec docker -H unix://${socketPath} exec -e TZ -e LC_ALL -e SYSTEMD_COLORS ${containerId} ${program} "$@"`,
    ];
    writeFileSync(join(path, program), `${script.join('\n')}\n`, { mode: 0o755 });
  }
  return { path, runRoot };
}
