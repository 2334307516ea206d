import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogParts } from '../../../../src-main/app/create-log-parts';
import type { LogPatternSummary } from '../../../../src-shared/contract';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

const minuteMs = 60_000;
const checkoutSeconds = 1_800_000_000;

/** A folder that looks as git leaves it behind after a checkout. */
function project(): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, '.git', 'logs'), { recursive: true });
  writeFileSync(join(root, '.git', 'HEAD'), 'ref: refs/heads/fix\n');
  const id = 'a'.repeat(40);
  writeFileSync(join(root, '.git', 'logs', 'HEAD'), `${id} ${id} D <d@e> ${checkoutSeconds} +0000\tcheckout: moving from main to fix\n`);
  return root;
}

async function newSinceOf(path: string, firstSeenAtMs: number) {
  const pattern = { origins: [{ key: `file/${path}`, sourceKind: 'file', name: 'app.log', kind: 'event' }], firstSeenAtMs };
  const parts = createLogParts({
    keeper: { ask: async () => ({ patterns: [pattern], totalCount: 1 }) } as never,
    access: { find: () => null } as never,
    containers: () => [],
    services: () => null,
    pods: () => [],
    runsDirectory: '/nonexistent',
  });
  const { patterns } = await parts.patterns({ limit: 10 });
  return (patterns[0] as LogPatternSummary).newSince;
}

test('a pattern that begins soon after a checkout of the project its log lies in', async () => {
  const path = join(project(), 'app.log');
  const checkoutMs = checkoutSeconds * 1000;
  expect(await newSinceOf(path, checkoutMs + minuteMs)).toEqual({ kind: 'checkout', atMs: checkoutMs, name: 'fix' });
  // Long before, and long after.
  expect(await newSinceOf(path, checkoutMs - 1)).toBeNull();
  expect(await newSinceOf(path, checkoutMs + 11 * minuteMs)).toBeNull();
  expect(await newSinceOf('/var/log/syslog', checkoutMs + minuteMs)).toBeNull();
});

test('a pattern that begins soon after a container of a pod was made, or started again', async () => {
  const startedAtMs = 1_000_000;
  const sinceIn = async (restartCount: number, origin: string) => {
    const pattern = {
      origins: [{ key: origin, sourceKind: 'pod', name: 'shop/web-1', kind: 'event' }],
      firstSeenAtMs: startedAtMs + minuteMs,
    };
    const parts = createLogParts({
      keeper: { ask: async () => ({ patterns: [pattern], totalCount: 1 }) } as never,
      access: { find: () => null } as never,
      containers: () => [],
      services: () => null,
      pods: () => [{ uid: 'u1', containers: [{ name: 'main', startedAtMs, restartCount }] }] as never,
      runsDirectory: '/nonexistent',
    });
    return (await parts.patterns({ limit: 10 })).patterns[0]?.newSince;
  };
  expect(await sinceIn(0, 'pod/u1/main')).toEqual({ kind: 'deploy', atMs: startedAtMs, name: 'shop/web-1' });
  expect(await sinceIn(3, 'pod/u1/main')).toEqual({ kind: 'restart', atMs: startedAtMs, name: 'shop/web-1' });
  expect(await sinceIn(3, 'pod/u1/other')).toBeNull();
  expect(await sinceIn(3, 'pod/u2/main')).toBeNull();
});
