import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLogStreams } from '../../src-main/logs/streams/log-streams';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { createSecretHash } from '../../src-main/platform/secret-hash';
import { systemSpawnLines } from '../../src-main/platform/spawn-lines';
import type { NextLines } from '../../src-shared/contract';
import type { ContainerFacts } from '../../src-shared/snapshots';
import { dataOf, never, openContainers } from '../helpers/container-parts';
import { startDockerEngine } from '../helpers/docker-engine';
import { waitFor } from '../helpers/wait-for';

const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: live logs of containers on a real engine: ${engine.unavailable}`);

describe.skipIf('unavailable' in engine)('live logs of real containers', () => {
  if ('unavailable' in engine) return;
  const containers = openContainers(engine.endpoint);
  let latest: readonly ContainerFacts[] = [];
  const streams = createLogStreams({
    containerFeed: containers.containerFeed,
    podLogs: null,
    journal: null,
    spawnLines: systemSpawnLines,
    clock: systemClock,
    timers: systemTimers,
    ownWords: () => null,
    redactorOptions: () => ({ hash: createSecretHash() }),
    findContainer: (id) => latest.find((one) => one.id === id) ?? null,
  });

  async function see(id: string, state: ContainerFacts['state']): Promise<void> {
    await waitFor(
      async () => {
        latest = (await dataOf(containers.collect(never))).containers;
        return latest.some((one) => one.id === id && one.state === state);
      },
      { timeoutMs: 10_000, what: `the container ${state}` },
    );
  }

  function open(id: string, tail = 100): string {
    const opened = streams.open({ target: { kind: 'container', id }, tail });
    if (opened === null) throw new Error('the container is not known');
    return opened.stream;
  }

  /** Reads on until `enough`; gives every line so far and the last state. */
  async function readUntil(stream: string, enough: (texts: readonly string[], state: NextLines['state']) => boolean) {
    const lines: NextLines['lines'][number][] = [];
    for (;;) {
      const answer = await streams.next({ stream, after: lines.at(-1)?.number ?? 0 });
      if (answer === null) throw new Error('the stream was closed');
      lines.push(...answer.lines);
      if (
        enough(
          lines.map(({ text }) => text),
          answer.state,
        )
      )
        return { lines, answer };
    }
  }

  beforeAll(async () => {
    await containers.collect(never);
  });
  afterEach(() => engine.removeContainers());
  afterAll(async () => {
    streams.closeAll();
    await containers.close();
    await engine.stop();
  });

  it.each([[[]], [['-t']]])('shows a line within 300 ms of its writing, at the median of twenty (options %j)', async (options) => {
    const id = await engine.run(options, 'sh', '-c', 'n=0; while :; do n=$((n+1)); echo "line $n"; sleep 0.1; done');
    await see(id, 'running');
    const stream = open(id, 5);
    const { lines } = await readUntil(stream, (texts) => texts.length >= 20);
    const numbers = lines.map(({ text }) => Number(/^line (\d+)$/.exec(text)?.[1]));
    const first = numbers[0] ?? 0;
    expect(numbers).toEqual(numbers.map((_one, index) => first + index));
    const late: number[] = [];
    for (let count = 0; count < 20; count += 1) {
      const { lines: fresh } = await readUntilNext(stream, lines.length + count);
      late.push(Date.now() - (fresh.at(-1)?.atMs ?? 0));
    }
    expect(late.toSorted((a, b) => a - b)[10]).toBeLessThan(300);
  });

  async function readUntilNext(stream: string, after: number): Promise<NextLines> {
    const answer = await streams.next({ stream, after });
    if (answer === null) throw new Error('the stream was closed');
    return answer.lines.length > 0 ? answer : readUntilNext(stream, after);
  }

  it('gives the newest lines of a container that has ended, marks errors, and ends', async () => {
    const id = await engine.run([], 'sh', '-c', 'for i in $(seq 30); do echo "line $i"; done; echo "error: out of tea"; exit 3');
    await see(id, 'exited');
    const { lines, answer } = await readUntil(open(id, 5), (texts, state) => texts.length >= 5 && state === 'ended');
    expect(lines.toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0)).map(({ text, level }) => [text, level])).toEqual([
      ['line 27', null],
      ['line 28', null],
      ['line 29', null],
      ['line 30', null],
      ['error: out of tea', 'error'],
    ]);
    expect(answer).toMatchObject({ state: 'ended', droppedCount: 0 });
  });

  it('goes on through a restart without loss or repetition', async () => {
    const script = 'n=$(cat /tmp/n 2>/dev/null || echo 0); n=$((n+1)); echo $n > /tmp/n; echo "run $n"; sleep 1000';
    const id = await engine.run(['--stop-timeout', '0'], 'sh', '-c', script);
    await see(id, 'running');
    const stream = open(id);
    const seen = (await readUntil(stream, (texts) => texts.length >= 1)).lines;
    await engine.docker('restart', id);
    const pump = see(id, 'running');
    const { lines } = await readUntil(stream, (texts) => texts.includes('run 2'));
    await pump;
    expect(
      [...seen, ...lines]
        .filter(({ number }, index, all) => all.findIndex((one) => one.number === number) === index)
        .map(({ text }) => text),
    ).toEqual(['run 1', 'run 2']);
  });

  it('gives just the newest lines that were asked for, in order', async () => {
    const id = await engine.run([], 'seq', '20000');
    await see(id, 'exited');
    const stream = open(id, 2000);
    const { lines } = await readUntil(stream, (texts) => texts.at(-1) === '20000');
    expect(lines.map(({ text }) => Number(text))).toEqual(Array.from({ length: 2000 }, (_one, index) => 18_001 + index));
  });
});
