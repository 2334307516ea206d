import type { InputOf, TrafficAnswer, TrafficInput, TrafficPreview } from '../../src-shared/contract';
import { type Sentence, say } from '../../src-shared/sentence';
import type { ContainerFacts } from '../../src-shared/snapshots';
import { RefusedRequest } from '../api/refused-request';
import type { Clock, Timers } from '../platform/clock';
import type { ContainerFeed, FollowedContainer } from '../platform/container-engine';
import type { PodLogs } from '../platform/pod-logs';
import type { TrafficDesk } from '../traffic/desk/traffic-desk';
import { FormatStringProblem } from '../traffic/formats/log-format-string';
import { askTrafficDesk } from './ask-traffic-desk';
import { DemoProblem, type DemoWriter, demoAccessLog, startDemoWriter } from './demo/demo-writer';
import { openContainerFeed } from './traffic-container-feed';
import { previewOfLines } from './traffic-line-preview';
import { podFeed } from './traffic-pod-feed';
import type { PrinterInput, Printers } from './traffic-printers';

export interface TrafficSessionsDeps {
  readonly desk: TrafficDesk;
  readonly printers: Printers;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly demoDirectory: string;
  /** See createSecretHash. */
  readonly hash: (secret: string) => string;
  readonly containerFeed: ContainerFeed;
  readonly podLogs: PodLogs | null;
  readonly containers: () => readonly Pick<ContainerFacts, 'id' | 'name' | 'tty' | 'startedAtMs'>[];
}

export interface TrafficSessions {
  open(input: TrafficInput, format: string): Promise<{ readonly session: string }>;
  preview(input: TrafficInput, format: string): Promise<TrafficPreview>;
  figures(input: InputOf<'traffic.figures'>): Promise<TrafficAnswer>;
  close(session: string): Promise<{ readonly closed: boolean }>;
  /** Sessions are gone; what fed them ends. */
  forgetAll(): void;
}

/** What belongs to a session outside the desk. */
interface Feed {
  problem(): Sentence | null;
  isEnded(): boolean;
  close(): void;
}

/** The desk closes a session that nobody asks about for a minute; a little later what feeds it ends too. */
const forgottenAfterMs = 75_000;
const previewLines = 200;
const demoSeed = 20_260_101;

