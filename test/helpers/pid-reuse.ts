import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createStopProcesses } from '../../src-main/app/stop-processes';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { systemRoots } from '../../src-main/platform/roots';
import { processesWithIds } from './processes-with-ids';

/**
 * Run as root in a pid namespace of its own: gives the number of a previewed victim to another process and then redeems
 * the victim's ticket. Prints how often the stop was refused as "changed" and the impostor lived.
 */
const rounds = Number(process.argv[2]);
const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock });

async function listProcesses() {
  const outcome = await collector.collect(new AbortController().signal);
  if (outcome.kind !== 'ok') throw new Error(outcome.detail);
  return processesWithIds(outcome.data.processes);
}

/** The next process of this namespace gets `pid`; what else Node starts (threads) may take it, so it is tried again. */
function spawnAs(pid: number) {
  for (let attempt = 0; attempt < 20; attempt++) {
    writeFileSync('/proc/sys/kernel/ns_last_pid', String(pid - 1));
    const child = spawn('/bin/sleep', ['1000'], { stdio: 'ignore' });
    if (child.pid === pid) return child;
    child.kill('SIGKILL');
  }
  throw new Error(`number ${pid} could not be given again`);
}

let changed = 0;
let impostorsAlive = 0;
for (let round = 0; round < rounds; round++) {
  const victim = spawn('/bin/sleep', ['1000'], { stdio: 'ignore' });
  const victimExited = once(victim, 'exit');
  await once(victim, 'spawn');
  const pid = victim.pid ?? 0;
  const all = await listProcesses();
  const process = all.find((one) => one.pid === pid);
  if (process === undefined) throw new Error('the victim is not in the list');
  const stops = createStopProcesses({
    clock: systemClock,
    timers: systemTimers,
    roots: systemRoots,
    selfPid: 999_999,
    findProcess: () => ({ process, all }),
  });
  const { ticket } = stops.preview(process.id);
  victim.kill('SIGKILL');
  await victimExited;
  const impostor = spawnAs(pid);
  const impostorExited = once(impostor, 'exit');
  const { outcome } = await stops.stop({ ticket, signal: 'SIGKILL' });
  if (outcome === 'changed') changed++;
  if (impostor.exitCode === null && impostor.signalCode === null && impostor.kill(0)) impostorsAlive++;
  impostor.kill('SIGKILL');
  await impostorExited;
}
await collector.close?.();
console.log(JSON.stringify({ rounds, changed, impostorsAlive }));
