import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { InputOf, OutputOf, TrafficInput } from '../../src-shared/contract';
import { translate } from '../../src-shared/messages/translate';
import type { Settings, SettingsPatch } from '../../src-shared/settings';
import type { Snapshots, SourceId } from '../../src-shared/snapshots';
import type { Caller } from '../api/dispatch';
import { RefusedRequest } from '../api/refused-request';
import type { TrafficPort } from '../api/traffic-handlers';
import type { Publisher } from '../engine/publisher';
import { idleTimers, systemClock, systemTimers } from '../platform/clock';
import type { ContainerFeed } from '../platform/container-engine';
import type { Logger } from '../platform/logger';
import type { PodLogs } from '../platform/pod-logs';
import { createTrafficDesk } from '../traffic/desk/create-traffic-desk';
import { askTrafficDesk } from './ask-traffic-desk';
import type { CoreOptions } from './core';
import { createPrinters } from './traffic-printers';
import { createPromptBook } from './traffic-prompts';
import { createTrafficSessions } from './traffic-sessions';
import { createSourceFinder, withHome } from './traffic-sources';
import { createTimedReports } from './traffic-timed-reports';

export interface TrafficPartsDeps {
  readonly options: Pick<CoreOptions, 'dataDirectory' | 'demoDirectory' | 'roots'>;
  /** The bundled threads lie side by side; null: logs are read in this thread. */
  readonly host: { readonly storeThreadUrl: URL | null };
  readonly logger: Logger;
  readonly publisher: Pick<Publisher, 'publish'>;
  /** See createSecretHash. */
  readonly hashSecret: (secret: string) => string;
  readonly hashKey: Uint8Array;
  readonly settings: { readonly current: () => Settings; readonly change: (patch: SettingsPatch) => Promise<unknown> };
  readonly containerFeed: ContainerFeed;
  readonly podLogs: PodLogs | null;
  /** Null: not read yet, or not there. */
  readonly latestOf: <Id extends SourceId>(source: Id) => Snapshots[Id] | null;
  /** For tests; left out: those that machines commonly have. */
  readonly knownLogs?: readonly string[];
}

export interface TrafficParts {
  readonly port: TrafficPort;
  /** The settings of traffic are others now. */
  settingsChanged(): void;
  close(): Promise<void>;
}

const mostRecent = 20;

/** Access logs for the doors: what may be opened, sessions, prompts, and reports by the clock. */
export function openTrafficParts(deps: TrafficPartsDeps): TrafficParts {
  const { options, host, logger, settings, latestOf, hashSecret: hash, containerFeed, podLogs } = deps;
  const clock = systemClock;
  const timers = systemTimers;
  const { etc } = options.roots;
  const containers = () => latestOf('containers')?.containers ?? [];
  const home = homedir();
  const desk = createTrafficDesk({
    threadUrl: host.storeThreadUrl === null ? null : new URL('./traffic-thread.js', host.storeThreadUrl),
    dataDirectory: options.dataDirectory,
    home,
    etc,
    hashKey: deps.hashKey,
    onCrash(error) {
      logger.error('traffic', { error: String(error) });
      sessions.forgetAll();
    },
  });
  const ask = askTrafficDesk(desk);
  const printers = createPrinters({ clock, timers, containerFeed, podLogs, containers, pods: () => latestOf('pods')?.pods ?? [] });
  const sources = createSourceFinder({
    settings: () => settings.current().traffic,
    home,
    etc,
    logSources: () => latestOf('logs')?.sources ?? [],
    printers: () => printers.list(),
    ...(deps.knownLogs === undefined ? {} : { knownLogs: deps.knownLogs }),
  });
  const sessions = createTrafficSessions({
    desk,
    printers,
    clock,
    timers,
    hash,
    containers,
    containerFeed,
    podLogs,
    demoDirectory: options.demoDirectory ?? join(options.dataDirectory, 'demo'),
  });
  const prompts = createPromptBook({ clock, hash, environment: process.env, settings: () => settings.current().traffic });
  const reports = createTimedReports({
    desk,
    clock,
    timers: idleTimers,
    home,
    reports: () => settings.current().traffic.reports,
    onProblem({ kind, ...values }) {
      logger.warn('timed report', { kind, ...values });
      const id = kind === 'incomplete' ? 'traffic-report-incomplete' : 'traffic-report';
      deps.publisher.publish({ event: 'notice', payload: { id, values, text: translate('en', `notice.${id}`, values) } });
    },
  });

  /** A door that is read-only reads what is listed: else its token would open every file of this person. */
  async function refuseUnlisted(input: TrafficInput, { actionsAllowed }: Caller): Promise<void> {
    if (input.kind === 'files' && !input.paths.every((path) => isAbsolute(withHome(path, home))))
      throw new RefusedRequest('bad-input', 'Paths of access logs are absolute, or begin with ~/.');
    if (actionsAllowed || (await sources.isListed(input))) return;
    throw new RefusedRequest(
      'not-allowed',
      'This door is read-only: it opens the access logs that are listed, and no others. Start it with --allow-actions to open any file.',
    );
  }

  async function remember(input: TrafficInput, format: string): Promise<void> {
    if (input.kind !== 'files') return;
    const { recent } = settings.current().traffic;
    const opened = { paths: input.paths, format };
    const isSame = (one: (typeof recent)[number]) => JSON.stringify(one.paths) === JSON.stringify(opened.paths);
    const [newest] = recent;
    if (newest !== undefined && isSame(newest) && newest.format === format) return;
    try {
      await settings.change({ traffic: { recent: [opened, ...recent.filter((one) => !isSame(one))].slice(0, mostRecent) } });
    } catch (error) {
      // The log is open all the same.
      logger.warn('recent access logs', { error: String(error) });
    }
  }

  async function open({ input, format }: InputOf<'traffic.open'>, caller: Caller): Promise<OutputOf<'traffic.open'>> {
    await refuseUnlisted(input, caller);
    const opened = await sessions.open(input, format);
    if (caller.actionsAllowed) await remember(input, format);
    return opened;
  }

  const port: TrafficPort = {
    sources: () => sources.list(),
    async preview({ input, format }, caller) {
      await refuseUnlisted(input, caller);
      return sessions.preview(input, format);
    },
    open,
    figures: (input) => sessions.figures(input),
    cancel: (input) => ask('cancel', input),
    close: (input) => sessions.close(input.session),
    exportReport: (input) => ask('export', input),
    async prompt(input) {
      return prompts.keep(await ask('prompt', input));
    },
    ask: ({ id }) => prompts.ask(id),
  };
  reports.look();
  return {
    port,
    settingsChanged: () => reports.look(),
    async close() {
      reports.stop();
      sessions.forgetAll();
      await desk.close();
    },
  };
}
