import { describe, expect, it } from 'vitest';
import { findEditor } from '../../../../src-main/platform/editor';
import type { TerminalSearch } from '../../../../src-main/platform/terminal';

const place = { path: '/app/x.ts', line: 3, column: 7 };

function machine(
  programs: readonly string[],
  environment: Record<string, string> = {},
  platform: NodeJS.Platform = 'linux',
): TerminalSearch {
  return { platform, environment: { PATH: '/bin', DISPLAY: ':0', ...environment }, isExecutable: (path) => programs.includes(path) };
}

describe('findEditor', () => {
  it.each<[string, readonly string[]]>([
    ['code', ['--goto', '/app/x.ts:3:7']],
    ['cursor', ['--goto', '/app/x.ts:3:7']],
    ['codium', ['--goto', '/app/x.ts:3:7']],
    ['subl', ['/app/x.ts:3:7']],
    ['webstorm', ['--line', '3', '--column', '7', '/app/x.ts']],
    ['zed', ['/app/x.ts:3:7']],
    ['gedit', ['+3', '/app/x.ts']],
    ['gnome-text-editor', ['/app/x.ts']],
    ['xdg-open', ['/app/x.ts']],
  ])('tells %s the place in its way', (name, args) => {
    expect(findEditor(place, machine([`/bin/${name}`]))).toEqual({ file: `/bin/${name}`, args });
  });

  it('leaves an unknown column out', () => {
    expect(findEditor({ ...place, column: null }, machine(['/bin/code']))?.args).toEqual(['--goto', '/app/x.ts:3']);
    expect(findEditor({ ...place, column: null }, machine(['/bin/idea']))?.args).toEqual(['--line', '3', '/app/x.ts']);
  });

  it('takes the one the person set before the usual ones, without its further words', () => {
    const search = machine(['/bin/code', '/opt/subl'], { EDITOR: '/opt/subl --wait' });
    expect(findEditor(place, search)).toEqual({ file: '/opt/subl', args: ['/app/x.ts:3:7'] });
  });

  it.each(['vim', 'nano -w', '/bin/sh -c', '../code', '', ' '])('passes over %j as the one the person set', (editor) => {
    const search = machine(['/bin/code', '/bin/vim', '/bin/nano', '/bin/sh'], { VISUAL: editor });
    expect(findEditor(place, search)?.file).toBe('/bin/code');
  });

  it('finds none without programs or without a display', () => {
    expect(findEditor(place, machine([]))).toBeNull();
    expect(findEditor(place, machine(['/bin/code'], { DISPLAY: '' }))).toBeNull();
    expect(findEditor(place, machine(['/bin/open'], {}, 'darwin'))).toEqual({ file: '/bin/open', args: ['-t', '/app/x.ts'] });
  });
});
