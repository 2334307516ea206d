import { hostname } from 'node:os';
import type { Command } from 'commander';
import { ask } from '../ask';
import type { CliDeps, GlobalFlags } from '../deps';
import { listProblems, overallLevel } from '../problems';
import { showSnapshot } from '../show-snapshot';
import { takeReadings } from '../take-readings';
import { jsonLine } from '../terminal-text';
import { oneShotCore, withCore } from '../with-core';

/** `snapshot`: everything LogScope can see now, from two samples. The JSON is an outside contract: names stay. */
export function addSnapshotCommand(program: Command, deps: CliDeps, version: string): void {
  program
    .command('snapshot')
    .summary('the machine now: host, containers, services, risky processes, newest errors')
    .description(
      'Takes two samples a second apart and prints them once. Exit code 0 whatever the state of the machine; see "check" for that.',
    )
    .option('--json', 'one JSON object {schema, node, takenAtMs, level, readings}')
    .action(async (flags: { readonly json?: true }, command: Command) => {
      const options = oneShotCore(version, command.optsWithGlobals<GlobalFlags>(), deps);
      await withCore(deps, options, async (core) => {
        const readings = await takeReadings(core, { samples: 2, wait: deps.wait });
        const level = overallLevel(listProblems(readings, await ask(core, 'problems.current', null)));
        const node = options.nodeName ?? hostname();
        deps.print(
          flags.json
            ? jsonLine({ schema: 1, node, takenAtMs: deps.nowMs(), level, readings })
            : showSnapshot({ node, level, readings }, deps.paint),
        );
      });
    });
}
