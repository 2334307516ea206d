import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../src-main/app/create-app';
import { startWebDoor } from '../../src-main/web/web-door';
import {
  allTraffic,
  type InputOf,
  type OutputOf,
  type Reply,
  type RequestName,
  type TrafficAnswer,
  type WindowTraffic,
} from '../../src-shared/contract';
import type { Settings } from '../../src-shared/settings';
import { waitFor } from './wait-for';
import { testCoreOptions } from './web-core-options';
import { openSession, post } from './web-requests';

/** The whole app behind its web door, in this process. */
export interface TrafficApp {
  ask<Name extends RequestName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
  /** As it came, refused or not. */
  reply<Name extends RequestName>(name: Name, input: unknown): Promise<Reply<OutputOf<Name>>>;
  stop(): Promise<void>;
}

export interface TrafficAppOptions {
  readonly dataDirectory: string;
  readonly actionsAllowed: boolean;
  readonly traffic?: Partial<Settings['traffic']>;
  readonly engine?: string;
}

/** The machine's own logs are none of a test's business, its containers neither. */
export async function startTrafficApp({ dataDirectory, actionsAllowed, traffic = {}, engine }: TrafficAppOptions): Promise<TrafficApp> {
  mkdirSync(join(dataDirectory, 'renderer'), { recursive: true });
  writeFileSync(join(dataDirectory, 'renderer', 'index.html'), '<!doctype html><title>LogScope</title>');
  writeFileSync(join(dataDirectory, 'settings.json'), JSON.stringify({ logs: { wellKnownFiles: false }, traffic }));
  const options = { door: 'web', store: true, ...(engine === undefined ? {} : { engineEndpoint: engine }) } as const;
  const core = await createApp(testCoreOptions(dataDirectory, options));
  const rendererDirectory = join(dataDirectory, 'renderer');
  const door = await startWebDoor({ core, host: '127.0.0.1', port: 0, actionsAllowed, rendererDirectory, localAddresses: [] });
  const cookie = await openSession(door.port, door.token);

  async function reply<Name extends RequestName>(name: Name, input: unknown): Promise<Reply<OutputOf<Name>>> {
    const { body } = await post(door.port, `/api/${name}`, input, { cookie });
    return JSON.parse(body) as Reply<OutputOf<Name>>;
  }

  return {
    reply,
    async ask(name, input) {
      const told = await reply(name, input);
      if (!told.ok) throw new Error(`${name}: ${told.error.code}: ${told.error.message}`);
      return told.value;
    },
    async stop() {
      await Promise.all([door.stop(), core.stop()]);
    },
  };
}

/** Asks for the figures of a session until they are as wanted. */
export function waitForFigures(
  app: TrafficApp,
  session: string,
  isThere: (report: WindowTraffic, answer: TrafficAnswer) => boolean,
  what: string,
  timeoutMs = 20_000,
): Promise<TrafficAnswer & { readonly report: WindowTraffic }> {
  return waitFor(
    async () => {
      const answer = await app.ask('traffic.figures', { session, filter: allTraffic, after: null });
      const { report } = answer;
      return report !== null && isThere(report, answer) ? { ...answer, report } : null;
    },
    { timeoutMs, what, everyMs: 100 },
  );
}
