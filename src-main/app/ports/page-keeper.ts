import type { LocalPort, WebPage } from '../../../src-shared/contract';
import type { Clock, Timers } from '../../platform/clock';
import type { PageAnswer } from '../../platform/web-page';
import { mayBeWeb } from '../../rules/ports/speaks';

export interface PageKeeperDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ask: (host: '127.0.0.1' | '::1', port: number) => Promise<PageAnswer | null>;
  /** LogScope's own ports: it does not visit itself. */
  readonly isOwn: (port: LocalPort) => boolean;
}

/** What is known of the web pages behind ports. */
export interface PageKeeper {
  /** Asks what was not asked yet (each owner once), waits for a short while and gives the ports with what is known by then. */
  lookUp(ports: readonly LocalPort[]): Promise<readonly LocalPort[]>;
  /** Adds what is known without asking. */
  addKnown(ports: readonly LocalPort[]): readonly LocalPort[];
}

interface Known {
  readonly owner: string;
  /** As it is shown. */
  readonly askedAtMs: number;
  /** By the clock that is never set. */
  readonly visitedAtMs: number;
  /** Null: does not speak HTTP. Undefined: not answered yet. */
  answer: PageAnswer | null | undefined;
}

const atOnce = 6;
const waitMs = 2_000;
/** A server that was just starting (503, or nothing yet) is asked again after this. */
const againMs = 15_000;

export function createPageKeeper({ clock, timers, ask, isOwn }: PageKeeperDeps): PageKeeper {
  const known = new Map<number, Known>();

  function worthAsking(port: LocalPort): boolean {
    if (port.protocol !== 'tcp' || port.reach === 'network' || isOwn(port)) return false;
    return mayBeWeb(port.speaks?.name ?? null);
  }

  function isFresh(port: LocalPort): boolean {
    const entry = known.get(port.port);
    if (entry === undefined || entry.owner !== ownerOf(port)) return false;
    const settled = entry.answer === undefined || (entry.answer !== null && entry.answer.status < 500);
    return settled || clock.monotonicMs() - entry.visitedAtMs < againMs;
  }

  async function visit(port: LocalPort): Promise<void> {
    const entry: Known = { owner: ownerOf(port), askedAtMs: clock.nowMs(), visitedAtMs: clock.monotonicMs(), answer: undefined };
    known.set(port.port, entry);
    const onlyV6 = port.addresses.every((address) => address === '::1');
    entry.answer = await ask(onlyV6 ? '::1' : '127.0.0.1', port.port);
  }

  async function visitAll(ports: readonly LocalPort[]): Promise<void> {
    const queue = [...ports];
    const work = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await visit(next);
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, work));
  }

  function addKnown(ports: readonly LocalPort[]): readonly LocalPort[] {
    return ports.map((port) => {
      const entry = known.get(port.port);
      if (port.protocol !== 'tcp' || entry === undefined || entry.owner !== ownerOf(port) || !entry.answer) return port;
      const { url, status, title } = entry.answer;
      const page: WebPage = { status, title, askedAtMs: entry.askedAtMs };
      return { ...port, url, page, speaks: { name: url.startsWith('https:') ? 'HTTPS' : 'HTTP', by: 'answer' } };
    });
  }

  return {
    addKnown,
    async lookUp(ports) {
      const open = new Set(ports.map(({ port }) => port));
      for (const port of known.keys()) if (!open.has(port)) known.delete(port);
      const visits = visitAll(ports.filter((port) => worthAsking(port) && !isFresh(port)));
      let forget = (): void => undefined;
      const patience = new Promise<void>((resolve) => {
        forget = timers.after(waitMs, resolve);
      });
      await Promise.race([visits, patience]);
      forget();
      return addKnown(ports);
    },
  };
}

/** Another process, or another container behind the forwarder, is another server. */
function ownerOf(port: LocalPort): string {
  return `${port.process?.id ?? ''} ${port.container?.id ?? ''}`;
}
