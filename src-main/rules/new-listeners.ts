import type { Process } from '../../src-shared/snapshots';
import { isRecent } from './is-recent';
import { reachOf } from './ports/join-ports';
import type { NewListener } from './process-alarms';

/** What is known of an executable's listening: that it did at all (null), or at which port it was open to other machines. */
export interface KnownListener {
  readonly exe: string;
  readonly openPort: number | null;
}

export interface ListenerWatch {
  /** Those that were not known, while they listen and for a quarter of an hour; what is new goes to `remember`. */
  look(processes: readonly Process[], nowMs: number): readonly NewListener[];
}

/** Long enough to be seen, short enough not to colour the tray for the rest of the day. */
const newsMs = 15 * 60_000;
/** From here on the kernel hands out ports by itself (ip_local_port_range): the number means nothing, they count as one. */
const firstEphemeralPort = 32_768;
/** They open what a person published of a container: that was said by hand. */
const forwarders: ReadonlySet<string> = new Set(['docker-proxy', 'rootlessport', 'slirp4netns', 'pasta', 'kube-proxy']);

/**
 * Tells listeners that this machine never had. Where nothing is known yet (the first start ever) everything there is at the first
 * look is learned in silence.
 */
export function createListenerWatch(
  known: readonly KnownListener[],
  remember: (seen: readonly (KnownListener & { readonly firstSeenAtMs: number })[]) => void,
): ListenerWatch {
  const seen = new Set(known.map(keyOf));
  const news = new Map<string, NewListener>();
  let learning = known.length === 0;

  return {
    look(processes, nowMs) {
      const fresh: (KnownListener & { readonly firstSeenAtMs: number })[] = [];
      const still = new Set<string>();
      for (const process of processes) {
        if (process.exe === null || process.listening.length === 0 || forwarders.has(process.name)) continue;
        for (const { openPort, port } of wantedOf(process)) {
          const listener = { exe: process.exe, openPort };
          const key = keyOf(listener);
          still.add(key);
          if (seen.has(key)) continue;
          seen.add(key);
          fresh.push({ ...listener, firstSeenAtMs: nowMs });
          // One cause, one notice: an executable that never listened says it once, open or not.
          const saidAlready = openPort !== null && news.has(keyOf({ exe: process.exe, openPort: null }));
          if (!learning && !saidAlready) news.set(key, { processId: process.id, openPort, port, firstSeenAtMs: nowMs });
        }
      }
      if (fresh.length > 0) remember(fresh);
      learning = false;
      for (const [key, one] of news) if (!still.has(key) || !isRecent(one.firstSeenAtMs, nowMs, newsMs)) news.delete(key);
      return [...news.values()];
    },
  };
}

/** That it listens at all comes first; UDP sockets come and go with every question asked, so only TCP counts as open. */
function wantedOf({ listening }: Process): readonly { readonly openPort: number | null; readonly port: number }[] {
  const tcp = listening.filter(({ protocol }) => protocol === 'tcp');
  const [first] = tcp;
  if (first === undefined) return [];
  const open = tcp.filter(({ address }) => reachOf(address) !== 'loopback');
  return [{ openPort: null, port: first.port }, ...open.map(({ port }) => ({ openPort: Math.min(port, firstEphemeralPort), port }))];
}

function keyOf({ exe, openPort }: KnownListener): string {
  return `${openPort ?? ''} ${exe}`;
}
