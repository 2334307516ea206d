import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import type { InputOf, LogPage, OutputOf, Reply, RequestName } from '../../src-shared/contract';
import type { Settings } from '../../src-shared/settings';
import type { AnyReading, ContainersSnapshot, LogsSnapshot } from '../../src-shared/snapshots';
import { waitFor } from './wait-for';
import { knock, openSession, originOf, post } from './web-requests';
import { startServing } from './web-serve';

/** The whole app, as `logscope serve` runs it: its own threads, its store on disk, asked through its door. */
export interface LogsApp {
  ask<Name extends RequestName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
  search(query: string, limit?: number): Promise<LogPage>;
  /** Data of the latest readings; null: there is none yet, or the source is not there. */
  logs(): Promise<LogsSnapshot | null>;
  containers(): Promise<ContainersSnapshot | null>;
  /** Every message it sent by itself since the start, as it came. */
  readonly heard: readonly string[];
  /** Everything it answered so far, as it came. */
  readonly answered: readonly string[];
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Settings of the logs as a person would have written them; the machine's own files are none of a test's business. */
export function writeLogSettings(dataDirectory: string, logs: Partial<Settings['logs']> = {}): void {
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(join(dataDirectory, 'settings.json'), JSON.stringify({ logs: { wellKnownFiles: false, ...logs } }));
}

/** `dataDirectory` stays, so that another start goes on where this one ended. */
export async function startLogsApp(options: { readonly dataDirectory: string; readonly engine?: string }): Promise<LogsApp> {
  const engine = options.engine ?? 'unix:///nonexistent/logscope-test.sock';
  const door = await startServing(['--allow-actions', '--data-directory', options.dataDirectory, '--engine', engine]);
  const cookie = await openSession(door.port, door.token);
  const heard: string[] = [];
  const answered: string[] = [];
  const opened = await knock(door.port, { cookie, origin: originOf(door.port) });
  if (opened.kind !== 'open') throw new Error(`refused: ${opened.status}`);
  const socket: WebSocket = opened.socket;
  socket.on('message', (data) => heard.push(String(data)));

  async function ask<Name extends RequestName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    const { body } = await post(door.port, `/api/${name}`, input, { cookie });
    answered.push(body);
    const reply = JSON.parse(body) as Reply<OutputOf<Name>>;
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.value;
  }

  async function readingOf(source: AnyReading['source']): Promise<AnyReading | undefined> {
    return (await ask('readings.latest', null)).find((one) => one.source === source);
  }

  return {
    ask,
    search: (query, limit = 1_000) => ask('logs.search', { query, beforeId: null, fromMs: null, toMs: null, limit }),
    async logs() {
      const one = await readingOf('logs');
      return one?.source === 'logs' && one.reading.kind === 'ok' ? one.reading.data : null;
    },
    async containers() {
      const one = await readingOf('containers');
      return one?.source === 'containers' && one.reading.kind === 'ok' ? one.reading.data : null;
    },
    heard,
    answered,
    async stop(signal) {
      socket.terminate();
      await door.stop(signal);
    },
  };
}

/** Texts of all entries that fit, oldest first, as soon as there are `count`. */
export function waitForTexts(app: LogsApp, query: string, count: number): Promise<readonly string[]> {
  return waitFor(
    async () => {
      const texts = (await app.search(query)).records.map(({ text }) => text).toReversed();
      return texts.length >= count ? texts : null;
    },
    { timeoutMs: 20_000, what: `${count} entries of ${query}`, everyMs: 100 },
  );
}
