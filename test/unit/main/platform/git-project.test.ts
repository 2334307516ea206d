import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createGitProjects, parseGitFile, parseHead } from '../../../../src-main/platform/git-project';

const commit = '0123456789abcdef0123456789abcdef01234567';

test.each([
  ['ref: refs/heads/main\n', 'main'],
  ['ref: refs/heads/feature/a-b\n', 'feature/a-b'],
  [`${commit}\n`, '0123456'],
  ['ref: refs/heads/.invalid\n', null],
  ['ref: refs/remotes/x\n', null],
  ['', null],
  ['root:x:0:0', null],
  [`ref: refs/heads/${'x'.repeat(300)}`, null],
])('HEAD %j', (text, branch) => {
  expect(parseHead(text)).toBe(branch);
});

test('a .git file names a folder, relative to itself', () => {
  expect(parseGitFile('gitdir: ../main/.git/worktrees/x\n', '/a/b')).toBe('/a/main/.git/worktrees/x');
  expect(parseGitFile('gitdir: /abs/.git', '/a')).toBe('/abs/.git');
  expect(parseGitFile('something else', '/a')).toBeNull();
});

function folder(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'logscope-test-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test('the nearest work tree above a folder, read again after a while', () => {
  const root = join(folder(), 'shop');
  mkdirSync(join(root, '.git'), { recursive: true });
  mkdirSync(join(root, 'packages/web'), { recursive: true });
  writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/main\n');
  const projects = createGitProjects();
  const project = projects.projectOf(join(root, 'packages/web'), 0);
  expect(project).toEqual({ root, name: 'shop', branch: 'main' });
  expect(projects.projectOf(root, 100)).toBe(project);
  writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/other\n');
  expect(projects.projectOf(root, 29_000)).toBe(project);
  expect(projects.projectOf(root, 31_000)?.branch).toBe('other');
  // Nothing changed: the same object, so that rows are reused.
  expect(projects.projectOf(root, 70_000)).toBe(projects.projectOf(join(root, 'packages/web'), 70_000));
});

test('no work tree, no project', () => {
  expect(createGitProjects().projectOf(folder(), 0)).toBeNull();
  expect(createGitProjects().projectOf('/nonexistent/a/b', 0)).toBeNull();
});

test.skipIf(process.platform === 'win32')('a pipe instead of a file does not hold the thread', () => {
  const root = folder();
  mkdirSync(join(root, '.git'));
  execFileSync('mkfifo', [join(root, '.git/HEAD')]);
  expect(createGitProjects().projectOf(root, 0)).toMatchObject({ root, branch: null });
});
