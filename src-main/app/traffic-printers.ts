import type { TrafficInput } from '../../src-shared/contract';
import type { ContainerFacts, PodFacts } from '../../src-shared/snapshots';
import type { LogStream } from '../logs/frame';
import type { Clock, Timers } from '../platform/clock';
import type { ContainerFeed } from '../platform/container-engine';
import type { PodLogs } from '../platform/pod-logs';
import { accessStream, type NewestLines, type OpenNewest, readNewestLines } from './traffic-container-probe';

export type PrinterInput = Extract<TrafficInput, { kind: 'container' | 'pod' }>;

/** A container, of an engine or of a pod, that prints requests. */
export interface Printer {
  readonly input: PrinterInput;
  readonly name: string;
  readonly detail: string;
}

export interface PrintersDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly containerFeed: Pick<ContainerFeed, 'openLogs'>;
  readonly podLogs: PodLogs | null;
  /** Of the latest readings. */
  readonly containers: () => readonly Pick<ContainerFacts, 'id' | 'name' | 'image' | 'state' | 'tty' | 'startedAtMs' | 'pod'>[];
  readonly pods: () => readonly Pick<PodFacts, 'namespace' | 'name' | 'uid' | 'phase' | 'containers'>[];
}

export interface Printers {
  /** Those that are known to; waits a little for those that are being looked at. */
  list(): Promise<readonly Printer[]>;
  /** The newest lines of one, whether it prints requests or not. */
  newestLines(input: PrinterInput, count: number): Promise<NewestLines>;
  /** On which of its streams the requests are; null: not told apart, or on none. */
  streamOf(input: PrinterInput): Promise<LogStream | null>;
}

interface Candidate extends Printer {
  readonly key: string;
  readonly tty: boolean;
  readonly open: OpenNewest;
}

/** So many of the newest lines tell. */
const lookedAtLines = 60;
/** A list does not wait longer for looks that are under way; what they find is in the next one. */
const patienceMs = 1_500;
const atOnce = 6;
/** What prints none may begin to; what does, keeps to it. */
const lookAgainMs = 60_000;
/** Each costs the cluster a request. */
const mostPods = 40;

/** Finds containers that print access lines by looking at their newest lines, once for each run of them, only when somebody asks. */
export function createPrinters(deps: PrintersDeps): Printers {
  const { clock, timers, podLogs } = deps;
  const known = new Map<string, { readonly stream: LogStream | null; readonly atMs: number }>();
  const looking = new Map<string, Promise<void>>();

  function candidates(): readonly Candidate[] {
    const ofEngines = deps.containers().flatMap((one): readonly Candidate[] => {
      // A pod's container is looked at as one of the pod.
      if (one.state !== 'running' || one.pod !== null) return [];
      const input = { kind: 'container', id: one.id } as const;
      return [{ ...openable(input, one.tty), input, name: one.name, detail: one.image, key: `${one.id} ${one.startedAtMs}` }];
    });
    if (podLogs === null) return ofEngines;
    const ofPods = deps
      .pods()
      .filter(({ phase }) => phase === 'Running')
      .flatMap(({ namespace, name, uid, containers }) =>
        containers
          .filter(({ init }) => !init)
          .map((container): Candidate => {
            const input = { kind: 'pod', namespace, name, container: container.name } as const;
            const key = `${uid}/${container.name} ${container.restartCount}`;
            return { ...openable(input, true), input, name, detail: `${namespace} · ${container.name}`, key };
          }),
      );
    return [...ofEngines, ...ofPods.slice(0, mostPods)];
  }

  function openable(input: PrinterInput, tty: boolean): Pick<Candidate, 'tty' | 'open'> {
    if (input.kind === 'container') return { tty, open: (tail, signal) => deps.containerFeed.openLogs(input.id, { tail }, signal) };
    const { namespace, name, container } = input;
    return {
      tty: true,
      open: (tail, signal) =>
        podLogs === null
          ? Promise.resolve(nothing())
          : podLogs.open({ namespace, name, container, previous: false, from: { tail } }, signal),
    };
  }

  async function look({ key, tty, open }: Candidate): Promise<void> {
    const stream = accessStream(await readNewestLines(open, tty, lookedAtLines, timers));
    known.set(key, { stream, atMs: clock.monotonicMs() });
  }

  function isDue({ key }: Candidate): boolean {
    const found = known.get(key);
    return found === undefined || (found.stream === null && clock.monotonicMs() - found.atMs >= lookAgainMs);
  }

  /** A few at a time. */
  async function lookAtAll(all: readonly Candidate[]): Promise<void> {
    const waiting = all.filter((one) => isDue(one) && !looking.has(one.key));
    async function work(): Promise<void> {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { key } = next;
        const looked = look(next).finally(() => looking.delete(key));
        looking.set(key, looked);
        await looked;
      }
    }
    await Promise.all([...looking.values(), ...Array.from({ length: atOnce }, work)]);
  }

  function within(work: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = timers.after(patienceMs, resolve);
      work.then(resolve, reject).finally(cancel);
    });
  }

  function find(input: PrinterInput): Candidate | null {
    const wanted = JSON.stringify(input);
    return candidates().find((one) => JSON.stringify(one.input) === wanted) ?? null;
  }

  return {
    async list() {
      const all = candidates();
      const present = new Set(all.map(({ key }) => key));
      for (const key of known.keys()) if (!present.has(key)) known.delete(key);
      await within(lookAtAll(all));
      return all.filter(({ key }) => (known.get(key)?.stream ?? null) !== null).map(({ input, name, detail }) => ({ input, name, detail }));
    },
    newestLines(input, count) {
      const tty = input.kind === 'pod' || (deps.containers().find(({ id }) => id === input.id)?.tty ?? false);
      return readNewestLines(openable(input, tty).open, tty, count, timers);
    },
    async streamOf(input) {
      const found = find(input);
      if (found === null || found.tty) return null;
      if (isDue(found)) await look(found);
      return known.get(found.key)?.stream ?? null;
    },
  };
}

async function* nothing(): AsyncGenerator<Buffer, void> {}
