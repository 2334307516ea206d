import { describe, expect, it } from 'vitest';
import { createLogStreams, type LogStreamsDeps } from '../../../../../src-main/logs/streams/log-streams';
import { systemClock, systemTimers } from '../../../../../src-main/platform/clock';
import { ContainerEngineError } from '../../../../../src-main/platform/container-engine';
import { PodLogError, type PodLogRequest, type PodLogs } from '../../../../../src-main/platform/pod-logs';
import { waitFor } from '../../../../helpers/wait-for';

const id = 'a'.repeat(64);
const target = { kind: 'container', id } as const;
const stamp = (second: number) => `1970-01-01T00:00:${String(second).padStart(2, '0')}.000000000Z`;

/** Timers that run when the test says so. */
function handTimers() {
  const waiting = new Map<() => void, number>();
  return {
    after(delayMs: number, call: () => void) {
      waiting.set(call, delayMs);
      return () => waiting.delete(call);
    },
    fire(delayMs: number) {
      for (const [call, ms] of [...waiting]) {
        if (ms !== delayMs) continue;
        waiting.delete(call);
        call();
      }
    },
    count: (delayMs: number) => [...waiting.values()].filter((ms) => ms === delayMs).length,
  };
}

function rig(over: Partial<LogStreamsDeps> = {}, chunks: readonly (string | Error)[] = [], running = true) {
  const timers = handTimers();
  const asked: unknown[] = [];
  let push: (text: string) => void = () => undefined;
  const streams = createLogStreams({
    timers,
    clock: systemClock,
    ownWords: (text) => (text.includes('marmot') ? { keyword: 'marmot', index: 0 } : null),
    redactorOptions: () => ({ hash: () => 'abcdef' }),
    podLogs: null,
    journal: null,
    spawnLines: () => Promise.reject(new Error('not here')),
    findContainer: (one) => (one === id ? { name: 'api', tty: true, startedAtMs: 5_000 } : null),
    containerFeed: {
      subscribe(listener) {
        listener(running ? [{ id, name: 'api', tty: true, startedAtMs: 5_000, startedWhileWatching: false }] : []);
        return () => undefined;
      },
      openLogs: async (_id, from, signal) => {
        asked.push(from);
        return (async function* () {
          for (const chunk of chunks) {
            if (chunk instanceof Error) throw chunk;
            yield Buffer.from(chunk);
          }
          while (running && !signal.aborted)
            yield await new Promise<Buffer>((resolve) => {
              push = (text) => resolve(Buffer.from(text));
              signal.addEventListener('abort', () => resolve(Buffer.alloc(0)), { once: true });
            });
        })();
      },
    },
    ...over,
  });
  return { streams, timers, asked, push: (text: string) => push(text) };
}

function opened(streams: ReturnType<typeof rig>['streams'], input: Parameters<typeof streams.open>[0]): string {
  const stream = streams.open(input)?.stream;
  if (stream === undefined) throw new Error('nothing was opened');
  return stream;
}

async function untilLines(streams: ReturnType<typeof rig>['streams'], stream: string, after = 0) {
  return await waitFor(
    async () => {
      const answer = await streams.next({ stream, after });
      return answer !== null && answer.lines.length > 0 ? answer : null;
    },
    { timeoutMs: 2_000, what: 'lines' },
  );
}

