import type { LocalPort, PortAnswer, PortReach } from '../../src-shared/contract';
import type { Paint } from './paint';
import { countOf, cutToWidth, escapeUnprintable, fitToWidth } from './terminal-text';

const reachWords: Readonly<Record<PortReach, string>> = { loopback: 'this machine', network: 'one network', all: 'every network' };
const columns = { port: 10, reach: 13, speaks: 16, owner: 34 } as const;

/** A line for each listening port: what others can reach stands out. */
export function showPorts(ports: readonly LocalPort[], paint: Paint): string {
  if (ports.length === 0) return 'Nothing listens, as far as these rights can see.\n';
  const head = paint.dim(
    `${fitToWidth('port', columns.port)} ${fitToWidth('reachable by', columns.reach)} ${fitToWidth('speaks', columns.speaks)} ${fitToWidth('held by', columns.owner)} about`,
  );
  return `${[head, ...ports.map((port) => portLine(port, paint))].join('\n')}\n`;
}

function portLine(one: LocalPort, paint: Paint): string {
  const reach = fitToWidth(reachWords[one.reach], columns.reach);
  const cells = [
    fitToWidth(`${one.port}/${one.protocol}`, columns.port),
    one.reach === 'all' ? paint.level(reach, 'warning') : reach,
    fitToWidth(speech(one), columns.speaks),
    fitToWidth(escapeUnprintable(holder(one)), columns.owner),
    cutToWidth(escapeUnprintable(about(one)), 60),
  ];
  return cells.join(' ').trimEnd();
}

/** "Who has 3000?" in sentences. */
export function showPortAnswer({ port, holders, betterAction, nextFreePort, complaints }: PortAnswer, paint: Paint): string {
  const lines: string[] = [];
  if (holders.length === 0) lines.push(`Port ${port} is free, as far as these rights can see.`);
  for (const one of holders) {
    lines.push(`${paint.bold(`${one.port}/${one.protocol}`)} ${escapeUnprintable(holder(one))}, reachable by ${reachWords[one.reach]}`);
    const more = about(one);
    if (more !== '') lines.push(`  ${cutToWidth(escapeUnprintable(more), 110)}`);
  }
  if (betterAction !== null) lines.push(`To free it: ${escapeUnprintable(advice(betterAction))}`);
  if (nextFreePort !== null && holders.length > 0) lines.push(`Next free port: ${nextFreePort}`);
  if (complaints.length > 0) {
    lines.push(`${countOf(complaints.length, 'complaint')} in the logs:`);
    for (const { source, text } of complaints) lines.push(`  ${cutToWidth(escapeUnprintable(`${source}: ${text}`), 110)}`);
  }
  return `${lines.join('\n')}\n`;
}

function speech({ speaks }: LocalPort): string {
  if (speaks === null) return '';
  return speaks.by === 'port' ? `${speaks.name}?` : speaks.name;
}

function holder({ process, processCount, container }: LocalPort): string {
  if (container !== null) return `container ${container.name}`;
  if (process === null) return 'a process these rights cannot see';
  const others = processCount > 1 ? ` +${processCount - 1}` : '';
  return `${process.name} (PID ${process.pid}${process.user === null ? '' : `, ${process.user}`})${others}`;
}

function about({ page, project, unit, url }: LocalPort): string {
  const parts = [
    url !== null && page !== null ? `${url} ${page.status}${page.title === null ? '' : ` "${page.title}"`}` : null,
    project === null ? null : `project ${project.name}${project.branch === null ? '' : ` (${project.branch})`}`,
    unit,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function advice(action: NonNullable<PortAnswer['betterAction']>): string {
  switch (action.kind) {
    case 'stop-unit':
      return `systemctl ${action.scope === 'user' ? '--user ' : ''}stop ${action.unit}`;
    case 'stop-container':
      return `stop the container ${action.name}`;
    case 'look-at-pod':
      return `scale down what owns the pod ${action.name}`;
    case 'stop-process':
      return `stop ${action.name} (PID ${action.pid})`;
  }
}
