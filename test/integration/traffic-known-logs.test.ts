import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findKnownLogs } from '../../src-main/app/traffic-known-logs';
import { bundleEntry } from '../helpers/bundle-entry';
import { temporaryDirectory } from '../helpers/temporary-directory';

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('SKIPPED: access logs that another user may not read (run as root to see it)');

/** Debian's group for logs. */
const adm = 4;

function write(folder: string, name: string, mode: number, bytes = 100): void {
  const path = join(folder, name);
  writeFileSync(path, 'x'.repeat(bytes));
  if (isRoot) chownSync(path, 0, adm);
  chmodSync(path, mode);
}

describe('well-known access logs', () => {
  it('count their rotated siblings, and do not list them', () => {
    const folder = temporaryDirectory();
    for (const name of ['access.log', 'access.log.1', 'access.log.2.gz', 'error.log', 'shop.access.log']) write(folder, name, 0o644);
    expect(findKnownLogs([`${folder}/*access*.log`, `${folder}/absent/*.log`], '/etc')).toMatchObject([
      { paths: [join(folder, 'access.log')], name: 'access.log', detail: folder, sizeBytes: 300, problem: null },
      { paths: [join(folder, 'shop.access.log')], sizeBytes: 100 },
    ]);
  });

  it.skipIf(!isRoot)('name the group that may read what this user may not', async () => {
    const folder = temporaryDirectory();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'open'));
    chmodSync(join(folder, 'open'), 0o755);
    write(join(folder, 'open'), 'access.log', 0o640);
    write(join(folder, 'open'), 'my-access.log', 0o644);
    write(join(folder, 'open'), 'closed.log', 0o600);
    mkdirSync(join(folder, 'closed'));
    write(join(folder, 'closed'), 'access.log', 0o640);
    chownSync(join(folder, 'closed'), 0, adm);
    chmodSync(join(folder, 'closed'), 0o750);
    const script = await bundleEntry('test/helpers/known-logs-as-other-user.ts', 'known-logs-as-other-user');
    const told = JSON.parse(execFileSync(process.execPath, [script, folder], { encoding: 'utf8' }));
    const forGroup = { key: 'traffic.source.denied-group', values: { group: 'adm' } };
    expect(told.found).toMatchObject([
      { name: 'access.log', problem: forGroup },
      { name: 'my-access.log', problem: null },
      { name: '*access*.log', detail: join(folder, 'closed'), problem: forGroup },
    ]);
    expect(told.recent).toMatchObject({ problem: { key: 'traffic.source.denied' } });
  });
});
