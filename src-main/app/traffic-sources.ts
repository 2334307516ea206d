import { join } from 'node:path';
import type { TrafficInput, TrafficSource, TrafficSources } from '../../src-shared/contract';
import type { Settings } from '../../src-shared/settings';
import type { LogSource } from '../../src-shared/snapshots/logs';
import { describeLog, type FoundLog, findKnownLogs, knownAccessLogs } from './traffic-known-logs';
import type { Printer } from './traffic-printers';
import { isLocalAddress } from './traffic-prompts';

export interface TrafficSourcesDeps {
  readonly settings: () => Settings['traffic'];
  /** What `~/` stands for. */
  readonly home: string;
  readonly etc: string;
  /** Of the latest reading of logs. */
  readonly logSources: () => readonly LogSource[];
  /** Containers and pods that print requests. */
  readonly printers: () => Promise<readonly Printer[]>;
  /** For tests; left out: those that machines commonly have. */
  readonly knownLogs?: readonly string[];
}

export interface SourceFinder {
  list(): Promise<TrafficSources>;
  /** Whether this very input is in the list now. */
  isListed(input: TrafficInput): Promise<boolean>;
}

/** What could be looked at, without reading any of it but the newest lines of containers. */
export function createSourceFinder(deps: TrafficSourcesDeps): SourceFinder {
  const { home, etc } = deps;

  async function list(): Promise<TrafficSources> {
    const { recent, model } = deps.settings();
    const sources = new Map<string, TrafficSource>();
    const add = (source: TrafficSource) => {
      const key = keyOf(source.input, home);
      if (!sources.has(key)) sources.set(key, source);
    };
    for (const { paths } of recent) {
      const found = describeLog(
        paths.map((path) => withHome(path, home)),
        etc,
      );
      if (found !== null) add(fileSource(found, 'recent'));
    }
    for (const printer of await deps.printers()) add(printerSource(printer));
    for (const found of findKnownLogs(deps.knownLogs ?? knownAccessLogs, etc)) add(fileSource(found, 'well-known'));
    for (const { kind, logKind, name } of deps.logSources()) {
      if (kind !== 'file' || logKind !== 'access') continue;
      const found = describeLog([name], etc);
      if (found !== null) add(fileSource(found, 'followed'));
    }
    const demo = {
      input: { kind: 'demo' },
      name: 'demo',
      detail: '',
      sizeBytes: null,
      changedAtMs: null,
      why: 'demo',
      problem: null,
    } as const;
    add(demo);
    return {
      sources: [...sources.values()],
      model: model === null ? null : { name: model.model, url: model.url, isLocal: isLocalAddress(model.url) },
    };
  }

  return {
    list,
    async isListed(input) {
      const wanted = keyOf(input, home);
      return (await list()).sources.some((source) => keyOf(source.input, home) === wanted);
    },
  };
}

export function withHome(path: string, home: string): string {
  return path.startsWith('~/') ? join(home, path.slice(2)) : path;
}

function fileSource({ paths, ...found }: FoundLog, why: TrafficSource['why']): TrafficSource {
  return { input: { kind: 'files', paths: [...paths] }, ...found, why };
}

function printerSource(printer: Printer): TrafficSource {
  const { name, detail } = printer;
  return { input: printer.input, name, detail, sizeBytes: null, changedAtMs: null, why: 'prints-access-lines', problem: null };
}

/** The same for inputs that mean the same. */
function keyOf(input: TrafficInput, home: string): string {
  switch (input.kind) {
    case 'files':
      return JSON.stringify(['files', ...input.paths.map((path) => withHome(path, home))]);
    case 'container':
      return `container ${input.id}`;
    case 'pod':
      return JSON.stringify(['pod', input.namespace, input.name, input.container]);
    case 'demo':
      return 'demo';
  }
}
