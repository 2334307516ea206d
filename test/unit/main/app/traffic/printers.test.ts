import { describe, expect, it } from 'vitest';
import { createPrinters } from '../../../../../src-main/app/traffic-printers';
import { ContainerEngineError } from '../../../../../src-main/platform/container-engine';
import { PodLogError, type PodLogRequest } from '../../../../../src-main/platform/pod-logs';
import { createFakeTime } from '../../../../helpers/fake-time';

const access = '10.0.0.1 - - [21/Nov/2026:11:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "load"';
const stamp = '2026-11-21T11:00:00.000000000Z';

/** Lines as an engine sends them: a header of the stream and the length before each. */
function framed(stream: 'stdout' | 'stderr', ...lines: readonly string[]): Buffer {
  return Buffer.concat(
    lines.map((line) => {
      const bytes = Buffer.from(`${stamp} ${line}\n`);
      const header = Buffer.alloc(8);
      header[0] = stream === 'stdout' ? 1 : 2;
      header.writeUInt32BE(bytes.length, 4);
      return Buffer.concat([header, bytes]);
    }),
  );
}

/** Says what it has and then nothing, until nobody listens any more. */
async function* follow(bytes: Buffer, signal: AbortSignal): AsyncGenerator<Buffer, void> {
  yield bytes;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
}

const container = (id: string, change: object = {}) => ({
  id,
  name: `name-${id}`,
  image: 'image',
  state: 'running' as const,
  tty: false,
  startedAtMs: 1,
  pod: null,
  ...change,
});

function setUp(
  logs: Readonly<Record<string, Buffer | Error>>,
  containers: ReturnType<typeof container>[],
  pods: Readonly<Record<string, string>> = {},
) {
  const time = createFakeTime();
  const opened: string[] = [];
  const requests: PodLogRequest[] = [];
  const printers = createPrinters({
    clock: time,
    timers: time,
    containers: () => containers,
    pods: () =>
      Object.keys(pods).map((name) => {
        const one = { name: 'main', image: 'i', init: false, restartCount: 0 } as never;
        return { namespace: 'shop', name, uid: `uid-${name}`, phase: 'Running' as const, containers: [one] };
      }),
    containerFeed: {
      async openLogs(id, from, signal) {
        opened.push(`${id} ${JSON.stringify(from)}`);
        const log = logs[id];
        if (log instanceof Error) throw log;
        return follow(log ?? Buffer.alloc(0), signal);
      },
    },
    podLogs: {
      async open(request, signal) {
        requests.push(request);
        const text = pods[request.name] ?? '';
        if (text === 'forbidden') throw new PodLogError('no', 403);
        return follow(Buffer.from(text), signal);
      },
      podsOf: () => [],
    },
  });
  /** A list, with the time that its looks take. */
  const list = async () => {
    const listing = printers.list();
    await time.advance(1_000);
    return (await listing).map(({ input, name }) => [input.kind, name]);
  };
  return { time, printers, opened, requests, list, containers };
}

describe('containers that print access lines', () => {
  it('are told by their newest lines, on whichever stream, and looked at once', async () => {
    const { list, opened, printers, time } = setUp(
      {
        nginx: Buffer.concat([framed('stderr', 'notice: ready'), framed('stdout', access, access, access)]),
        caddy: Buffer.concat([framed('stdout', 'hello'), framed('stderr', access, access, access)]),
        app: framed('stdout', 'INFO a', 'INFO b', 'INFO c', access),
        shy: framed('stdout', access),
        broken: new ContainerEngineError('gone', 404, null),
      },
      ['nginx', 'caddy', 'app', 'shy', 'broken'].map((id) => container(id)),
    );
    expect(await list()).toEqual([
      ['container', 'name-nginx'],
      ['container', 'name-caddy'],
    ]);
    expect(opened).toHaveLength(5);
    expect(await list()).toHaveLength(2);
    expect(opened).toHaveLength(5);
    expect(await printers.streamOf({ kind: 'container', id: 'nginx' })).toBe('stdout');
    expect(await printers.streamOf({ kind: 'container', id: 'caddy' })).toBe('stderr');
    // What printed none may begin to; what does is not asked again.
    await time.advance(60_000);
    await list();
    expect(opened.slice(5).map((one) => one.split(' ')[0])).toEqual(['app', 'shy', 'broken']);
  });

  it('are looked at anew after a restart; those that do not run, or belong to a pod, are not', async () => {
    const containers = [container('a'), container('b', { state: 'exited' }), container('c', { pod: { namespace: 'n', name: 'p' } })];
    const { list, opened } = setUp({ a: framed('stdout', access, access, access) }, containers);
    expect(await list()).toHaveLength(1);
    containers[0] = container('a', { startedAtMs: 2 });
    await list();
    expect(opened.map((one) => one.split(' ')[0])).toEqual(['a', 'a']);
  });

  it('are found in pods too, whose closed logs are no trouble', async () => {
    const line = `${stamp} ${access}\n`;
    const { list, requests } = setUp({}, [], { web: line.repeat(4), job: `${stamp} working\n`, closed: 'forbidden' });
    expect(await list()).toEqual([['pod', 'web']]);
    expect(requests[0]).toEqual({ namespace: 'shop', name: 'web', container: 'main', previous: false, from: { tail: 60 } });
  });
});
