import { describe, expect, it } from 'vitest';
import { Beat } from '../../../../../src-main/logs/tails/beat';
import { createFakeTime } from '../../../../helpers/fake-time';

/** What has resolved, in order. */
function follow(beat: Beat) {
  const struck: string[] = [];
  const wait = (name: string) => void beat.wait()?.then(() => struck.push(name));
  return { struck, wait };
}

describe('Beat', () => {
  it('lets all go on in one moment: who waits from a beat at the next, who waits between at the second', async () => {
    const time = createFakeTime();
    const beat = new Beat(time, 2_500);
    const { struck, wait } = follow(beat);
    wait('one');
    wait('other');
    await beat.strike();
    expect(struck).toEqual([]);
    const striking = beat.strike();
    wait('at the beat');
    await striking;
    wait('between');
    expect(struck).toEqual(['one', 'other']);
    await beat.strike();
    expect(struck).toEqual(['one', 'other', 'at the beat']);
    await beat.strike();
    expect(struck).toEqual(['one', 'other', 'at the beat', 'between']);
  });

  it('strikes by itself when nobody does, counted from the first that waits', async () => {
    const time = createFakeTime();
    const beat = new Beat(time, 2_500);
    const { struck, wait } = follow(beat);
    await time.advance(2_000);
    wait('one');
    await time.advance(2_000);
    wait('other');
    expect(struck).toEqual([]);
    await time.advance(500);
    expect(struck).toEqual(['one', 'other']);
  });

  it('makes nobody wait after its end', async () => {
    const time = createFakeTime();
    const beat = new Beat(time, 2_500);
    const { struck, wait } = follow(beat);
    wait('one');
    beat.end();
    await time.advance(0);
    expect(struck).toEqual(['one']);
    expect(beat.wait()).toBeNull();
  });
});
