import { expect, it } from 'vitest';
import { portContainer, portOwner } from '../../../src-shared/port-owner';
import type { ListeningSocket } from '../../../src-shared/snapshots';
import { containerFacts, processFacts } from '../main/rules/sample-facts';

const at = (address: string, port: number, protocol: 'tcp' | 'udp' = 'tcp'): ListeningSocket => ({ address, port, protocol });

it('finds who listens where a local connection arrives', () => {
  const postgres = processFacts({ pid: 10, listening: [at('127.0.0.1', 5432)] });
  const elsewhere = processFacts({ pid: 11, listening: [at('192.168.1.7', 3306), at('0.0.0.0', 6379, 'udp')] });
  const every = processFacts({ pid: 12, listening: [at('::', 8080)] });
  const all = [postgres, elsewhere, every];
  expect([5432, 3306, 6379, 8080, 27_017].map((port) => portOwner(port, all)?.pid ?? null)).toEqual([10, null, null, 12, null]);
});

it('names the server, not one of its workers', () => {
  const listening = [at('0.0.0.0', 80)];
  const workers = [21, 22].map((pid) => processFacts({ pid, ppid: 30, startTicks: 5, listening }));
  const master = processFacts({ pid: 30, ppid: 1, startTicks: 9, listening });
  expect(portOwner(80, [...workers, master])?.pid).toBe(30);
});

it('names the running container that publishes a port', () => {
  const ports = [{ containerPort: 5432, protocol: 'tcp', hostPort: 5433, hostAddress: '0.0.0.0' }];
  const database = containerFacts({ id: 'db', ports });
  expect(portContainer(5433, [database])?.id).toBe('db');
  expect(portContainer(5432, [database])).toBeNull();
  expect(portContainer(5433, [containerFacts({ ports, state: 'exited' })])).toBeNull();
});
