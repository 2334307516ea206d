import { createServer } from 'node:net';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemRoots } from '../../src-main/platform/roots';

/**
 * Run in a network namespace of its own, where no other socket opens or closes: prints whether a socket was seen in the very
 * next sample after it was opened, and was gone in the very next after it was closed, for each round.
 */
const rounds = Number(process.argv[2]);
const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock });

async function listens(port: number): Promise<boolean> {
  const outcome = await collector.collect(new AbortController().signal);
  if (outcome.kind !== 'ok') throw new Error(outcome.detail);
  return outcome.data.processes.some((one) => one.pid === process.pid && one.listening.some((socket) => socket.port === port));
}

const seen: { readonly opened: boolean; readonly closed: boolean }[] = [];
await listens(0);
for (let round = 0; round < rounds; round++) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const opened = await listens(port);
  await new Promise((resolve) => server.close(resolve));
  seen.push({ opened, closed: !(await listens(port)) });
}
await collector.close?.();
console.log(JSON.stringify(seen));
