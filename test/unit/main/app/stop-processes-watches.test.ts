import { expect, test } from 'vitest';
import { createReturnWatches } from '../../../../src-main/app/stop-processes-watches';
import { createFakeTime } from '../../../helpers/fake-time';

const back = { pid: 7, name: 'again' };

test('a watch answers when it ends, to whoever knows its key, within a minute', async () => {
  const time = createFakeTime();
  const watches = createReturnWatches(time);
  let end: (value: typeof back | null) => void = () => undefined;
  const key = watches.add(
    new Promise((resolve) => {
      end = resolve;
    }),
  );
  const answer = watches.answer(key);
  end(back);
  expect(await answer).toEqual({ cameBack: back });
  expect(await watches.answer(key)).toEqual({ cameBack: back });
  await expect(watches.answer('another')).rejects.toMatchObject({ code: 'expired' });
  await time.advance(60_001);
  await expect(watches.answer(key)).rejects.toMatchObject({ code: 'expired' });
});

test('of a hundred that nobody asks for the oldest goes; a failed one is told to who asks, and ends nothing', async () => {
  const watches = createReturnWatches(createFakeTime());
  const failed = watches.add(Promise.reject(new Error('no list')));
  await expect(watches.answer(failed)).rejects.toThrow('no list');
  for (let at = 0; at < 100; at += 1) watches.add(Promise.resolve(null));
  await expect(watches.answer(failed)).rejects.toMatchObject({ code: 'expired' });
});
