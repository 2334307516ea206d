import { Command } from 'commander';
import type { AppRoot } from './app-root';
import { addCheckCommand } from './commands/check';
import { addDemoCommand } from './commands/demo';
import { addDoctorCommand } from './commands/doctor';
import { addErrorsCommand } from './commands/errors';
import { addExplainCommand } from './commands/explain';
import { addPatternsCommand } from './commands/patterns';
import { addPortsCommand } from './commands/ports';
import { addProcessesCommand } from './commands/processes';
import { addRedactCommand } from './commands/redact';
import { addReportCommand } from './commands/report';
import { addRunCommand } from './commands/run';
import { addServeCommand } from './commands/serve';
import { addSnapshotCommand } from './commands/snapshot';
import type { CliDeps } from './deps';

/**
 * The command line without a process around it. Wrong usage throws commander's CommanderError after telling why (with a
 * suggestion) on stderr; whoever calls decides how to end. A new command is one file in commands/ and one line here.
 */
export function createProgram(deps: CliDeps, app: AppRoot): Command {
  const program = new Command('logscope');
  program
    .description('The watchtower of a developer workstation: what is running, whether it is safe, what is failing and why.')
    .version(app.version)
    .option('--engine <endpoint>', 'container engine to ask (unix:///…, tcp://…) instead of looking in the usual places')
    .option('--data-directory <folder>', 'settings and history, instead of the folder of this user')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => deps.print(text), writeErr: (text) => deps.note(text.trimEnd()) })
    .showHelpAfterError('(logscope --help tells all commands; logscope <command> --help its flags)')
    .exitOverride();
  addSnapshotCommand(program, deps, app.version);
  addDemoCommand(program, deps, app);
  addDoctorCommand(program, deps, app.version);
  addCheckCommand(program, deps, app.version);
  addProcessesCommand(program, deps, app.version);
  addErrorsCommand(program, deps);
  addExplainCommand(program, deps, app.version);
  addPortsCommand(program, deps, app.version);
  addPatternsCommand(program, deps);
  addRedactCommand(program, deps);
  addReportCommand(program, deps);
  addRunCommand(program, deps, app.version);
  addServeCommand(program, deps, app);
  return program;
}
