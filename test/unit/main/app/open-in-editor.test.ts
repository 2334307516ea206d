import { chmodSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOpenFrame, type OpenFrameDeps } from '../../../../src-main/app/open-in-editor';
import { isExecutableFile, startDetached } from '../../../../src-main/platform/terminal';
import type { PathMount } from '../../../../src-shared/logs/stack-frames';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

const place = { line: 3, column: 7, origin: 'container/ab' };

/** A folder with a source file and an editor that writes down its arguments. */
function desk(mountsIn: (folder: string) => readonly PathMount[] | null = () => null) {
  const folder = realpathSync(temporaryDirectory());
  const programs = join(folder, 'bin');
  const told = join(folder, 'told');
  mkdirSync(programs);
  mkdirSync(join(folder, 'my app'));
  writeFileSync(join(programs, 'code'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${told}'\n`);
  chmodSync(join(programs, 'code'), 0o755);
  writeFileSync(join(folder, 'my app', 'x.ts'), '');
  const deps: OpenFrameDeps = {
    mountsOf: async () => mountsIn(folder),
    search: { platform: 'linux', environment: { PATH: '', DISPLAY: ':0' }, isExecutable: isExecutableFile },
    loginPath: async () => programs,
    start: (call) => startDetached(call, process.env),
  };
  return { folder, programs, deps, openFrame: createOpenFrame(deps), told: () => readFileSync(told, 'utf8').split('\n').slice(0, -1) };
}

describe('createOpenFrame', () => {
  it('opens a file of this machine at its place', async () => {
    const { folder, openFrame, told } = desk();
    const path = join(folder, 'my app', 'x.ts');
    expect(await openFrame({ ...place, path })).toEqual({ outcome: 'opened', detail: null, path });
    expect(told()).toEqual(['--goto', `${path}:3:7`]);
  });

  it('hands a name on as one argument, whatever is in it', async () => {
    const { folder, openFrame, told } = desk();
    const path = join(folder, "$(touch owned); 'x' & `id`.ts");
    writeFileSync(path, '');
    expect(await openFrame({ ...place, path })).toMatchObject({ outcome: 'opened' });
    expect(told()).toEqual(['--goto', `${path}:3:7`]);
  });

  it('opens a file of a container through its mount', async () => {
    const { folder, openFrame, told } = desk((source) => [{ source: join(source, 'my app'), target: '/app' }]);
    expect(await openFrame({ ...place, path: '/app/x.ts' })).toMatchObject({ outcome: 'opened', path: join(folder, 'my app', 'x.ts') });
    expect(told()).toEqual(['--goto', `${join(folder, 'my app', 'x.ts')}:3:7`]);
  });

  it('opens nothing that only the container has', async () => {
    const { folder, openFrame } = desk(() => []);
    expect(await openFrame({ ...place, path: join(folder, 'my app', 'x.ts') })).toEqual({ outcome: 'no-file', detail: null, path: null });
  });

  it('follows no link of a container out of its mount', async () => {
    const { folder, openFrame } = desk((source) => [{ source: join(source, 'my app'), target: '/app' }]);
    writeFileSync(join(folder, 'secret.ts'), '');
    writeFileSync(join(folder, 'my app..ts'), '');
    symlinkSync('../secret.ts', join(folder, 'my app', 'y.ts'));
    symlinkSync('..', join(folder, 'my app', 'up'));
    symlinkSync('x.ts', join(folder, 'my app', 'z.ts'));
    for (const path of ['/app/y.ts', '/app/up/secret.ts', '/app/../secret.ts', '/app/up/my app..ts']) {
      expect(await openFrame({ ...place, path }), path).toMatchObject({ outcome: 'no-file' });
    }
    expect(await openFrame({ ...place, path: '/app/z.ts' })).toMatchObject({ outcome: 'opened' });
  });

  it('refuses what is no source file', async () => {
    const { folder, openFrame } = desk();
    mkdirSync(join(folder, 'folder.ts'));
    writeFileSync(join(folder, 'x.desktop'), '');
    symlinkSync('x.desktop', join(folder, 'link.ts'));
    symlinkSync('loop.ts', join(folder, 'loop.ts'));
    const paths = ['none.ts', 'folder.ts', 'x.desktop', 'link.ts', 'loop.ts', '.ts', 'x.ts/y.ts', 'x\0.ts', `${'n'.repeat(300)}.ts`];
    for (const name of paths) {
      expect(await openFrame({ ...place, path: `${folder}/${name}` }), name).toMatchObject({ outcome: 'no-file' });
    }
    for (const path of ['my app/x.ts', '--version.ts', 'shop/Stock.java', '']) {
      expect(await openFrame({ ...place, path }), path).toEqual({ outcome: 'no-file', detail: null, path: null });
    }
  });

  it('says when there is no editor, and what one said that failed', async () => {
    const { folder, programs, deps } = desk();
    const path = join(folder, 'my app', 'x.ts');
    expect(await createOpenFrame({ ...deps, loginPath: async () => null })({ ...place, path })).toMatchObject({
      outcome: 'no-editor',
      path,
    });
    writeFileSync(join(programs, 'code'), '#!/bin/sh\nexit 3\n');
    expect(await createOpenFrame(deps)({ ...place, path })).toEqual({ outcome: 'failed', detail: 'code ended at once (code 3)', path });
  });
});
