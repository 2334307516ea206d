import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogStorage } from '../../src-shared/contract/logs';
import { startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { type BenchRow, benchRow } from './bench-row';
import { end, scheduledMs, serve } from './serve-process';

const perSecond = 50_000;
const measuredMs = 10_000;
/** In bursts of a tenth of a second's lines: a shell cannot pace them closer. */
const line = 'INFO worker-3 request 48213 for user 77120 took 12 ms from 10.0.0.1';
const script = `while :; do yes '${line}' | head -n ${perSecond / 10}; usleep 95000; done`;

/** P7: what a container that logs 50,000 lines a second costs in our process, beside `docker logs -f | grep -i`; by the API both. */
export async function measureContainerLog(say: (line: string) => void): Promise<readonly BenchRow[]> {
  const engine = await startDockerEngine('private');
  if ('unavailable' in engine) {
    say(`P7 is not measured: ${engine.unavailable}`);
    return [];
  }
  const idle = await serve([], 'unix:///none');
  const served = await serve([], engine.endpoint);
  try {
    await delay(3_000);
    const id = await engine.run(['--name', 'noisy'], 'sh', '-c', script);
    await delay(3_000);
    const peer = startPeer(engine, id);
    await delay(1_000);
    const count = async () => (await served.ask<LogStorage>('logs.storage', null)).recordCount;
    const [storedBefore, before, idleBefore, peerBefore] = [await count(), served.cpuMs(), idle.cpuMs(), peer.cpuMs()];
    const startedMs = performance.now();
    await delay(measuredMs);
    const seconds = (performance.now() - startedMs) / 1_000;
    const ours = (served.cpuMs() - before - (idle.cpuMs() - idleBefore)) / seconds;
    const theirs = (peer.cpuMs() - peerBefore) / seconds;
    const stored = ((await count()) - storedBefore) / seconds;
    await peer.stop();
    const note = `${stored.toFixed(0)} lines/s stored by us; ours parses, masks, mines and stores, theirs looks for a word`;
    return [
      benchRow({
        id: 'P7-api',
        what: 'error matching of a 50k lines/s container',
        ours,
        peer: theirs,
        peerName: 'docker logs | grep -i',
        unit: 'ms CPU/s',
        must: 0.9,
        note,
      }),
    ];
  } finally {
    await Promise.all([served.stop(), idle.stop()]);
    await engine.stop();
  }
}

function startPeer(engine: TestDockerEngine, id: string) {
  const docker = spawn('docker', ['-H', engine.endpoint, 'logs', '-f', '--tail', '0', id], { stdio: ['ignore', 'pipe', 'ignore'] });
  const grep = spawn('grep', ['-i', 'error'], { stdio: [docker.stdout, 'ignore', 'ignore'] });
  return {
    cpuMs: () => scheduledMs(docker.pid ?? 0) + scheduledMs(grep.pid ?? 0),
    stop: async () => {
      await end(docker);
      await end(grep);
    },
  };
}
