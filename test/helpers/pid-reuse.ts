import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { StopSignal } from '../../src-shared/contract';
import { createStopParts } from './stop-parts';

/**
 * Run as root in a pid namespace of its own: gives the number of a previewed victim to another process and then redeems the victim's
 * ticket. With `child` the victim is below the previewed process, which lives on. Prints what was said of the victim and how often the
 * impostor was neither ended nor paused.
 */
const rounds = Number(process.argv[2]);
const signal = process.argv[3] as StopSignal;
const asChild = process.argv[4] === 'child';
const parts = createStopParts({ selfPid: 999_999 });

/** The next process of this namespace gets `pid`; what else Node starts (threads) may take it, so it is tried again. */
function spawnAs(pid: number): ChildProcess {
  for (let attempt = 0; attempt < 20; attempt++) {
    writeFileSync('/proc/sys/kernel/ns_last_pid', String(pid - 1));
    const child = spawn('/bin/sleep', ['1000'], { stdio: 'ignore' });
    if (child.pid === pid) return child;
    child.kill('SIGKILL');
  }
  throw new Error(`number ${pid} could not be given again`);
}

function isUntouched(child: ChildProcess): boolean {
  if (child.exitCode !== null || child.signalCode !== null || !child.kill(0)) return false;
  return !readFileSync(`/proc/${child.pid}/stat`, 'latin1').includes(') T ');
}

/** The process that is previewed, the one whose number is given away, and how it is ended. */
async function startVictim() {
  if (!asChild) {
    const victim = spawn('/bin/sleep', ['1000'], { stdio: 'ignore' });
    await once(victim, 'spawn');
    const exited = once(victim, 'exit');
    return {
      previewed: victim,
      pid: victim.pid ?? 0,
      async end() {
        victim.kill('SIGKILL');
        await exited;
      },
    };
  }
  // The shell collects its child at once: the number is free when it says so.
  const script = 'sleep 1000 & echo $!; wait; echo gone; read line';
  const shell = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const [line] = await once(shell.stdout, 'data');
  const pid = Number(String(line).trim());
  return {
    previewed: shell,
    pid,
    async end() {
      const gone = once(shell.stdout, 'data');
      process.kill(pid, 'SIGKILL');
      await gone;
    },
  };
}

const said: Record<string, number> = {};
let impostorsUntouched = 0;
for (let round = 0; round < rounds; round++) {
  const { previewed, pid, end } = await startVictim();
  await parts.look();
  parts.find(pid);
  const { ticket, descendants } = await parts.stops.preview(parts.find(previewed.pid ?? 0).id);
  if (asChild && descendants.every((one) => one.pid !== pid)) throw new Error('the victim is not among the descendants');
  await end();
  const impostor = spawnAs(pid);
  const impostorExited = once(impostor, 'exit');
  const result = await parts.stops.stop({ ticket, signal, withDescendants: asChild });
  const outcome = asChild ? (result.descendants.find((one) => one.pid === pid)?.outcome ?? 'not told') : result.outcome;
  said[outcome] = (said[outcome] ?? 0) + 1;
  if (isUntouched(impostor)) impostorsUntouched++;
  impostor.kill('SIGKILL');
  previewed.kill('SIGKILL');
  await impostorExited;
}
await parts.close();
console.log(JSON.stringify({ rounds, said, impostorsUntouched }));
process.exit();
