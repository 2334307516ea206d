import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addDemoCommand, type StartProgram } from '../../../../src-main/cli/commands/demo';
import { recordCli } from '../../../helpers/cli-deps';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

/** A program that is said to run until the test ends it. */
class FakeChild extends EventEmitter {
  readonly signals: (NodeJS.Signals | undefined)[] = [];
  kill(signal?: NodeJS.Signals): boolean {
    this.signals.push(signal);
    this.emit('close', null, signal);
    return true;
  }
}

function setUp(...args: readonly string[]) {
  const data = temporaryDirectory();
  const interruption = new AbortController();
  const cli = recordCli({ interrupted: interruption.signal, environment: { LOGSCOPE_DATA_DIRECTORY: data } });
  const child = new FakeChild();
  const started: (readonly string[])[] = [];
  const start: StartProgram = (file, words) => {
    started.push([file, ...words]);
    return child as unknown as ChildProcess;
  };
  const program = new Command('logscope').exitOverride().option('--engine <endpoint>').option('--data-directory <folder>');
  const app = { directory: join(data, 'app'), version: '1.2.3' };
  addDemoCommand(program, cli.deps, app, start);
  return { data, app, cli, child, started, interruption, run: () => program.parseAsync(['demo', ...args], { from: 'user' }) };
}

describe('logscope demo', () => {
  it('writes beside settings and history, opens the window on it, and ends with it', async () => {
    const { data, app, cli, child, started, run } = setUp();
    mkdirSync(join(app.directory, 'scripts'), { recursive: true });
    writeFileSync(join(app.directory, 'scripts', 'start.mjs'), '');
    const running = run();
    const demo = join(data, 'demo');
    expect(cli.printed()).toBe(`${join(demo, 'access.log')}\n${join(demo, 'app.log')}\n`);
    expect(readFileSync(join(demo, 'access.log'), 'utf8')).toMatch(/" 200 \d+ /);
    expect(started).toEqual([
      [
        process.execPath,
        join(app.directory, 'scripts', 'start.mjs'),
        '--show=demo',
        `--demo-directory=${demo}`,
        `--data-directory=${data}`,
      ],
    ]);
    child.emit('close', 3, null);
    await running;
    expect(cli.code()).toBe(3);
  });

  it('opens the web door of an installed copy, passes Ctrl+C on, and takes another folder', async () => {
    const folder = join(temporaryDirectory(), 'samples');
    const { app, cli, child, started, interruption, run } = setUp('--directory', folder);
    const running = run();
    expect(started[0]?.slice(1, 3)).toEqual([join(app.directory, 'out', 'main', 'cli.js'), 'serve']);
    expect(existsSync(join(folder, 'access.log'))).toBe(true);
    interruption.abort('SIGINT');
    await running;
    expect(child.signals).toEqual(['SIGINT']);
    expect(cli.code()).toBe(130);
  });

  it('only writes when told so, until Ctrl+C', async () => {
    const { started, interruption, run, cli } = setUp('--no-open');
    const running = run();
    interruption.abort('SIGINT');
    await running;
    expect(started).toEqual([]);
    expect(cli.code()).toBe(0);
  });

  it('refuses a folder with logs of somebody else', async () => {
    const theirs = temporaryDirectory();
    writeFileSync(join(theirs, 'access.log'), 'theirs\n');
    const { run, started } = setUp('--directory', theirs);
    await expect(run()).rejects.toThrow(/are not of the demo/);
    expect(started).toEqual([]);
    expect(readFileSync(join(theirs, 'access.log'), 'utf8')).toBe('theirs\n');
  });
});
