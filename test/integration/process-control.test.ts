import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { holdProcess } from '../../src-main/platform/process-control';
import { temporaryDirectory } from '../helpers/temporary-directory';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/process-control: processes are only stopped on Linux');

/** A process list with one process as a moment of its life left it: the kernel shows no such moment for long enough to be tested. */
function procWith(exe: string | null): string {
  const root = temporaryDirectory();
  mkdirSync(join(root, '4242'));
  symlinkSync('/proc/self', join(root, 'self'));
  const fields = ['S', '1', ...Array.from({ length: 15 }, () => '0'), '1', '0', '777', '0'];
  writeFileSync(join(root, '4242', 'stat'), `4242 (server) ${fields.join(' ')}`);
  if (exe !== null) symlinkSync(exe, join(root, '4242', 'exe'));
  return root;
}

const looks: readonly (readonly [what: string, link: string | null, known: string | null, seen: string])[] = [
  ['the program it was', '/usr/bin/server', '/usr/bin/server', 'there'],
  ['its file deleted meanwhile', '/usr/bin/server (deleted)', '/usr/bin/server', 'there'],
  ['another program', '/usr/bin/other', '/usr/bin/server', 'changed'],
  ['on its way out, its memory gone', null, '/usr/bin/server', 'gone'],
  ['a program that never could be seen', null, null, 'there'],
];

test.skipIf(!linux).each(looks)('%s', (_what, link, known, seen) => {
  const held = holdProcess(
    { pid: 4242, startTicks: 777, exe: known },
    { procRoot: procWith(link), clock: systemClock, timers: systemTimers },
  );
  onTestFinished(() => held.release());
  expect(held.look()).toBe(seen);
});
