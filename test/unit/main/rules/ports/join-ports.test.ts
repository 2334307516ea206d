import { describe, expect, it } from 'vitest';
import { joinPorts } from '../../../../../src-main/rules/ports/join-ports';
import type { Process } from '../../../../../src-shared/snapshots';
import { processesWithIds } from '../../../../helpers/processes-with-ids';
import { processFacts } from '../sample-facts';

const tcp = (port: number, address = '127.0.0.1') => ({ protocol: 'tcp', address, port }) as const;

function rows(...facts: Parameters<typeof processFacts>[0][]): readonly Process[] {
  return processesWithIds(facts.map((over) => processFacts(over)));
}

describe('joinPorts', () => {
  it('puts a server and its workers in one row, at the one the others come from', () => {
    const processes = rows(
      { pid: 12, ppid: 10, startTicks: 7, name: 'nginx', listening: [tcp(80, '0.0.0.0'), tcp(80, '::')] },
      {
        pid: 10,
        ppid: 1,
        startTicks: 9,
        name: 'nginx',
        user: 'root',
        unit: 'nginx.service',
        listening: [tcp(80, '0.0.0.0'), tcp(80, '::')],
      },
    );
    expect(joinPorts({ processes, unownedSockets: [], containers: [], projectOf: () => null })).toEqual([
      {
        protocol: 'tcp',
        port: 80,
        addresses: ['0.0.0.0', '::'],
        reach: 'all',
        process: { id: 'id-10-9', pid: 10, name: 'nginx', user: 'root' },
        processCount: 2,
        unit: 'nginx.service',
        container: null,
        speaks: { name: 'HTTP', by: 'port' },
        url: null,
        page: null,
        project: null,
        startedAtMs: processes[1]?.startedAtMs,
      },
    ]);
  });

  it('keeps two programs at different addresses of one port apart, and sorts by port', () => {
    const processes = rows(
      { pid: 20, name: 'vite', listening: [tcp(5173, '::1')] },
      { pid: 21, name: 'other', listening: [tcp(5173, '192.168.1.5'), { protocol: 'udp', address: '0.0.0.0', port: 53 }] },
    );
    const ports = joinPorts({ processes, unownedSockets: [tcp(22, '0.0.0.0')], containers: [], projectOf: () => null });
    expect(ports.map(({ port, protocol, reach, process, speaks }) => [port, protocol, reach, process?.name ?? null, speaks?.name])).toEqual(
      [
        [22, 'tcp', 'all', null, 'SSH'],
        [53, 'udp', 'all', 'other', 'DNS'],
        [5173, 'tcp', 'loopback', 'vite', 'HTTP'],
        [5173, 'tcp', 'network', 'other', 'HTTP'],
      ],
    );
  });

  it('names the container behind the forwarder of the engine, and what its own port usually speaks', () => {
    const processes = rows({ pid: 30, name: 'docker-proxy', listening: [tcp(15432, '0.0.0.0')] });
    const container = {
      id: 'c'.repeat(64),
      name: 'shop-db',
      state: 'running',
      ports: [{ containerPort: 5432, protocol: 'tcp', hostPort: 15432, hostAddress: '0.0.0.0' }],
    } as const;
    const [port] = joinPorts({ processes, unownedSockets: [], containers: [container], projectOf: () => null });
    expect(port).toMatchObject({
      container: { id: 'c'.repeat(64), name: 'shop-db', containerPort: 5432 },
      speaks: { name: 'PostgreSQL', by: 'port' },
    });
  });

  it('does not call a process of the machine a container only because the port numbers agree', () => {
    const processes = rows({ pid: 30, name: 'node', listening: [tcp(8080)] });
    const container = {
      id: 'd',
      name: 'web',
      state: 'running',
      ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress: '10.0.0.1' }],
    } as const;
    const [port] = joinPorts({ processes, unownedSockets: [], containers: [container], projectOf: () => null });
    expect(port?.container).toBeNull();
  });

  it('tells the project of the owner', () => {
    const processes = rows({ pid: 30, listening: [tcp(3000)] });
    const project = { root: '/home/dev/shop', name: 'shop', branch: 'main' };
    const [port] = joinPorts({ processes, unownedSockets: [], containers: [], projectOf: () => project });
    expect(port?.project).toEqual({ name: 'shop', root: '/home/dev/shop', branch: 'main' });
  });
});
