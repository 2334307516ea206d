import { basename } from 'node:path';
import type { TrafficFilter } from '../../../src-shared/contract';
import type { Clock, Timers } from '../../platform/clock';
import { RememberedTraffic } from '../aggregate/remembered-traffic';
import { cacheKey, createTrafficCache } from '../cache/traffic-cache';
import { absolutePattern } from '../follow/find-logs';
import { formatNames } from '../formats/detect-format';
import { compileFormatString, FormatStringProblem, isFormatString } from '../formats/log-format-string';
import { ClientAliases } from '../report/client-aliases';
import { exportTraffic, promptTraffic, type TextSource } from '../report/session-texts';
import { FilesRun } from './files-run';
import { LogSession } from './log-session';
import { previewLogs } from './preview-logs';
import { StreamRun } from './stream-run';
import { type DeskInput, type DeskQuestion, type DeskQuestions, DeskRefusal, type TrafficDesk } from './traffic-desk';

export interface DirectDeskDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Null: nothing is kept from one opening to the next. */
  readonly cacheDirectory: string | null;
  /** What `~/` stands for. */
  readonly home: string;
  /** Where groups have their names. */
  readonly etc: string;
  /** Keyed hash for what is masked, as of a redactor. */
  readonly hash: (secret: string) => string;
}

/** Nobody asks about it any more. */
const forgottenMs = 60_000;
/** Each may remember four million requests: the one asked about longest ago is closed for another. */
const mostSessions = 3;

interface Opened {
  readonly session: LogSession;
  readonly stream: StreamRun | null;
  readonly aliases: ClientAliases;
  cancelForget: () => void;
}

/** The desk itself, in the thread that calls it. */
export function createDirectDesk(deps: DirectDeskDeps): TrafficDesk {
  const { clock, timers, hash } = deps;
  /** Asked about longest ago first. */
  const sessions = new Map<string, Opened>();
  const cache = deps.cacheDirectory === null ? null : createTrafficCache(deps.cacheDirectory, () => clock.nowMs());
  const closing = new Set<Promise<void>>();
  let lastId = 0;

  function patternsOf(patterns: readonly string[]): readonly string[] {
    return patterns.map((pattern) => {
      const path = absolutePattern(pattern, deps.home);
      if (path === null) throw new DeskRefusal('bad-input', `${pattern} is not an absolute path: it must begin with / or ~/.`);
      return path;
    });
  }

  function checkFormat(format: string): void {
    if (!isFormatString(format)) {
      if (formatNames.some((name) => name === format)) return;
      throw new DeskRefusal('bad-input', `No format is called ${format}; there are ${formatNames.join(', ')}, or a log_format.`);
    }
    try {
      compileFormatString(format);
    } catch (error) {
      if (error instanceof FormatStringProblem) throw new DeskRefusal('bad-input', `The format cannot be read: ${error.message}`);
      throw error;
    }
  }

  function opened(id: string): Opened {
    const found = sessions.get(id);
    if (found === undefined) throw new DeskRefusal('not-found', 'The log is not open any more. Open it again.');
    found.cancelForget();
    found.cancelForget = timers.after(forgottenMs, () => forget(id));
    sessions.delete(id);
    sessions.set(id, found);
    return found;
  }

  function forget(id: string): boolean {
    const found = sessions.get(id);
    if (found === undefined) return false;
    sessions.delete(id);
    found.cancelForget();
    const done: Promise<void> = found.session.close().finally(() => closing.delete(done));
    closing.add(done);
    return true;
  }

  function open(input: DeskInput, format: string): { readonly session: string } {
    checkFormat(format);
    const patterns = input.kind === 'files' ? patternsOf(input.patterns) : [];
    for (const id of [...sessions.keys()].slice(0, Math.max(0, sessions.size + 1 - mostSessions))) forget(id);
    lastId += 1;
    const id = `${lastId}-${Math.random().toString(36).slice(2, 10)}`;
    const traffic = new RememberedTraffic();
    const key = cacheKey(patterns, format);
    let stream: StreamRun | null = null;
    const session = new LogSession({
      clock,
      timers,
      traffic,
      title: input.kind === 'files' ? patterns.map((path) => basename(path)).join(', ') : input.name,
      hash,
      createRun: (onChange) => {
        if (input.kind === 'stream') {
          stream = new StreamRun({ name: input.name, format, sink: traffic, onChange });
          return stream;
        }
        return new FilesRun({
          clock,
          timers,
          etc: deps.etc,
          patterns,
          format,
          sink: traffic,
          restore: async (logs) => cache?.restore(key, logs, traffic) ?? null,
          save: async (marks) => cache?.save(key, marks, traffic),
          onChange,
        });
      },
    });
    sessions.set(id, { session, stream, aliases: new ClientAliases(), cancelForget: timers.after(forgottenMs, () => forget(id)) });
    session.start();
    return { session: id };
  }

  function textSource(id: string, filter: TrafficFilter): TextSource {
    const { session, aliases } = opened(id);
    return {
      title: session.title,
      aggregate: session.traffic.aggregate,
      filter,
      told: session.tell(filter),
      hash,
      aliases,
      nowMs: clock.nowMs(),
    };
  }

  const answers: Answers = {
    preview: async ({ patterns, format }) => {
      checkFormat(format);
      return previewLogs(patternsOf(patterns), format, deps.etc, hash);
    },
    open: async ({ input, format }) => open(input, format),
    figures: ({ session, filter, after }, signal) => opened(session).session.figures(filter, after, signal),
    cancel: async ({ session }) => ({ cancelled: opened(session).session.cancel() }),
    close: async ({ session }) => ({ closed: forget(session) }),
    export: async ({ session, filter, format }) => exportTraffic(textSource(session, filter), format),
    prompt: async ({ session, filter, prompt }) => promptTraffic(textSource(session, filter), prompt),
  };

  return {
    async ask(name, input, signal) {
      return answers[name](input, signal);
    },
    write: (session, chunk) => sessions.get(session)?.stream?.write(chunk) ?? false,
    endStream: (session, problem) => sessions.get(session)?.stream?.end(problem),
    async close() {
      for (const id of [...sessions.keys()]) forget(id);
      await Promise.all(closing);
    },
  };
}

type Answers = {
  readonly [Name in DeskQuestion]: (input: DeskQuestions[Name]['input'], signal?: AbortSignal) => Promise<DeskQuestions[Name]['answer']>;
};
