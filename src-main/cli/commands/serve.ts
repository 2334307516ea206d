import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Core } from '../../app/core';
import { isLoopbackHost } from '../../web/allowed-hosts';
import { startWebDoor, type WebDoor, type WebDoorOptions } from '../../web/web-door';
import type { AppRoot } from '../app-root';
import { coreOptionsFor } from '../core-options';
import { type CliDeps, CliError, type GlobalFlags } from '../deps';
import { exitUsage } from '../exit-codes';
import { jsonLine } from '../terminal-text';

interface ServeFlags extends GlobalFlags {
  readonly host: string;
  readonly port: number;
  readonly json?: true;
  readonly allowActions?: true;
  readonly allowRemote?: true;
  readonly show?: 'demo';
  readonly demoDirectory?: string;
}

/** `serve`: the window in a browser, until interrupted. */
export function addServeCommand(program: Command, deps: CliDeps, app: AppRoot): void {
  program
    .command('serve')
    .summary('the same window in a browser, on this machine only')
    .description(
      'Serves the window over HTTP and prints its address. The address holds a secret token: whoever has it sees this machine. Read-only unless --allow-actions. Ends cleanly on Ctrl+C and SIGTERM.',
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on, 0 for any free one', parsePort, 0)
    .option('--json', 'print one JSON object {url, host, port, token, pid} instead of the address')
    .option('--allow-actions', 'also let the browser stop processes and change settings')
    .option('--allow-remote', 'accept a --host that other machines can reach (plain HTTP: put TLS in front of it)')
    // For `logscope demo`.
    .addOption(new Option('--show <what>', 'what the browser shows first').choices(['demo']).hideHelp())
    .addOption(new Option('--demo-directory <folder>', 'where the demo is').hideHelp())
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ServeFlags>();
      refuseRemote(flags, deps);
      tuneForTheLongRun();
      let door: WebDoor | null = null;
      const options = {
        ...coreOptionsFor({ door: 'web', store: true, version: app.version }, flags, deps.environment),
        ...(flags.demoDirectory === undefined ? {} : { demoDirectory: resolve(flags.demoDirectory) }),
      };
      const core = await deps.createCore(options, {
        droppedEventCount: () => door?.droppedEventCount() ?? 0,
        storeThreadUrl: pathToFileURL(join(app.directory, 'out', 'main', 'store-thread.js')),
      });
      try {
        door = await openDoor({
          core,
          host: flags.host,
          port: flags.port,
          actionsAllowed: flags.allowActions === true,
          rendererDirectory: join(app.directory, 'out', 'renderer'),
          localAddresses: localAddresses(),
        });
        announce(door, flags, deps);
        await interruption(deps.interrupted);
      } finally {
        await Promise.all([door?.stop(), core.stop()]);
      }
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return port;
}

function refuseRemote(flags: ServeFlags, deps: CliDeps): void {
  if (isLoopbackHost(flags.host)) return;
  if (!flags.allowRemote) {
    throw new CliError(
      `error: --host ${flags.host} can be reached from other machines, in plain HTTP. Add --allow-remote if that is meant, or use an SSH tunnel to 127.0.0.1.`,
      exitUsage,
    );
  }
  deps.note(
    `logscope: warning: ${flags.host} can be reached from other machines and this is plain HTTP: anyone on the way can read the token.`,
  );
}

/** Expected trouble in words: the port is taken, the address is not of this machine, the window is not built. */
async function openDoor(options: WebDoorOptions & { readonly core: Core }): Promise<WebDoor> {
  try {
    return await startWebDoor(options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const where = `${options.host}:${options.port}`;
    if (code === 'EADDRINUSE')
      throw new CliError(`error: ${where} is in use by another program; choose another --port, or 0 for any free one.`);
    if (code === 'EACCES') throw new CliError(`error: not allowed to listen on ${where}; ports below 1024 need special rights.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new CliError(`error: ${options.host} is not an address of this machine.`);
    if (code === 'ENOENT') throw new CliError(`error: the window is not built (${options.rendererDirectory}); run npm run build.`);
    throw error;
  }
}

function announce(door: WebDoor, flags: ServeFlags, deps: CliDeps): void {
  const { host, port, token } = door;
  const url = flags.show === undefined ? door.url : `${door.url}&show=${flags.show}`;
  deps.print(flags.json ? jsonLine({ url, host, port, token, pid: process.pid }) : `${url}\n`);
  if (flags.json) return;
  deps.note(
    flags.allowActions
      ? 'logscope: actions are allowed: the browser can stop processes. Ctrl+C ends.'
      : 'logscope: read-only; --allow-actions lets the browser stop processes. Ctrl+C ends.',
  );
}

function interruption(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Link-local IPv6 addresses carry a zone that no Host header has. */
function localAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter((one) => !one.address.startsWith('fe80:')).map((one) => one.address),
  );
}

/**
 * For a program that does little, again and again, for days. V8 collects garbage with four helper threads, which for a heap of 30 MB is
 * mostly waking and waiting; and it runs code that comes by once a second in its interpreter for minutes, then optimises it with
 * everything inlined, on four more. With 300 processes and 20 containers (Node 20, the first two minutes) these take it from 2.6 % of a
 * core to 1.9 %: no helpers, machine code from the first call on, kept, and optimised in small pieces and ten times later
 * than usual (what comes by once a second is else optimised for hours, 0.3 % of a core; a burst of lines still is at once). All are read when they are
 * needed, so that setting them in a running program is safe; --single-threaded-gc itself is only a name for four of them at the start.
 */
function tuneForTheLongRun(): void {
  for (const flag of [
    '--no-parallel-scavenge',
    '--no-concurrent-marking',
    '--no-concurrent-sweeping',
    '--no-parallel-compaction',
    '--always-sparkplug',
    '--no-flush-bytecode',
    '--max-inlined-bytecode-size-cumulative=200',
    '--interrupt-budget=1400000',
  ]) {
    setFlagsFromString(flag);
  }
}
