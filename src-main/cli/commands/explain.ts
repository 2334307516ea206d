import { type Command, InvalidArgumentError } from 'commander';
import { RequestError } from '../../../src-shared/contract';
import type { ProcessesSnapshot } from '../../../src-shared/snapshots';
import type { Core } from '../../app/core';
import { ask } from '../ask';
import { type CliDeps, CliError, type GlobalFlags } from '../deps';
import { reportProcess } from '../process-report';
import { showExplanation } from '../show-explanation';
import { takeProcesses } from '../take-processes';
import { jsonLine } from '../terminal-text';
import { oneShotCore, withCore } from '../with-core';
import { requireProcesses } from './processes';

/** `explain`: everything about one process. The JSON is an outside contract: exactly these names. */
export function addExplainCommand(program: Command, deps: CliDeps, version: string): void {
  program
    .command('explain')
    .summary('one process: what it is, whether to worry, what happens when it is ended')
    .description('Looks at one process closely and tells what it is, how unusual it looks and why, and how gently it has to be ended.')
    .argument('<pid>', 'number of the process', parsePid)
    .option('--json', 'one JSON object {pid, name, exe, role, axes, level, evidenceRatio, reasons, killClass, comesBack}')
    .action(async (pid: number, flags: { readonly json?: true }, command: Command) => {
      const options = oneShotCore(version, command.optsWithGlobals<GlobalFlags>(), deps);
      await withCore(deps, options, async (core) => {
        const isDone = async (snapshot: ProcessesSnapshot) => {
          const id = idOf(snapshot, pid);
          return snapshot.evidencePendingCount === 0 || id === null || (await explain(core, id, pid)).evidence !== null;
        };
        const snapshot = requireProcesses(await takeProcesses(core, { wait: deps.wait, rates: !flags.json, isDone }));
        const id = idOf(snapshot, pid);
        if (id === null) throw gone(pid);
        const explanation = await explain(core, id, pid);
        const { process, comesBack } = explanation;
        deps.print(flags.json ? jsonLine(reportProcess(process, comesBack)) : showExplanation(explanation, deps.paint));
      });
    });
}

function idOf(snapshot: ProcessesSnapshot, pid: number): string | null {
  return snapshot.processes.find((one) => one.pid === pid)?.id ?? null;
}

/** It may end between two questions. */
async function explain(core: Core, id: string, pid: number) {
  try {
    return await ask(core, 'processes.explain', { id });
  } catch (error) {
    if (error instanceof RequestError && error.code === 'not-found') throw gone(pid);
    throw error;
  }
}

function gone(pid: number): CliError {
  return new CliError(`error: there is no process with the number ${pid} (any more).`);
}

function parsePid(text: string): number {
  const pid = Number(text);
  if (!/^\d+$/.test(text) || pid < 1 || pid > 4_294_967_295) throw new InvalidArgumentError(`"${text}" is not the number of a process.`);
  return pid;
}
