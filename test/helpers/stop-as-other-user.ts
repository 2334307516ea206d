import { createStopProcesses } from '../../src-main/app/stop-processes';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { systemRoots } from '../../src-main/platform/roots';
import { processesWithIds } from './processes-with-ids';

/** Run as root with a pid: drops to nobody, tries to stop that process and prints the result. */
const pid = Number(process.argv[2]);
process.setgroups?.([]);
process.setgid?.(65534);
process.setuid?.(65534);
const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock });
const outcome = await collector.collect(new AbortController().signal);
if (outcome.kind !== 'ok') throw new Error(outcome.detail);
const all = processesWithIds(outcome.data.processes);
const victim = all.find((one) => one.pid === pid);
if (victim === undefined) throw new Error('the victim is not in the list');
const stops = createStopProcesses({
  clock: systemClock,
  timers: systemTimers,
  roots: systemRoots,
  selfPid: process.pid,
  findProcess: () => ({ process: victim, all }),
});
const { ticket } = stops.preview(victim.id);
console.log(JSON.stringify(await stops.stop({ ticket, signal: 'SIGTERM' })));
