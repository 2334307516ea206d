import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServicesCollector } from '../../../../../src-main/collectors/services/collector';
import type { Exec, ExecResult } from '../../../../../src-main/platform/exec';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';

/** How a program ended that said this. */
export const said = (stdout: string, exitCode = 0, stderr = ''): ExecResult => ({ kind: 'exited', exitCode, stdout, stderr });

/** A machine of files and answers of systemctl; every call is written down. */
export function machine(
  answer: (args: readonly string[]) => ExecResult,
  options: { readonly systemd?: boolean; readonly watch?: readonly string[] } = {},
) {
  const root = temporaryDirectory();
  for (const folder of ['proc/self', 'sys/fs/cgroup', 'run', 'etc']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'sys/fs/cgroup/cgroup.controllers'), 'cpu memory pids\n');
  if (options.systemd !== false) mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
  const calls: string[] = [];
  const exec: Exec = async (file, args) => {
    calls.push([file, ...args].join(' '));
    return answer(args);
  };
  let monotonicMs = 0;
  const collector = createServicesCollector({
    exec,
    roots: { proc: join(root, 'proc'), sys: join(root, 'sys'), run: join(root, 'run'), etc: join(root, 'etc') },
    clock: { nowMs: () => 0, monotonicMs: () => monotonicMs },
    platform: 'linux',
    watch: () => ({ watch: options.watch ?? [], ignore: [] }),
    portChecks: () => [],
    userRuntimeDirectory: join(root, 'run/user/1000'),
  });
  async function collect(laterMs = 2_000) {
    monotonicMs += laterMs;
    calls.length = 0;
    const outcome = await collector.collect(AbortSignal.timeout(1_000));
    return { outcome, services: outcome.kind === 'ok' ? outcome.data.services : [] };
  }
  return { root, calls, collect };
}

/** A row of `systemctl list-units`. */
export const row = (unit: string, active = 'active', sub = 'running', load = 'loaded') => ({ unit, load, active, sub, description: unit });

/** What `systemctl show` says of a unit. Later lines win, as a test overrides what a healthy unit says. */
export function block(unit: string, lines: readonly string[] = []): string {
  const healthy = [`Id=${unit}`, 'LoadState=loaded', 'ActiveState=active', 'SubState=running', `Description=${unit}`];
  const overridden = new Set(lines.map((line) => line.split('=')[0]));
  return [...healthy.filter((line) => !overridden.has(line.split('=')[0])), ...lines].join('\n');
}

/** Answers of systemctl for these units; `show` knows those it is asked for. */
export function systemctl(
  rows: () => readonly ReturnType<typeof row>[],
  details: Readonly<Record<string, readonly string[]>> = {},
  files: readonly string[] = [],
) {
  return (args: readonly string[]): ExecResult => {
    if (args.includes('list-units')) return said(JSON.stringify(rows()));
    if (args.includes('list-unit-files')) return said(JSON.stringify(files.map((unit_file) => ({ unit_file, state: 'disabled' }))));
    const asked = args.slice(args.indexOf('--') + 1);
    return said(asked.map((unit) => block(unit, details[unit])).join('\n\n'));
  };
}
