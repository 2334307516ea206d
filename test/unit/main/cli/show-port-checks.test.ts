import { expect, test } from 'vitest';
import { createPaint } from '../../../../src-main/cli/paint';
import { showPortChecks } from '../../../../src-main/cli/show-port-checks';
import type { PortCheck, Readings } from '../../../../src-shared/snapshots';
import { containerFacts, processFacts } from '../rules/sample-facts';

const read = { kind: 'ok', startedAtMs: 0, tookMs: 1 };
const check = (name: string, port: number, state: PortCheck['state']): PortCheck => ({ name, port, state, tookMs: null, checkedAtMs: 0 });

function readings(ports: readonly PortCheck[]) {
  const listening = (port: number) => [{ protocol: 'tcp', address: '127.0.0.1', port }] as const;
  const processes = [
    processFacts({ pid: 7, name: 'redis\u001b[31m', listening: listening(6379) }),
    processFacts({ pid: 8, name: 'docker-proxy', listening: listening(5432) }),
  ];
  const published = [{ containerPort: 5432, protocol: 'tcp', hostPort: 5432, hostAddress: '0.0.0.0' }];
  return {
    services: { ...read, data: { ports } },
    processes: { ...read, data: { processes } },
    containers: { ...read, data: { containers: [containerFacts({ name: 'db', ports: published })] } },
  } as unknown as Pick<Readings, 'services' | 'processes' | 'containers'>;
}

test('who answers at each port, harmless on a terminal, and the closed ones in one line', () => {
  const lines = showPortChecks(
    readings([
      check('PostgreSQL', 5432, 'open'),
      check('Redis', 6379, 'open'),
      check('mine\n', 9000, 'open'),
      check('slow', 9001, 'timeout'),
      check('MySQL', 3306, 'closed'),
      check('HTTP', 8080, 'closed'),
    ]),
    createPaint(false),
  );
  expect(lines).toEqual([
    '  ● PostgreSQL 5432              open, container db',
    '  ● Redis 6379                   open, redis\\x1b[31m (PID 7)',
    '  ● mine\\x0a 9000                open, a process these rights cannot see',
    '  ○ slow 9001                    no answer',
    '  closed: MySQL 3306, HTTP 8080',
  ]);
  expect(showPortChecks(readings([]), createPaint(false))).toEqual([]);
});
