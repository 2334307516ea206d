import { describe, expect, it } from 'vitest';
import { findProgram, findTerminal, shellQuoted } from '../../../../src-main/platform/terminal';

const command = ['/usr/bin/docker', 'exec', '-it', 'abc', 'sh', '-c', 'a && b'];

function search(platform: NodeJS.Platform, environment: Record<string, string>, ...present: readonly string[]) {
  return { platform, environment, isExecutable: (path: string) => present.includes(path) };
}

describe('findTerminal', () => {
  const display = { DISPLAY: ':0', PATH: '/usr/local/bin:/usr/bin' };
  it.each([
    ['x-terminal-emulator', ['-e']],
    ['gnome-terminal', ['--']],
    ['konsole', ['-e']],
    ['xfce4-terminal', ['-x']],
    ['kitty', []],
    ['alacritty', ['-e']],
    ['wezterm', ['start', '--']],
    ['xterm', ['-e']],
  ])('knows how %s takes a command', (name, flags) => {
    expect(findTerminal(command, search('linux', display, `/usr/bin/${name}`))).toEqual({
      file: `/usr/bin/${name}`,
      args: [...flags, ...command],
    });
  });
  it('takes the one the user wishes first, known or not', () => {
    const wishes = (wish: string) =>
      findTerminal(command, search('linux', { ...display, TERMINAL: wish }, '/opt/my-term', '/usr/bin/xterm', '/usr/bin/kitty'))?.file;
    expect(wishes('xterm')).toBe('/usr/bin/xterm');
    expect(wishes('/opt/my-term')).toBe('/opt/my-term');
    expect(wishes('gone')).toBe('/usr/bin/kitty');
    expect(wishes('../kitty')).toBe('/usr/bin/kitty');
  });
  it('finds none without a display or a program', () => {
    expect(findTerminal(command, search('linux', { PATH: '/usr/bin' }, '/usr/bin/xterm'))).toBeNull();
    expect(findTerminal(command, search('linux', display))).toBeNull();
    expect(findTerminal(command, search('win32', {}))).toBeNull();
  });
  it('passes the command beside the script on macOS, quoted for its shell', () => {
    const call = findTerminal([...command, `it's "$HOME"`], search('darwin', {}));
    expect(call?.file).toBe('osascript');
    expect(call?.args.at(-1)).toBe(`/usr/bin/docker exec -it abc sh -c 'a && b' 'it'\\''s "$HOME"'`);
    expect(call?.args.slice(0, -1).join(' ')).not.toContain('docker');
  });
});

describe('findProgram', () => {
  it('looks in absolute folders of PATH only', () => {
    const of = (PATH: string) => findProgram('docker', { environment: { PATH }, isExecutable: (path) => path.endsWith('bin/docker') });
    expect(of('/opt/bin:/usr/bin')).toBe('/opt/bin/docker');
    expect(of('bin::.')).toBeNull();
  });
});

describe('shellQuoted', () => {
  it('leaves plain words as they are and quotes the rest', () => {
    expect(shellQuoted(['a-b', '/x/y=z', '', 'a b', "o'clock", '$(id)'])).toBe(`a-b /x/y=z '' 'a b' 'o'\\''clock' '$(id)'`);
  });
});
