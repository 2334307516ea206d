import { hostname } from 'node:os';
import type { Command } from 'commander';
import { ask } from '../ask';
import type { CliDeps, GlobalFlags } from '../deps';
import { checkExitCodes } from '../exit-codes';
import { levelMarks } from '../paint';
import { listProblems, overallLevel, type Problem } from '../problems';
import { takeReadings } from '../take-readings';
import { cutToWidth, escapeUnprintable, jsonLine } from '../terminal-text';
import { oneShotCore, withCore } from '../with-core';

/** `check`: the machine's level as an exit code, for scripts and for Nagios-like programs. */
export function addCheckCommand(program: Command, deps: CliDeps, version: string): void {
  program
    .command('check')
    .summary('exit code 0 ok, 1 warning, 2 critical, 3 unknown')
    .description(
      'Says in one line how the machine is, worst first, and ends with 0 ok, 1 warning, 2 critical or 3 unknown. Wrong usage ends with 64.',
    )
    .option('--json', 'one JSON object {schema, node, takenAtMs, level, summary, problems}')
    .action(async (flags: { readonly json?: true }, command: Command) => {
      const options = oneShotCore(version, command.optsWithGlobals<GlobalFlags>(), deps);
      await withCore(deps, options, async (core) => {
        const readings = await takeReadings(core, { samples: 2, wait: deps.wait });
        const problems = listProblems(readings, await ask(core, 'problems.current', null));
        const level = overallLevel(problems);
        const summary = summarise(problems);
        if (flags.json) {
          deps.print(jsonLine({ schema: 1, node: hostname(), takenAtMs: deps.nowMs(), level, summary, problems }));
        } else {
          deps.print(`${deps.paint.level(`${levelMarks[level]} ${level}`, level)}: ${summary}\n`);
        }
        deps.setExitCode(checkExitCodes[level]);
      });
    });
}

const shownProblemCount = 3;

/** The worst problems in one line; how many more there are is never left out. */
export function summarise(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'nothing wrong';
  const shown = problems.slice(0, shownProblemCount).map((one) => escapeUnprintable(`${one.subject}: ${cutToWidth(one.text, 120)}`));
  const hidden = problems.length - shown.length;
  return hidden > 0 ? `${shown.join(' · ')} · and ${hidden} more` : shown.join(' · ');
}
