import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseLastCheckout, readLastCheckout } from '../../../../src-main/platform/git-checkout';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

const id = '0123456789abcdef0123456789abcdef01234567';
const line = (seconds: number, message: string) => `${id} ${id} Dev <dev@example.org> ${seconds} +0900\t${message}\n`;

test.each([
  ['a branch that was checked out', line(100, 'commit: x') + line(200, 'checkout: moving from main to fix/login'), 'fix/login', 200_000],
  ['a commit changes no file', line(100, 'checkout: moving from a to b') + line(200, 'commit: work'), 'b', 100_000],
  ['a pull', line(100, 'checkout: moving from a to b') + line(300, 'pull: Fast-forward'), 'main', 300_000],
  ['a first line that is cut', `0123 Dev <d> x\n${line(400, 'reset: moving to HEAD~1')}`, 'main', 400_000],
])('%s', (_name, text, name, atMs) => {
  expect(parseLastCheckout(text, 'main')).toEqual({ name, atMs });
});

test('nothing of that kind, or no log at all', () => {
  expect(parseLastCheckout(line(100, 'commit (initial): x'), 'main')).toBeNull();
  expect(parseLastCheckout('\0\0checkout: moving from a to b', 'main')).toBeNull();
  expect(readLastCheckout(temporaryDirectory())).toBeNull();
});

test('of a real work tree, from a folder inside it', () => {
  const root = temporaryDirectory();
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { stdio: 'ignore' });
  git('init', '-b', 'main');
  git('commit', '--allow-empty', '-m', 'first');
  expect(readLastCheckout(root)).toBeNull();
  const beforeMs = Math.floor(Date.now() / 1000) * 1000;
  git('checkout', '-b', 'feature/x');
  mkdirSync(join(root, 'logs'));
  const found = readLastCheckout(join(root, 'logs'));
  expect(found?.name).toBe('feature/x');
  expect(found?.atMs).toBeGreaterThanOrEqual(beforeMs);
});
