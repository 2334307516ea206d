import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashWith, readInstallationSalt } from '../../../../src-main/app/installation-salt';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

it('is made once, for its user alone, and differs between installations', () => {
  const [one, other] = [join(temporaryDirectory(), 'deep'), temporaryDirectory()];
  const salt = readInstallationSalt(one);
  expect(salt).toHaveLength(32);
  expect(readInstallationSalt(one)).toEqual(salt);
  expect(statSync(join(one, 'salt')).mode & 0o777).toBe(0o600);
  expect(readInstallationSalt(other)).not.toEqual(salt);
  expect(hashWith(salt)('x')).not.toBe(hashWith(readInstallationSalt(other))('x'));
  expect(hashWith(salt)('x')).toMatch(/^[0-9a-f]{24}$/);
});

it('goes on with one of its own where none can be kept', () => {
  const file = join(temporaryDirectory(), 'a-file');
  writeFileSync(file, '');
  expect(readInstallationSalt(join(file, 'below'))).toHaveLength(32);
  const damaged = temporaryDirectory();
  writeFileSync(join(damaged, 'salt'), 'short');
  expect(readInstallationSalt(damaged)).toHaveLength(32);
  expect(readFileSync(join(damaged, 'salt'), 'utf8')).toBe('short');
});
