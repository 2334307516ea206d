import { describe, expect, it } from 'vitest';
import { PatternMiner } from '../../../../../src-main/logs/patterns/pattern-miner';

const unseen = { atMs: null, source: null };

function mine(messages: readonly string[]): readonly [number, string][] {
  const miner = new PatternMiner();
  for (const message of messages) miner.add(message, unseen);
  return miner.patterns().map(({ count, template }) => [count, template]);
}

describe('what is one pattern', () => {
  it('lines that differ in values', () => {
    expect(mine(['took 3 ms', 'took 4 ms', 'done'])).toEqual([
      [2, 'took <duration>'],
      [1, 'done'],
    ]);
  });

  it('lines that differ in one word of many values', () => {
    const users = ['alice', 'bob', 'carol', 'dave'];
    expect(mine(users.map((user) => `session opened for user ${user} by 0`))).toEqual([[4, 'session opened for user <*> by <num>']]);
  });

  it('lists of other lengths, empty brackets and empty values', () => {
    expect(mine(['sizes ( 1 2 3 ) end', 'sizes ( 1 2 ) end', 'sizes ( 7 ) end'])).toEqual([[3, 'sizes ( <num> ) end']]);
    expect(mine(['peer () at 1', 'peer (x9) at 2'])).toHaveLength(1);
    expect(mine(['ask=1 release= done', 'ask=1 release=4 done'])).toEqual([[2, 'ask=<num> release=<*> done']]);
  });

  it('many lines that differ in several words at once', () => {
    const names = ['amber', 'birch', 'cedar', 'dune', 'elm', 'fern', 'grove', 'heath', 'iris'];
    const lines = names.map((name, at) => `the keeper ${name} has seen the ${names[(at + 4) % 9]}fox of it again`);
    expect(mine(lines)).toEqual([[9, 'the keeper <*> has seen the <*> of it again']]);
    expect(mine(lines.slice(0, 3))).toHaveLength(3);
  });

  it('a size that is said twice and one that is not', () => {
    expect(mine(['sent 451 bytes, closed', 'sent 1033 bytes (1.01 KB), closed'])).toHaveLength(1);
  });

  it('dates in words', () => {
    expect(mine(['since Fri Jun 17 20:55:07 2005', 'since Mon Jul 4 01:02:03 2005'])).toHaveLength(1);
  });
});

describe('what is not', () => {
  it('few alternating words', () => {
    expect(mine(['link is up on port 1', 'link is down on port 2'])).toHaveLength(2);
  });

  it('states and verbs, even more of them', () => {
    expect(mine(['Started', 'Paused', 'Resumed', 'Stopped'].map((state) => `the machine was ${state} by its owner 7`))).toHaveLength(4);
    expect(mine(['GET', 'POST', 'PUT', 'DELETE'].map((verb) => `request ${verb} answered by peer in time 7`))).toHaveLength(4);
  });

  it('lines of a single word', () => {
    expect(mine(['LOOKING', 'leading', 'following', 'ready', 'waiting', 'gone', 'back'])).toHaveLength(7);
  });
});

describe('a pattern', () => {
  it('knows when, where from and by what example', () => {
    const miner = new PatternMiner();
    miner.add('took 3 ms', { atMs: 20, source: 'b' });
    miner.add('took 4 ms', { atMs: 10, source: 'a' });
    miner.add('took 5 ms', unseen);
    expect(miner.patterns()).toEqual([
      {
        id: expect.stringMatching(/^p[0-9a-f]{12}$/),
        template: 'took <duration>',
        count: 3,
        firstSeenAtMs: 10,
        lastSeenAtMs: 20,
        sources: ['a', 'b'],
        unnamedSourceCount: 0,
        example: 'took 3 ms',
      },
    ]);
  });

  it('keeps its id while it widens, and a merged one answers with it', () => {
    const miner = new PatternMiner();
    const groups = ['alice', 'bob', 'carol', 'dave'].map((user) => miner.add(`login of user ${user} from afar`, unseen));
    const before = groups.map((group) => miner.idOf(group));
    expect(new Set(before).size).toBe(4);
    miner.settle();
    expect(groups.map((group) => miner.idOf(group))).toEqual(before.map(() => before[0]));
    miner.add('login of user erin from afar', unseen);
    expect(miner.patterns()).toMatchObject([{ id: before[0], count: 5 }]);
  });

  it('is the same in another run', () => {
    const ids = () => {
      const miner = new PatternMiner();
      return ['a 1', 'b 2', 'c d 3'].map((message) => miner.idOf(miner.add(message, unseen)));
    };
    expect(ids()).toEqual(ids());
  });
});

describe('hostile input', () => {
  const letters = (number: number) => [...String(number)].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('');

  it('ever new words stay within the limits, and what was forgotten is counted', () => {
    const miner = new PatternMiner({ maxShapes: 200, maxPatterns: 100 });
    for (let at = 0; at < 3_000; at += 1) miner.add(`${letters(at)} ${letters(at * 7)} ${letters(at * 13)}`, unseen);
    const patterns = miner.patterns();
    const { evictedPatternCount, evictedLineCount } = miner.losses();
    expect(patterns.length).toBeLessThanOrEqual(100);
    expect(evictedPatternCount).toBeGreaterThan(0);
    expect(patterns.reduce((sum, pattern) => sum + pattern.count, 0) + evictedLineCount).toBe(3_000);
  });

  it('anything is a message', () => {
    const messages = [
      '',
      '   ',
      '\u0000\u001b[2J',
      '\ud800',
      '"',
      "'",
      '((((',
      '<<<1',
      '=',
      '/',
      '\\',
      '1'.repeat(70_000),
      ':'.repeat(5_000),
      '('.repeat(5_000),
      '<num> <*>',
    ];
    expect(mine(messages).reduce((sum, [count]) => sum + count, 0)).toBe(messages.length);
  });
});
