import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainRole } from '../../../../../src-main/rules/role/explain-role';
import { curatedRoleBase } from '../../../../../src-main/rules/role/role-base';
import { aKin, aProcess, noSurroundings } from './sample-process';

interface Golden {
  readonly name: string;
  readonly exe: string | null;
  readonly command: string;
  readonly kernelThread: boolean;
  readonly parentName: string | null;
  readonly unit: string | null;
  readonly user: string;
  readonly platform: NodeJS.Platform;
  readonly expectRole: string | null;
  readonly expectLayer: string | null;
  readonly expectClaimed: string | null;
}

const golden: readonly Golden[] = JSON.parse(readFileSync(new URL('../../../../fixtures/golden-roles.json', import.meta.url), 'utf8'));

test('the golden list is as long as promised', () => {
  expect(golden.length).toBeGreaterThanOrEqual(150);
});

test.each(golden.map((one, at) => [`${at} ${one.exe ?? one.name} ${one.command.slice(0, 60)}`, one] as const))('%s', (_, one) => {
  const { name, exe, command, kernelThread, parentName, unit, user, platform } = one;
  const parent = parentName === null ? null : aKin({ name: parentName, exe: null, pid: 50 });
  const uid = user === 'root' ? 0 : user === 'dev' ? 1000 : 110;
  const role = explainRole(
    aProcess({ name, exe, command, kernelThread, unit, user, uid }),
    { ...noSurroundings, platform, parent },
    curatedRoleBase(),
  );
  expect({ entry: role.claimed ? null : role.entry, claims: role.claimed ? role.entry : null }).toEqual({
    entry: one.expectRole,
    claims: one.expectClaimed,
  });
  if (one.expectLayer !== null) expect(role.layer).toBe(one.expectLayer);
});