/** Sessions of the desk, and what has to be fed into them: the output of containers, sample logs. */
export function createTrafficSessions(deps: TrafficSessionsDeps): TrafficSessions {
  const { desk, timers } = deps;
  const ask = askTrafficDesk(desk);
  const feeds = new Map<string, { readonly feed: Feed; cancelExpiry: () => void }>();
  let demo: { readonly writer: DemoWriter; readonly problem: () => Sentence | null; users: number } | null = null;

  function add(session: string, feed: Feed): void {
    feeds.set(session, { feed, cancelExpiry: timers.after(forgottenAfterMs, () => release(session)) });
  }

  function touch(session: string): Feed | null {
    const found = feeds.get(session);
    if (found === undefined) return null;
    found.cancelExpiry();
    found.cancelExpiry = timers.after(forgottenAfterMs, () => release(session));
    return found.feed;
  }

  function release(session: string): void {
    const found = feeds.get(session);
    if (found === undefined) return;
    feeds.delete(session);
    found.cancelExpiry();
    found.feed.close();
  }

  /** One writer for all sessions over the demo, while there are any. */
  function joinDemo(): Feed {
    demo ??= startDemo();
    demo.users += 1;
    const used = demo;
    return {
      problem: used.problem,
      isEnded: () => false,
      close() {
        used.users -= 1;
        if (used.users > 0) return;
        used.writer.stop();
        if (demo === used) demo = null;
      },
    };
  }

  function startDemo() {
    let problem: Sentence | null = null;
    try {
      const writer = startDemoWriter({
        directory: deps.demoDirectory,
        clock: deps.clock,
        timers,
        offsetMinutes: (atMs) => -new Date(atMs).getTimezoneOffset(),
        seed: demoSeed,
        onProblem(detail) {
          problem = say('traffic.source.demo-problem', { detail });
        },
      });
      return { writer, problem: () => problem, users: 0 };
    } catch (error) {
      if (error instanceof DemoProblem) throw new RefusedRequest('refused', error.message);
      throw error;
    }
  }

  async function openPrinter(input: PrinterInput, format: string): Promise<{ readonly session: string }> {
    const target = targetOf(input);
    const stream = await deps.printers.streamOf(input);
    const { container } = target;
    const opened = await ask('open', { input: { kind: 'stream', name: container.name }, format });
    const feed = openContainerFeed(opened.session, container, stream, target.feed, deps);
    const unsubscribe =
      input.kind === 'pod'
        ? () => undefined
        : deps.containerFeed.subscribe((running) => feed.update(running.find(({ id }) => id === container.id) ?? null));
    add(opened.session, {
      ...feed,
      close() {
        unsubscribe();
        feed.close();
      },
    });
    return opened;
  }

  function targetOf(input: PrinterInput): { readonly container: FollowedContainer; readonly feed: Pick<ContainerFeed, 'openLogs'> } {
    if (input.kind === 'pod') {
      if (deps.podLogs === null) throw new RefusedRequest('not-found', 'No cluster is attached.');
      const name = `${input.namespace}/${input.name}`;
      const container = { id: name, name, tty: true, startedAtMs: 0, startedWhileWatching: false };
      return { container, feed: podFeed(input, deps.podLogs) };
    }
    const found = deps.containers().find(({ id }) => id.startsWith(input.id));
    if (found === undefined) throw new RefusedRequest('not-found', 'There is no such container (any more).');
    const { id, name, tty, startedAtMs } = found;
    return { container: { id, name, tty, startedAtMs: startedAtMs ?? 0, startedWhileWatching: false }, feed: deps.containerFeed };
  }

  return {
    async open(input, format) {
      if (input.kind === 'container' || input.kind === 'pod') return openPrinter(input, format);
      if (input.kind === 'files') return ask('open', { input: { kind: 'files', patterns: input.paths }, format });
      const feed = joinDemo();
      try {
        const opened = await ask('open', { input: { kind: 'files', patterns: [demoAccessLog(deps.demoDirectory)] }, format });
        add(opened.session, feed);
        return opened;
      } catch (error) {
        feed.close();
        throw error;
      }
    },
    async preview(input, format) {
      if (input.kind === 'files') return ask('preview', { patterns: input.paths, format });
      if (input.kind === 'demo') {
        const feed = joinDemo();
        try {
          return await ask('preview', { patterns: [demoAccessLog(deps.demoDirectory)], format });
        } finally {
          feed.close();
        }
      }
      const { container } = targetOf(input);
      const { stdout, stderr } = await deps.printers.newestLines(input, previewLines);
      const stream = await deps.printers.streamOf(input);
      try {
        return previewOfLines(stream === 'stderr' ? stderr : stdout, format, container.name, deps.hash);
      } catch (error) {
        if (error instanceof FormatStringProblem) throw new RefusedRequest('bad-input', `The format cannot be read: ${error.message}`);
        throw error;
      }
    },
    async figures(input) {
      const feed = touch(input.session);
      try {
        const answer = await ask('figures', input);
        touch(input.session);
        if (feed === null) return answer;
        const state = answer.state === 'following' && feed.isEnded() ? 'ended' : answer.state;
        return { ...answer, state, problem: answer.problem ?? feed.problem() };
      } catch (error) {
        if (error instanceof RefusedRequest && error.code === 'not-found') release(input.session);
        throw error;
      }
    },
    async close(session) {
      release(session);
      return ask('close', { session });
    },
    forgetAll() {
      for (const session of [...feeds.keys()]) release(session);
    },
  };
}
