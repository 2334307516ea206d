import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { afterCrash } from '../../../../src-main/electron/crash-policy';
import { parseFlags } from '../../../../src-main/electron/flags';
import { shortcutFor } from '../../../../src-main/electron/shortcuts';
import { backgroundOf, backgrounds } from '../../../../src-main/electron/theme';
import { readTrayPresence } from '../../../../src-main/electron/tray-presence';
import type { Exec, ExecResult } from '../../../../src-main/platform/exec';

describe('parseFlags', () => {
  it('has nothing set without words', () => {
    expect(parseFlags(['--no-sandbox', '.', '--disable-gpu'], {})).toEqual({
      hidden: false,
      dataDirectory: null,
      nodeName: null,
      engineEndpoint: null,
      testing: false,
      runRoot: null,
      show: null,
      demoDirectory: null,
    });
  });

  it('takes the line before the environment, and empty for unset', () => {
    const environment = {
      LOGSCOPE_DATA_DIRECTORY: '/env',
      LOGSCOPE_NODE_NAME: 'dev-1',
      LOGSCOPE_ENGINE: '',
      LOGSCOPE_TEST: '1',
      LOGSCOPE_TEST_RUN: '/r',
    };
    expect(parseFlags(['--hidden', '--data-directory=/line', '--show=demo', '--demo-directory=/samples'], environment)).toEqual({
      hidden: true,
      dataDirectory: '/line',
      nodeName: 'dev-1',
      engineEndpoint: null,
      testing: true,
      runRoot: '/r',
      show: 'demo',
      demoDirectory: '/samples',
    });
    expect(parseFlags(['--data-directory='], environment).dataDirectory).toBe('/env');
    expect(parseFlags(['--show=settings'], {}).show).toBeNull();
    expect(parseFlags([], { ...environment, LOGSCOPE_TEST: '0' }).runRoot).toBeNull();
  });
});

describe('afterCrash', () => {
  it('reloads the first time and after a quiet minute, asks in between', () => {
    expect(afterCrash(null, 5)).toBe('reload');
    expect(afterCrash(0, 59_999)).toBe('ask');
    expect(afterCrash(0, 60_000)).toBe('reload');
  });
});

describe('shortcutFor', () => {
  const press = (key: string, changes = {}) => ({ type: 'keyDown', key, control: true, meta: false, shift: false, ...changes });
  it.each([
    ['=', 'zoom-in'],
    ['+', 'zoom-in'],
    ['-', 'zoom-out'],
    ['0', 'zoom-reset'],
    ['r', null],
    ['k', null],
    ['1', null],
  ] as const)('Ctrl+%s is %s', (key, shortcut) => {
    expect(shortcutFor(press(key), 'linux')).toBe(shortcut);
  });
  it('needs the platform’s own key, and pressing', () => {
    expect(shortcutFor(press('='), 'darwin')).toBeNull();
    expect(shortcutFor(press('=', { control: false, meta: true }), 'darwin')).toBe('zoom-in');
    expect(shortcutFor(press('=', { type: 'keyUp' }), 'linux')).toBeNull();
    expect(shortcutFor(press('I', { shift: true }), 'linux')).toBe('devtools');
  });
});

describe('backgroundOf', () => {
  it('is the theme’s own, or the system’s', () => {
    expect([backgroundOf('retro', false), backgroundOf('system', true), backgroundOf('system', false)]).toEqual([
      backgrounds.retro,
      backgrounds.dark,
      backgrounds.light,
    ]);
  });

  it('is what the page paints, in the order of tokens.css, so that the window does not flash', () => {
    const tokens = readFileSync('src-renderer/styles/tokens.css', 'utf8');
    const painted = [...tokens.matchAll(/--surface-0:\s*(#[0-9a-f]{6})/g)].map((match) => match[1]);
    expect([...new Set(painted)]).toEqual([backgrounds.dark, backgrounds.light, backgrounds.retro]);
  });
});

describe('readTrayPresence', () => {
  const answers =
    (table: Readonly<Record<string, Partial<ExecResult>>>): Exec =>
    (program) =>
      Promise.resolve({ kind: 'not-found', exitCode: null, stdout: '', stderr: '', ...table[program] });

  it('asks the session bus on Linux, with whichever tool there is', async () => {
    const yes = { kind: 'exited', exitCode: 0, stdout: '   boolean true\n' } as const;
    const no = { kind: 'exited', exitCode: 0, stdout: '(false,)\n' } as const;
    expect(await readTrayPresence('linux', answers({ 'dbus-send': yes }))).toBe('shown');
    expect(await readTrayPresence('linux', answers({ gdbus: no }))).toBe('not-shown');
    expect(await readTrayPresence('linux', answers({ 'dbus-send': { kind: 'exited', exitCode: 1 } }))).toBe('unknown');
    expect(await readTrayPresence('linux', answers({}))).toBe('unknown');
  });

  it('takes other systems at their word', async () => {
    expect(await readTrayPresence('win32', answers({}))).toBe('shown');
  });
});
