import { portContainer, portOwner } from '../../src-shared/port-owner';
import type { Readings } from '../../src-shared/snapshots';
import type { Paint } from './paint';
import { cutToWidth, escapeUnprintable, fitToWidth } from './terminal-text';

/** "Is my stack up?": a line for each port that answers or keeps silent, with who answers; those that nobody uses in one. */
export function showPortChecks(
  { services, processes, containers }: Pick<Readings, 'services' | 'processes' | 'containers'>,
  paint: Paint,
): string[] {
  if (services.kind !== 'ok' || services.data.ports.length === 0) return [];
  const { ports } = services.data;
  const owner = (port: number): string => {
    const process = processes.kind === 'ok' ? portOwner(port, processes.data.processes) : null;
    const container = containers.kind === 'ok' ? portContainer(port, containers.data.containers) : null;
    if (container !== null) return `container ${container.name}`;
    return process === null ? 'a process these rights cannot see' : `${process.name} (PID ${process.pid})`;
  };
  const label = (name: string, port: number) => fitToWidth(escapeUnprintable(`${name} ${port}`), 28);
  const closed = ports.filter(({ state }) => state === 'closed').map(({ name, port }) => `${name} ${port}`);
  return [
    ...ports
      .filter(({ state }) => state !== 'closed')
      .map(({ name, port, state }) =>
        state === 'open'
          ? `  ${paint.level('●', 'ok')} ${label(name, port)} open, ${cutToWidth(escapeUnprintable(owner(port)), 60)}`
          : `  ${paint.level('○', 'warning')} ${label(name, port)} no answer`,
      ),
    ...(closed.length === 0 ? [] : [paint.dim(`  closed: ${cutToWidth(escapeUnprintable(closed.join(', ')), 88)}`)]),
  ];
}
