import { describe, expect, it } from 'vitest';
import { createEventOutbox } from '../../../../src-main/web/event-outbox';
import type { AnyEvent } from '../../../../src-shared/contract';

function notice(id: string): AnyEvent {
  return { event: 'notice', payload: { id, values: {}, text: id } };
}

function failedReading(source: 'host' | 'logs', message: string): AnyEvent {
  const reading = { kind: 'failed', code: 'timeout', message, startedAtMs: 0, tookMs: 0, lastOkAtMs: null } as const;
  return { event: 'reading', payload: { source, reading } };
}

/** A socket whose kernel buffer takes nothing until told. */
function createStuckSink() {
  const waiting: { readonly text: string; readonly done: (error?: Error) => void }[] = [];
  return {
    waiting,
    send: (text: string, done: (error?: Error) => void) => void waiting.push({ text, done }),
    /** Lets everything through that is under way now; returns what it was. */
    flush(error?: Error) {
      const sent = waiting.splice(0);
      for (const one of sent) one.done(error);
      return sent.map((one) => JSON.parse(one.text) as AnyEvent);
    },
  };
}

describe('createEventOutbox', () => {
  it('sends at once to a client that takes', () => {
    const sent: string[] = [];
    const send = (text: string, done: () => void) => {
      sent.push(text);
      done();
    };
    const outbox = createEventOutbox({ send }, JSON.stringify);
    outbox.push(notice('a'));
    outbox.push(failedReading('host', '1'));
    expect(sent.map((text) => JSON.parse(text).event)).toEqual(['notice', 'reading']);
  });

  it('keeps only the latest reading of each source for a slow client, and events in order', () => {
    const sink = createStuckSink();
    const outbox = createEventOutbox(sink, JSON.stringify);
    outbox.push(notice('first'));
    for (let tick = 0; tick < 1000; tick += 1) {
      outbox.push(failedReading('host', `host ${tick}`));
      outbox.push(failedReading('logs', `logs ${tick}`));
    }
    outbox.push(notice('second'));
    expect(sink.waiting).toHaveLength(1);
    expect(sink.flush()).toEqual([notice('first')]);
    expect(sink.flush()).toEqual([notice('second'), failedReading('host', 'host 999'), failedReading('logs', 'logs 999')]);
    expect(sink.waiting).toHaveLength(0);
    expect(outbox.droppedCount()).toBe(0);
  });

  it('drops the oldest events beyond the bound and counts them', () => {
    const sink = createStuckSink();
    const outbox = createEventOutbox(sink, JSON.stringify);
    outbox.push(notice('under way'));
    for (let index = 0; index < 510; index += 1) outbox.push(notice(String(index)));
    expect(outbox.droppedCount()).toBe(10);
    sink.flush();
    const rest = sink.flush();
    expect(rest).toHaveLength(500);
    expect(rest[0]).toEqual(notice('10'));
  });

  it('goes quiet when the client is gone', () => {
    const sink = createStuckSink();
    const outbox = createEventOutbox(sink, JSON.stringify);
    outbox.push(notice('a'));
    outbox.push(notice('b'));
    sink.flush(new Error('gone'));
    outbox.push(notice('c'));
    expect(sink.waiting).toHaveLength(0);
  });
});
