import { describe, expect, it } from 'vitest';
import { createEventForwarder } from '../../../../src-main/electron/event-forwarder';
import type { AnyEvent, SelfCost } from '../../../../src-shared/contract';
import { createFakeTime } from '../../../helpers/fake-time';

const navigate = (item: string): AnyEvent => ({ event: 'navigate', payload: { section: 'containers', item } });
const cost: SelfCost = { atMs: 0, cpuCores: 0, memoryBytes: 0, memoryKind: 'pss', droppedEventCount: 2, level: 'ok' };
const reading = (startedAtMs: number): AnyEvent => ({
  event: 'reading',
  payload: { source: 'host', reading: { kind: 'failed', code: 'timeout', message: '', startedAtMs, tookMs: 1, lastOkAtMs: null } },
});

function setUp() {
  const time = createFakeTime();
  const batches: (readonly AnyEvent[])[] = [];
  const forwarder = createEventForwarder({ clock: time, timers: time, send: (batch) => batches.push(batch) });
  return { forwarder, batches, moveTo: (atMs: number) => time.advance(atMs - time.monotonicMs()) };
}

describe('event forwarder', () => {
  it('holds everything until the page listens and is seen', () => {
    const { forwarder, batches } = setUp();
    forwarder.push(navigate('a'));
    expect(batches).toHaveLength(0);
    forwarder.delivered();
    expect(batches).toHaveLength(0);
    forwarder.setVisible(true);
    expect(batches).toEqual([[navigate('a')]]);
  });

  it('sends the first at once, then a batch at most every 100 ms', async () => {
    const { forwarder, batches, moveTo } = setUp();
    forwarder.setVisible(true);
    forwarder.delivered();
    forwarder.push(navigate('a'));
    expect(batches).toHaveLength(1);
    forwarder.delivered();
    forwarder.push(navigate('b'));
    forwarder.push(navigate('c'));
    await moveTo(99);
    expect(batches).toHaveLength(1);
    await moveTo(100);
    expect(batches[1]).toEqual([navigate('b'), navigate('c')]);
  });

  it('sends nothing more before the last batch was taken, and then only the latest reading', async () => {
    const { forwarder, batches, moveTo } = setUp();
    forwarder.setVisible(true);
    forwarder.delivered();
    forwarder.push(reading(1));
    for (let atMs = 1_000; atMs <= 60_000; atMs += 1_000) {
      await moveTo(atMs);
      forwarder.push(reading(atMs));
    }
    expect(batches).toHaveLength(1);
    forwarder.delivered();
    expect(batches[1]).toEqual([reading(60_000)]);
  });

  it('sends nothing while hidden, the latest reading on showing', async () => {
    const { forwarder, batches, moveTo } = setUp();
    forwarder.setVisible(true);
    forwarder.delivered();
    forwarder.setVisible(false);
    forwarder.push(reading(1));
    await moveTo(5_000);
    forwarder.push(reading(2));
    expect(batches).toHaveLength(0);
    forwarder.setVisible(true);
    expect(batches).toEqual([[reading(2)]]);
  });

  it('waits for the next page after one went away', () => {
    const { forwarder, batches } = setUp();
    forwarder.setVisible(true);
    forwarder.delivered();
    forwarder.detached();
    forwarder.push(navigate('a'));
    expect(batches).toHaveLength(0);
    forwarder.delivered();
    expect(batches).toEqual([[navigate('a')]]);
  });

  it('is bounded, and adds what it dropped to what the core dropped', () => {
    const { forwarder, batches } = setUp();
    for (let index = 0; index < 1_003; index += 1) forwarder.push(navigate(String(index)));
    forwarder.push({ event: 'self', payload: cost });
    forwarder.setVisible(true);
    forwarder.delivered();
    expect(batches[0]?.filter((event) => event.event === 'navigate')).toHaveLength(1_000);
    expect(batches[0]?.at(-1)).toEqual({ event: 'self', payload: { ...cost, droppedEventCount: 5 } });
  });
});
