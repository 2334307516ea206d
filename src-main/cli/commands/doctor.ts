import { hostname } from 'node:os';
import type { Command } from 'commander';
import type { CliDeps, GlobalFlags } from '../deps';
import { diagnose, showDoctor } from '../show-doctor';
import { takeReadings } from '../take-readings';
import { escapeUnprintable, jsonLine } from '../terminal-text';
import { oneShotCore, withCore } from '../with-core';

/** `doctor`: can LogScope see what it should, and what to do where it cannot. */
export function addDoctorCommand(program: Command, deps: CliDeps, version: string): void {
  program
    .command('doctor')
    .summary('what LogScope can and cannot see here, and the remedy')
    .description('Reads every source once and tells whether it is available, why not, what to do about it and how long it took.')
    .option('--json', 'one JSON object {schema, version, node, takenAtMs, dataDirectory, sources}')
    .action(async (flags: { readonly json?: true }, command: Command) => {
      const options = oneShotCore(version, command.optsWithGlobals<GlobalFlags>(), deps);
      await withCore(deps, options, async (core) => {
        const sources = diagnose(await takeReadings(core, { samples: 1, wait: deps.wait }));
        const { dataDirectory } = options;
        if (flags.json) {
          deps.print(jsonLine({ schema: 1, version, node: hostname(), takenAtMs: deps.nowMs(), dataDirectory, sources }));
        } else {
          const about = `LogScope ${version} · Node ${process.versions.node} · ${process.platform} · data in ${dataDirectory}`;
          deps.print(`${escapeUnprintable(about)}\n\n${showDoctor(sources, deps.paint)}`);
        }
      });
    });
}
