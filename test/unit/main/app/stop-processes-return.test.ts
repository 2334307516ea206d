import { expect, test } from 'vitest';
import { watchForReturn } from '../../../../src-main/app/stop-processes-return';
import type { Process } from '../../../../src-shared/snapshots';
import { createFakeTime } from '../../../helpers/fake-time';
import { processRow } from '../../../helpers/process-samples';

const parent = processRow(5);
const ended = processRow(100, { ppid: 5 });
const again = (changed: Partial<Process>): Process => processRow(200, { ppid: 5, exe: ended.exe, command: ended.command, ...changed });

/** What is seen of a restart that is in the list from its second look on. */
async function watch(one: Process | null, of: Process = ended, before: readonly Process[] = [parent, of]) {
  const time = createFakeTime();
  let looks = 0;
  const lookAgain = async () => {
    looks += 1;
    return one !== null && looks > 1 ? [parent, one] : [parent];
  };
  let seen: unknown = 'still watching';
  const watching = watchForReturn({ clock: time, timers: time, lookAgain }, of, before);
  if (watching === null) return { seen: 'nobody could', looks };
  void watching.then((result) => {
    seen = result;
  });
  await time.advance(3_500);
  await watching;
  return { seen, looks };
}

test.each([
  ['below the same parent', again({}), ended],
  ['in the same unit, below another parent', again({ ppid: 1, unit: 'app.service' }), { ...ended, unit: 'app.service' }],
  ['in the same container', again({ ppid: 9, container: 'c1' }), { ...ended, container: 'c1' }],
])('a new one %s is seen', async (_how, one, of) => {
  expect(await watch(one, of)).toEqual({ seen: { pid: 200, name: 'program-200' }, looks: 2 });
});

test.each([
  ['another program', again({ exe: '/usr/bin/other' })],
  ['another command line', again({ command: 'other' })],
  ['another parent and no unit', again({ ppid: 6 })],
  ['another container', again({ container: 'c2' })],
  ['nothing', null],
])('%s is no return, after three seconds of looking', async (_what, one) => {
  const { seen, looks } = await watch(one);
  expect(seen).toBeNull();
  expect(looks).toBeGreaterThan(5);
});

test('one that was there before is not new', async () => {
  const sibling = again({});
  expect((await watch(sibling, ended, [parent, ended, sibling])).seen).toBeNull();
});

test('with nobody who could start it again nobody waits', async () => {
  expect(await watch(again({}), ended, [ended])).toEqual({ seen: 'nobody could', looks: 0 });
  expect(await watch(again({}), { ...ended, exe: null })).toEqual({ seen: 'nobody could', looks: 0 });
});
