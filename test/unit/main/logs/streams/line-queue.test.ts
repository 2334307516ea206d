import { describe, expect, it } from 'vitest';
import { LineQueue } from '../../../../../src-main/logs/streams/line-queue';

const line = (text: string, atMs: number | null = 1) => ({ atMs, text, cutBytes: 0, origin: null, level: null });
const numbered = (queue: LineQueue) => queue.take().lines.map(({ number, text }) => `${number} ${text}`);

describe('LineQueue', () => {
  it('gives a line again until the reader says that it has it', () => {
    const queue = new LineQueue(false);
    queue.add(line('a'));
    queue.add(line('b'));
    expect(numbered(queue)).toEqual(['1 a', '2 b']);
    queue.add(line('c'));
    queue.forget(1);
    expect(numbered(queue)).toEqual(['2 b', '3 c']);
    queue.forget(3);
    expect(queue.hasLines).toBe(false);
    expect(numbered(queue)).toEqual([]);
  });

  it('loses the oldest of too many, and says how many', () => {
    const queue = new LineQueue(false);
    for (let index = 0; index < 5_003; index += 1) queue.add(line(`line ${index}`));
    const { lines, droppedCount } = queue.take();
    expect(droppedCount).toBe(3);
    expect(lines[0]).toMatchObject({ number: 1, text: 'line 3' });
    expect(lines).toHaveLength(1_000);
    queue.forget(1_000);
    expect(queue.take().lines[0]).toMatchObject({ number: 1_001, text: 'line 1003' });
  });

  it('keeps an answer below a megabyte, but gives at least one line', () => {
    const queue = new LineQueue(false);
    for (const letter of ['a', 'b', 'c']) queue.add(line(letter.repeat(700_000)));
    expect(queue.take().lines).toHaveLength(1);
    queue.forget(1);
    expect(queue.take().lines.map(({ number }) => number)).toEqual([2]);
  });

  it('holds at most four million characters', () => {
    const queue = new LineQueue(false);
    for (let index = 0; index < 10; index += 1) queue.add(line(String(index).repeat(1024 * 1024)));
    expect(queue.take()).toMatchObject({ droppedCount: 6, lines: [{ number: 1 }] });
  });

  it('puts what several sources sent into the order of time', () => {
    const queue = new LineQueue(true);
    for (const [text, atMs] of [['b1', 20] as const, ['b2', 40] as const, ['a1', 10] as const, ['a2', 30] as const])
      queue.add(line(text, atMs));
    expect(numbered(queue)).toEqual(['1 a1', '2 b1', '3 a2', '4 b2']);
  });
});