describe('log streams', () => {
  it('gives the newest lines of a container, then each new one to the question that waits for it', async () => {
    const { streams, asked, push } = rig({}, [`${stamp(1)} one\r\n${stamp(2)} error two\r\n`]);
    const stream = opened(streams, { target, tail: 200 });
    const first = await untilLines(streams, stream);
    expect(asked).toEqual([{ tail: 200 }]);
    expect(first).toMatchObject({ state: 'following', droppedCount: 0 });
    expect(first.lines.map(({ number, atMs, text, level, origin }) => ({ number, atMs, text, level, origin }))).toEqual([
      { number: 1, atMs: 1_000, text: 'one', level: null, origin: null },
      { number: 2, atMs: 2_000, text: 'error two', level: 'error', origin: null },
    ]);
    const waiting = streams.next({ stream, after: 2 });
    push(`${stamp(3)} three\r\n`);
    expect((await waiting)?.lines.map(({ number, text }) => `${number} ${text}`)).toEqual(['3 three']);
    streams.closeAll();
  });

  it('answers with nothing after ten seconds of silence', async () => {
    const { streams, timers } = rig({}, [`${stamp(1)} one\r\n`]);
    const stream = opened(streams, { target, tail: 10 });
    await untilLines(streams, stream);
    const waiting = streams.next({ stream, after: 1 });
    await waitFor(() => timers.count(10_000) === 1, { timeoutMs: 1_000, what: 'the wait' });
    timers.fire(10_000);
    expect(await waiting).toEqual({ lines: [], droppedCount: 0, state: 'following', detail: null });
    streams.closeAll();
  });

  it('reads the log of a container that has ended, and says that it ended', async () => {
    const { streams } = rig({}, [`${stamp(1)} last words\r\n`], false);
    const stream = opened(streams, { target, tail: 10 });
    const state = await waitFor(
      async () => {
        const answer = await streams.next({ stream, after: 0 });
        return answer?.state === 'ended' ? answer : null;
      },
      { timeoutMs: 2_000, what: 'the end' },
    );
    expect(state.lines.map(({ text }) => text)).toEqual(['last words']);
    streams.closeAll();
  });

  it('tells what cannot be read', async () => {
    const { streams } = rig({}, [new ContainerEngineError('configured logging driver does not support reading', 501, null)]);
    const stream = opened(streams, { target, tail: 10 });
    const answer = await waitFor(
      async () => {
        const found = await streams.next({ stream, after: 0 });
        return found?.state === 'unavailable' ? found : null;
      },
      { timeoutMs: 2_000, what: 'the verdict' },
    );
    expect(answer.detail).toMatch(/logging driver/);
    streams.closeAll();
  });

  it('closes a stream nobody asks about, and knows it no more', async () => {
    const { streams, timers } = rig({}, [`${stamp(1)} one\r\n`]);
    const stream = opened(streams, { target, tail: 10 });
    await untilLines(streams, stream);
    const waiting = streams.next({ stream, after: 1 });
    timers.fire(30_000);
    expect(await waiting).toBeNull();
    expect(await streams.next({ stream, after: 0 })).toBeNull();
    expect(streams.openCount()).toBe(0);
  });

  it('keeps at most twenty, the one not asked about for longest goes first', async () => {
    const { streams } = rig();
    const [first, second] = [opened(streams, { target, tail: 1 }), opened(streams, { target, tail: 1 })];
    for (let index = 0; index < 18; index += 1) opened(streams, { target, tail: 1 });
    await streams.next({ stream: first, after: 0 });
    opened(streams, { target, tail: 1 });
    expect(streams.openCount()).toBe(20);
    expect(streams.close(second)).toBe(false);
    expect(streams.close(first)).toBe(true);
    streams.closeAll();
  });

  it('knows no container that is not in the snapshot, and no cluster or journal where there is none', () => {
    const { streams } = rig();
    expect(streams.open({ target: { kind: 'container', id: 'b'.repeat(64) }, tail: 1 })).toBeNull();
    expect(streams.open({ target: { kind: 'unit', unit: 'a.service', scope: 'system' }, tail: 1 })).toBeNull();
    expect(streams.open({ target: { kind: 'pods-of', namespace: 'a', ownerKind: 'Deployment', ownerName: 'b' }, tail: 1 })).toBeNull();
  });

  it('merges the pods of an owner by time and names where each line came from', async () => {
    const asked: PodLogRequest[] = [];
    const pod = (name: string, containers: readonly string[]) => ({ namespace: 'shop', name, uid: name, containers });
    const podLogs: PodLogs = {
      open: async (request) => {
        asked.push(request);
        const second = request.name === 'web-1' ? 2 : request.container === 'sidecar' ? 3 : 1;
        return (async function* () {
          yield Buffer.from(`${stamp(second)} hello\n`);
        })();
      },
      podsOf: () => [pod('web-1', ['main']), pod('web-2', ['main', 'sidecar'])],
    };
    const { streams } = rig({ podLogs, timers: systemTimers });
    const stream = opened(streams, { target: { kind: 'pods-of', namespace: 'shop', ownerKind: 'Deployment', ownerName: 'web' }, tail: 5 });
    const { lines } = await untilLines(streams, stream);
    expect(lines.map(({ origin, text }) => `${origin}: ${text}`)).toEqual(['web-2/main: hello', 'web-1: hello', 'web-2/sidecar: hello']);
    expect(asked.map(({ from }) => from)).toEqual([{ tail: 5 }, { tail: 5 }, { tail: 5 }]);
    streams.closeAll();
  });

  it('says in every language that an owner has no pod', async () => {
    const podLogs: PodLogs = { open: () => Promise.reject(new Error('not asked')), podsOf: () => [] };
    const { streams } = rig({ podLogs });
    const stream = opened(streams, { target: { kind: 'pods-of', namespace: 'shop', ownerKind: 'Deployment', ownerName: 'web' }, tail: 5 });
    const text = 'There is no pod of Deployment web.';
    expect(await streams.next({ stream, after: 0 })).toEqual({
      lines: [],
      droppedCount: 0,
      state: 'ended',
      detail: text,
      sentences: [{ text, key: 'logSource.why.noPods', values: { kind: 'Deployment', name: 'web' } }],
    });
    streams.closeAll();
  });

  it('says why the run before cannot be read, and does not try again', async () => {
    let tries = 0;
    const podLogs: PodLogs = {
      open: () => {
        tries += 1;
        return Promise.reject(new PodLogError('previous terminated container "main" not found', 400));
      },
      podsOf: () => [],
    };
    const { streams } = rig({ podLogs });
    const stream = opened(streams, { target: { kind: 'pod', namespace: 'shop', name: 'web', container: null, previous: true }, tail: 5 });
    const answer = await waitFor(
      async () => {
        const found = await streams.next({ stream, after: 0 });
        return found?.state === 'unavailable' ? found : null;
      },
      { timeoutMs: 2_000, what: 'the verdict' },
    );
    expect(answer.detail).toBe('previous terminated container "main" not found');
    expect(tries).toBe(1);
    streams.closeAll();
  });
});
