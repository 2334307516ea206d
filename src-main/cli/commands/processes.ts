import { hostname } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { Process, Readings } from '../../../src-shared/snapshots';
import { ask } from '../ask';
import { type CliDeps, CliError, type GlobalFlags } from '../deps';
import { filterProcesses } from '../filter-processes';
import { reportRow } from '../process-report';
import { showProcesses } from '../show-processes';
import { takeProcesses } from '../take-processes';
import { jsonLine } from '../terminal-text';
import { oneShotCore, withCore } from '../with-core';

interface ProcessesFlags {
  readonly json?: true;
  readonly riskMin: number;
  readonly filter?: readonly string[];
}

/** `processes`: what runs, what it is and how unusual it looks, the riskiest first. The JSON is an outside contract: names stay. */
export function addProcessesCommand(program: Command, deps: CliDeps, version: string): void {
  program
    .command('processes')
    .summary('what runs, what it is, how unusual it looks and how it can be ended')
    .description(
      'Lists every process with its role, its three risk axes and its class of ending, the highest score first. Looks at each one closely first, for at most 15 s.',
    )
    .option('--json', 'one JSON object {schema, node, takenAtMs, totalCount, hiddenCount, evidencePendingCount, processes}')
    .option('--risk-min <number>', 'only those with at least this score, 0 to 100', parseScore, 0)
    .option('--filter <words...>', 'only those that meet all of these: user:root port:3000 risk>40 -name:node or any text')
    .action(async (flags: ProcessesFlags, command: Command) => {
      const options = oneShotCore(version, command.optsWithGlobals<GlobalFlags>(), deps);
      const matches = filterProcesses((flags.filter ?? []).join(' '));
      await withCore(deps, options, async (core) => {
        const isDone = ({ evidencePendingCount }: { readonly evidencePendingCount: number }) => evidencePendingCount === 0;
        const snapshot = requireProcesses(await takeProcesses(core, { wait: deps.wait, rates: true, isDone }));
        const comesBack = await ask(core, 'processes.comes-back', null);
        const chosen = snapshot.processes.filter((process) => process.risk.score >= flags.riskMin && matches(process)).sort(riskiestFirst);
        const { hiddenCount, evidencePendingCount } = snapshot;
        const counts = { totalCount: snapshot.processes.length, hiddenCount, evidencePendingCount };
        if (!flags.json) {
          deps.print(showProcesses(chosen, counts, deps.paint));
          return;
        }
        const processes = chosen.map((process) => reportRow(process, comesBack[process.id] ?? null));
        deps.print(jsonLine({ schema: 1, node: options.nodeName ?? hostname(), takenAtMs: deps.nowMs(), ...counts, processes }));
      });
    });
}

/** Without the list there is nothing to tell. */
export function requireProcesses(reading: Readings['processes']) {
  if (reading.kind === 'ok') return reading.data;
  throw new CliError(`error: processes cannot be read: ${reading.kind === 'failed' ? reading.message : reading.detail}`);
}

function riskiestFirst(a: Process, b: Process): number {
  return b.risk.score - a.risk.score || a.pid - b.pid;
}

function parseScore(text: string): number {
  const score = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || score > 100) throw new InvalidArgumentError('A score is a number from 0 to 100.');
  return score;
}
