import { createConnection } from 'node:net';
import type { PortCheck } from '../../../src-shared/snapshots/services';
import { onceAborted } from '../../platform/abort-fan-out';
import type { Clock } from '../../platform/clock';

/** One port to try, as the settings name it. */
export interface PortToCheck {
  readonly name: string;
  readonly port: number;
}

export type PortAnswer =
  | { readonly state: 'open'; readonly tookMs: number }
  | { readonly state: 'closed' | 'timeout'; readonly tookMs: null };

/** Tries one address; never rejects. */
export type TryPort = (host: string, port: number, timeoutMs: number, signal: AbortSignal) => Promise<PortAnswer>;

export interface PortChecks {
  /** Tries all ports at once when the last time is 5 s ago or the list changed; else the answers of the last time. */
  read(wanted: readonly PortToCheck[], signal: AbortSignal): Promise<readonly PortCheck[]>;
}

const everyMs = 5_000;
const patienceMs = 500;
/** A server may listen on only one of the two. */
const loopback = ['127.0.0.1', '::1'] as const;

export function createPortChecks(clock: Clock, tryPort: TryPort = tryTcpPort): PortChecks {
  let last: { readonly key: string; readonly atMs: number; readonly checks: readonly PortCheck[] } | null = null;

  async function check({ name, port }: PortToCheck, signal: AbortSignal): Promise<PortCheck> {
    const answers = await Promise.all(loopback.map((host) => tryPort(host, port, patienceMs, signal)));
    return { name, port, ...bestAnswer(answers), checkedAtMs: clock.nowMs() };
  }

  return {
    async read(wanted, signal) {
      const key = JSON.stringify(wanted);
      const nowMs = clock.monotonicMs();
      // A little early rather than a whole sample late: samples come every 2 s, some milliseconds off.
      if (last !== null && last.key === key && nowMs - last.atMs < everyMs - 250) return last.checks;
      const checks = await Promise.all(wanted.map((one) => check(one, signal)));
      if (!signal.aborted) last = { key, atMs: nowMs, checks };
      return checks;
    },
  };
}

/** Open when either address is; else a silence says more than a refusal. */
function bestAnswer(answers: readonly PortAnswer[]): PortAnswer {
  const [fastest] = answers.filter((answer) => answer.state === 'open').sort((a, b) => a.tookMs - b.tookMs);
  if (fastest !== undefined) return fastest;
  return { state: answers.some((answer) => answer.state === 'timeout') ? 'timeout' : 'closed', tookMs: null };
}

/** Connects and closes at once without a byte. Whatever refuses (no such address, no IPv6 here) is `closed`. */
export const tryTcpPort: TryPort = (host, port, timeoutMs, signal) =>
  new Promise((resolve) => {
    const startedAtMs = performance.now();
    const socket = createConnection({ host, port });
    const finish = (answer: PortAnswer) => {
      clearTimeout(patience);
      forget();
      // Not `end`: a half-open connection would wait for the server's own goodbye.
      socket.destroy();
      resolve(answer);
    };
    const patience = setTimeout(() => finish({ state: 'timeout', tookMs: null }), timeoutMs);
    // Not the socket's own option: two addresses of five ports are more listeners than Node lets one signal have.
    const forget = onceAborted(signal, () => finish({ state: 'closed', tookMs: null }));
    if (signal.aborted) finish({ state: 'closed', tookMs: null });
    socket.once('connect', () => finish({ state: 'open', tookMs: performance.now() - startedAtMs }));
    socket.on('error', () => finish({ state: 'closed', tookMs: null }));
  });
