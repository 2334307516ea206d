import type { SystemdContainer } from '../../scripts/parts/systemd-container.mjs';

/** Unit files by name. */
export type UnitFiles = Readonly<Record<string, string>>;

/** Text of a service; `unit` are more lines of its [Unit] section. */
export function serviceFile(lines: readonly string[], unit: readonly string[] = []): string {
  return `${['[Unit]', 'Description=LogScope test', ...unit, '[Service]', ...lines].join('\n')}\n`;
}

/** Writes unit files into a machine and makes its systemd know them. */
export async function installUnits(machine: SystemdContainer, units: UnitFiles): Promise<void> {
  for (const [name, text] of Object.entries(units)) await machine.write(`/etc/systemd/system/${name}`, text);
  await machine.exec(['systemctl', 'daemon-reload']);
}

/** systemd's own word about one property, asked for by itself; with a zone, times are told in it. */
export async function unitProperty(machine: SystemdContainer, unit: string, name: string): Promise<string> {
  return (await machine.exec(['systemctl', 'show', '--value', '-p', name, '--', unit], { environment: { TZ: 'UTC' } })).stdout.trim();
}
