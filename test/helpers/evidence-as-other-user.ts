import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemRoots } from '../../src-main/platform/roots';

/** Run as root with the pid of a process of root: drops to nobody and prints what is seen of that and of one of its own. */
process.chdir('/');
process.setgroups?.([]);
process.setgid?.(65_534);
process.setuid?.(65_534);
const rootPid = Number(process.argv[2]);
const child = spawn('/bin/sleep', ['1000'], { stdio: 'ignore' });
await once(child, 'spawn');
const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock });
for (let look = 0; look < 200; look++) {
  const outcome = await collector.collect(new AbortController().signal);
  if (outcome.kind !== 'ok') throw new Error(outcome.detail);
  const { processes, hiddenCount } = outcome.data;
  const evidenceOf = (pid: number | undefined) => processes.find((one) => one.pid === pid)?.evidence ?? null;
  const [own, others] = [evidenceOf(child.pid), evidenceOf(rootPid)];
  if (own === null || others === null) continue;
  const otherCount = processes.filter((one) => !one.kernelThread && one.uid !== 65_534 && one.state !== 'Z').length;
  // One that is just ending is neither hidden nor told by its state.
  if (hiddenCount !== otherCount && look < 199) continue;
  console.log(JSON.stringify({ own, others, hiddenCount, otherCount }));
  break;
}
await collector.close?.();
child.kill('SIGKILL');
