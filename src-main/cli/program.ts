import { Command } from 'commander';
import type { AppRoot } from './app-root';
import type { CliDeps } from './deps';

type Adder = (program: Command, deps: CliDeps, app: AppRoot) => Promise<void>;

/** By name, in the order of --help. Each is loaded when its name is said, or when none is: most of a short command's time would be others'. */
const commands: Readonly<Record<string, Adder>> = {
  snapshot: async (program, deps, { version }) => (await import('./commands/snapshot')).addSnapshotCommand(program, deps, version),
  demo: async (program, deps, app) => (await import('./commands/demo')).addDemoCommand(program, deps, app),
  doctor: async (program, deps, { version }) => (await import('./commands/doctor')).addDoctorCommand(program, deps, version),
  check: async (program, deps, { version }) => (await import('./commands/check')).addCheckCommand(program, deps, version),
  processes: async (program, deps, { version }) => (await import('./commands/processes')).addProcessesCommand(program, deps, version),
  errors: async (program, deps) => (await import('./commands/errors')).addErrorsCommand(program, deps),
  explain: async (program, deps, { version }) => (await import('./commands/explain')).addExplainCommand(program, deps, version),
  ports: async (program, deps, { version }) => (await import('./commands/ports')).addPortsCommand(program, deps, version),
  patterns: async (program, deps) => (await import('./commands/patterns')).addPatternsCommand(program, deps),
  redact: async (program, deps) => (await import('./commands/redact')).addRedactCommand(program, deps),
  report: async (program, deps) => (await import('./commands/report')).addReportCommand(program, deps),
  run: async (program, deps, { version }) => (await import('./commands/run')).addRunCommand(program, deps, version),
  serve: async (program, deps, app) => (await import('./commands/serve')).addServeCommand(program, deps, app),
};

/**
 * The command line without a process around it. Wrong usage throws commander's CommanderError after telling why (with a
 * suggestion) on stderr; whoever calls decides how to end. `args`: what it is going to parse. A new command is one file in commands/ and
 * one line above.
 */
export async function createProgram(deps: CliDeps, app: AppRoot, args: readonly string[]): Promise<Command> {
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
  // A first word that is no command (a misspelt one, or the value of a flag) wants all of them: suggestions are made among those that are there.
  const isNamed = Object.hasOwn(commands, args.find((word) => !word.startsWith('-')) ?? '');
  const named = isNamed ? Object.keys(commands).filter((name) => args.includes(name)) : [];
  for (const [name, add] of Object.entries(commands)) if (named.length === 0 || named.includes(name)) await add(program, deps, app);
  return program;
}
