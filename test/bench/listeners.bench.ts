import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type BenchRun, benchRow, median } from './bench-row';
import { cpuMsOf } from './cpu-time';
import { startCrowd } from './process-crowd';
import { createFactsSampler } from './process-facts';
import { processCount } from './process-tree';

const rounds = 7;
const listenerCount = 50;

/**
 * P5: which process listens where, in steady state, beside `ss -ltnp`. Two rows: one where nothing happens, and one where
 * a connection is opened or closed before each sample, so that the socket tables have to be read each time. Ours includes
 * the process table, because owners are only known by it, and the evidence on each process.
 */
export const run: BenchRun = async (say) => {
  if (process.platform !== 'linux' || spawnSync('ss', ['-V']).status !== 0) {
    say('P5 needs Linux and ss (apt-get install iproute2)');
    return [];
  }
  const crowd = await startCrowd(300);
  const files = await startFileHolders();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const note = `${processCount()} processes, ${listenerCount} listeners`;
  const facts = createFactsSampler({ listeners: true, evidence: true });
  const clients: Socket[] = [];

  async function sampleAfterChange(): Promise<number> {
    const port = (server.address() as { port: number }).port;
    const client = connect(port, '127.0.0.1');
    clients.push(client);
    await once(client, 'connect');
    return cpuMsOf(1, facts.sample);
  }

  try {
    for (let time = 0; time < 30 || facts.pendingCount() > 0; time++) await facts.sample();
    const quiet: number[] = [];
    const changing: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < rounds; round++) {
      quiet.push(await cpuMsOf(10, facts.sample));
      for (let time = 0; time < 3; time++) changing.push(await sampleAfterChange());
      peer.push(await cpuMsOf(3, () => execFileSync('ss', ['-ltnpH'], { maxBuffer: 16 * 1024 * 1024 })));
    }
    const theirs = median(peer);
    const row = (what: string, values: readonly number[]) =>
      benchRow({
        id: 'P5',
        what: `process table, evidence and listeners, ${what}`,
        ours: median(values),
        peer: theirs,
        peerName: 'ss -ltnp',
        unit: 'ms CPU',
        must: 1 / 5,
        note,
      });
    return [row('nothing changes', quiet), row('a new connection each time', changing)];
  } finally {
    for (const client of clients) client.destroy();
    server.close();
    facts.close();
    for (const child of files) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    await crowd.end();
  }
};

/** A few processes with many open files and the listeners, as servers have them. */
async function startFileHolders(): Promise<readonly ChildProcess[]> {
  const script = `let n=0;const fs=require('fs');for(let i=0;i<900;i++)fs.openSync('/dev/null');for(let i=0;i<${listenerCount / 10};i++)require('net').createServer().listen(0,'127.0.0.1',()=>{if(++n===${listenerCount / 10})console.log('ready')})`;
  return Promise.all(
    Array.from({ length: 10 }, async () => {
      const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
      await once(child.stdout, 'data');
      return child;
    }),
  );
}
