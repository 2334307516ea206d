import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TrafficReport } from '../../../src-shared/traffic/report';
import {
  createTrafficRun,
  FormatStringProblem,
  formatNames,
  readPlainLog,
  type TrafficRun,
  trafficHtml,
  trafficMarkdown,
} from '../../app/traffic-report';
import { isGlob } from '../../platform/glob-segment';
import { findLogFiles } from '../../platform/log-files-found';
import { type CliDeps, CliError } from '../deps';
import { readInput } from '../read-input';
import { countOf, escapeUnprintable, jsonLine } from '../terminal-text';

interface Flags {
  readonly format: string;
  readonly json?: true;
  readonly html?: true;
  readonly since?: number;
  readonly until?: number;
}

interface Streams {
  readonly stdin: Readable;
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
}

const mostFiles = 10_000;
const progressEveryBytes = 64 * 1024 * 1024;

/** `report`: what access logs say. The JSON is an outside contract: TrafficReport. */
export function addReportCommand(program: Command, deps: CliDeps, streams: Streams = process): void {
  program
    .command('report')
    .summary('traffic, errors and slowness of an access log, in figures and words')
    .description(
      'Reads access logs of web servers, gzip or not, and prints what they say: totals, endpoints, hours, insights with a remedy.',
    )
    .argument(
      '<files...>',
      'access logs, oldest first; "-" is standard input; a pattern in quotes stands for all that match, rotated ones too',
    )
    .option('--format <format>', `${formatNames.join(', ')}, or a log_format of nginx or LogFormat of Apache`, 'auto')
    .addOption(new Option('--json', 'one JSON object').conflicts(['markdown', 'html']))
    .addOption(new Option('--markdown', 'Markdown (as without any of the three)').conflicts(['json', 'html']))
    .addOption(new Option('--html', 'one HTML file that loads nothing').conflicts(['json', 'markdown']))
    .option('--since <time>', 'only requests from this time on (ISO 8601)', parseTime)
    .option('--until <time>', 'only requests before this time (ISO 8601)', parseTime)
    .action(async (files: string[], flags: Flags) => {
      const run = createTrafficRun(flags.format, { fromAtMs: flags.since ?? null, toAtMs: flags.until ?? null });
      try {
        for (const file of files.flatMap(expandPattern)) await readLog(file, run, deps, streams);
      } catch (error) {
        if (error instanceof FormatStringProblem) throw new CliError(`error: the format cannot be read: ${error.message}`, 2);
        throw error;
      }
      const report = run.report();
      deps.print(textOf(report, flags, files.map((file) => (file === '-' ? 'standard input' : basename(file))).join(', ')));
      for (const remark of remarks(report)) deps.note(remark);
    });
}

/** What a pattern matches, oldest first by the time of its last change; a file of exactly this name is no pattern. */
function expandPattern(given: string): readonly string[] {
  if (given === '-' || !isGlob(given) || existsSync(given)) return [given];
  const found = findLogFiles(resolve(given), mostFiles);
  if (found.length === 0) throw new CliError(`error: nothing matches ${escapeUnprintable(given)}`);
  return found
    .map((file) => ({ file, changedAtMs: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.changedAtMs - b.changedAtMs)
    .map(({ file }) => file);
}

function parseTime(text: string): number {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('It is no time like 2026-01-31T08:00:00Z.');
  return atMs;
}

async function readLog(file: string, run: TrafficRun, deps: CliDeps, streams: Streams): Promise<void> {
  const progress = createProgress(file, streams);
  try {
    const isPlainRead = file === '-' ? null : await readPlain(file, run, progress.show, deps.interrupted);
    const isRead = isPlainRead ?? (await readStream(file, run, deps, streams));
    if (!isRead) {
      const formats = formatNames.filter((name) => name !== 'auto').join(', ');
      throw new CliError(
        `error: ${escapeUnprintable(file)} is no access log that is known by itself; name its format with --format (${formats}, or its log_format)`,
      );
    }
  } finally {
    progress.clear();
  }
}

/** Null: no plain file. One that cannot be opened too, for the reader of streams tells why. */
async function readPlain(
  file: string,
  run: TrafficRun,
  show: (readBytes: number, totalBytes: number) => void,
  interrupted: AbortSignal,
): Promise<boolean | null> {
  try {
    return await readPlainLog(file, run, show, interrupted);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && error.syscall === 'open') return null;
    throw error;
  }
}

async function readStream(file: string, run: TrafficRun, deps: CliDeps, streams: Streams): Promise<boolean> {
  for await (const chunk of readInput(file, streams.stdin, deps.interrupted)) if (!run.write(chunk)) return false;
  return run.endLog();
}

/** One line on a terminal that stays until the log is read. */
function createProgress(file: string, { stderr }: Streams): { show(readBytes: number, totalBytes: number): void; clear(): void } {
  const name = escapeUnprintable(basename(file));
  let shown = 0;
  return {
    show(readBytes, totalBytes) {
      if (stderr.isTTY !== true || readBytes - shown < progressEveryBytes) return;
      shown = readBytes;
      stderr.write(`\r\u001b[K${name}: ${Math.floor((readBytes / Math.max(1, totalBytes)) * 100)} %`);
    },
    clear() {
      if (shown > 0) stderr.write('\r\u001b[K');
    },
  };
}

function textOf(report: TrafficReport, flags: Flags, title: string): string {
  if (flags.json) return jsonLine(report);
  if (flags.html) return trafficHtml(report, title);
  return trafficMarkdown(report, title);
}

function remarks({ requests, malformed, outsideRange, beyondMinutes }: TrafficReport): readonly string[] {
  const told: string[] = [];
  if (requests === 0) told.push('no requests');
  if (malformed > 0) told.push(`${countOf(malformed, 'line')} could not be read`);
  if (outsideRange > 0) told.push(`${outsideRange} requests lie outside the wanted time`);
  if (beyondMinutes > 0) told.push(`${beyondMinutes} requests without a time, or of more minutes than are kept apart`);
  return told;
}
