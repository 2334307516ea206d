import { homedir } from 'node:os';
import { type ContainerEngineClient, ContainerEngineError, type EngineContainer } from '../../platform/container-engine';
import { createEngineConnector } from '../../platform/container-engine-connect';
import { systemRoots } from '../../platform/roots';

export interface OpenedContainer {
  /** To be closed by whoever opened it. */
  readonly client: ContainerEngineClient;
  readonly container: EngineContainer;
  /** Just before it was looked at. */
  readonly lookedAtMs: number;
}

/** Why a container was not found, for a person. */
export class NoSuchContainer extends Error {}

export interface ContainerWanted {
  /** Its name, or the beginning of its id. */
  readonly name: string;
  /** Of a flag or the settings: the only engine that is asked; null: the usual places. */
  readonly endpoint: { readonly address: string; readonly origin: string } | null;
  readonly environment: NodeJS.ProcessEnv;
}

/** Asks each engine of this user for a container. Throws NoSuchContainer. */
export async function openContainer(wanted: ContainerWanted, signal: AbortSignal): Promise<OpenedContainer> {
  const connector = createEngineConnector(() => ({
    explicit: wanted.endpoint,
    environment: wanted.environment,
    homeDirectory: homedir(),
    platform: process.platform,
    runDirectory: systemRoots.run,
  }));
  const silent: string[] = [];
  const names: string[] = [];
  const { endpoints } = connector.find();
  for (const found of endpoints) {
    if (found.kind === 'unusable') {
      silent.push(found.text);
      continue;
    }
    const endpoint = found.endpoint.text;
    const client = await connector.connect(found.endpoint, signal).catch(silence);
    if (client === null) continue;
    const lookedAtMs = Date.now();
    const container = await findIn(client, wanted.name, names, signal).catch(silence);
    if (container !== null) return { client, container, lookedAtMs };
    client.close();

    function silence(error: unknown): null {
      if (!(error instanceof ContainerEngineError)) throw error;
      silent.push(`${endpoint} (${error.message})`);
      return null;
    }
  }
  throw new NoSuchContainer(
    [
      `there is no container "${wanted.name}"`,
      names.length > 0 ? `there are: ${names.slice(0, 20).join(', ')}` : null,
      silent.length > 0 ? `not asked: ${silent.join(', ')}` : null,
      endpoints.length === 0 ? connector.judgeNone().detail : null,
    ]
      .filter((part) => part !== null)
      .join('; '),
  );
}

async function findIn(client: ContainerEngineClient, name: string, names: string[], signal: AbortSignal): Promise<EngineContainer | null> {
  const entries = await client.list(signal);
  names.push(...entries.map((entry) => entry.name));
  const found =
    entries.find((entry) => entry.name === name) ?? onlyOne(entries.filter(({ id }) => name.length >= 4 && id.startsWith(name)));
  return found === undefined ? null : client.inspect(found.id, signal);
}

/** A beginning that several ids share names none of them. */
function onlyOne<Entry>(entries: readonly Entry[]): Entry | undefined {
  return entries.length === 1 ? entries[0] : undefined;
}
