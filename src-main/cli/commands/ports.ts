import { hostname } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import { ask } from '../ask';
import type { CliDeps, GlobalFlags } from '../deps';
import { exitFailure } from '../exit-codes';
import { showPortAnswer, showPorts } from '../show-ports';
import { takeReadings } from '../take-readings';
import { jsonLine } from '../terminal-text';
import { oneShotCore, withCore } from '../with-core';

/** `ports`: who holds which port. The JSON is an outside contract: names stay. */
export function addPortsCommand(program: Command, deps: CliDeps, version: string): void {
  program
    .command('ports')
    .summary('who holds which port, or one of them; what can be opened in a browser')
    .description(
      'Lists every listening port with its process, container, unit and project, and asks local web servers for their title. ' +
        'With a port: who holds it, how to free it and the next free one; ends with 1 when it is free.',
    )
    .argument('[port]', 'one port, 1 to 65535', parsePort)
    .option('--json', 'one JSON object {schema, node, takenAtMs, ports}, with a port {schema, node, takenAtMs, port, holders, …}')
    .option('--no-pages', 'do not ask local web servers for their page')
    .action(async (port: number | undefined, flags: { readonly json?: true; readonly pages: boolean }, command: Command) => {
      const options = oneShotCore(version, command.optsWithGlobals<GlobalFlags>(), deps);
      await withCore(deps, options, async (core) => {
        await takeReadings(core, { samples: 1, wait: deps.wait });
        const about = { schema: 1, node: options.nodeName ?? hostname(), takenAtMs: deps.nowMs() };
        if (port === undefined) {
          const ports = await ask(core, 'ports.list', { pages: flags.pages });
          deps.print(flags.json ? jsonLine({ ...about, ports }) : showPorts(ports, deps.paint));
          return;
        }
        const answer = await ask(core, 'ports.who', { port });
        deps.print(flags.json ? jsonLine({ ...about, ...answer }) : showPortAnswer(answer, deps.paint));
        if (answer.holders.length === 0) deps.setExitCode(exitFailure);
      });
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new InvalidArgumentError(`"${text}" is not a port: 1 to 65535.`);
  return port;
}
