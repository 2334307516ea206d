import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import { maxLineBytes } from '../../../src-shared/logs/line-limit';
import { LineRedactor } from '../../../src-shared/redact/redactor';
import { createLogLineMiner, type LogLineMiner, type LogPattern, type MinedLine } from '../../app/mine-log-lines';
import { LineSplitter } from '../../platform/line-splitter';
import { createSecretHash } from '../../platform/secret-hash';
import type { CliDeps } from '../deps';
import { readInput } from '../read-input';
import { showPatterns } from '../show-patterns';
import { jsonLine } from '../terminal-text';

interface Flags {
  readonly assign?: true;
  readonly json?: true;
}

const idsPerWrite = 4_096;

/** `patterns`: what a log says, without the values. The JSON is an outside contract: the fields of LogPattern. */
export function addPatternsCommand(program: Command, deps: CliDeps, streams: { readonly stdin: Readable } = process): void {
  program
    .command('patterns')
    .summary('what a log says and how often: lines grouped by pattern')
    .description(
      'Groups the lines of a log that say the same with other values, whatever its format, and prints the groups, the most frequent first.',
    )
    .argument('[file]', 'the log, gzip or not; "-" or nothing reads standard input', '-')
    .addOption(new Option('--assign', 'print exactly one pattern id per line, in order').conflicts('json'))
    .option(
      '--json',
      'one JSON object per pattern {id, template, count, firstSeenAtMs, lastSeenAtMs, sources, unnamedSourceCount, example}',
    )
    .action(async (file: string, flags: Flags) => {
      const miner = createLogLineMiner(file === '-' ? 'stdin' : basename(file), deps.nowMs());
      const lines: MinedLine[] = [];
      const seen = { lineCount: 0, cutLineCount: 0 };
      const splitter = new LineSplitter(maxLineBytes, (bytes, cutBytes) => {
        seen.lineCount += 1;
        if (cutBytes > 0) seen.cutLineCount += 1;
        const line = miner.add(bytes.toString('utf8'));
        if (flags.assign) lines.push(line);
      });
      for await (const chunk of readInput(file, streams.stdin, deps.interrupted)) splitter.write(chunk);
      splitter.flush();
      miner.settle();
      if (flags.assign) printIds(lines, miner, deps);
      else printPatterns(miner.patterns().map(createMask()), flags, deps);
      for (const remark of remarks(seen, miner)) deps.note(remark);
    });
}

function printIds(lines: readonly MinedLine[], miner: LogLineMiner, deps: CliDeps): void {
  for (let from = 0; from < lines.length; from += idsPerWrite) {
    const ids = lines.slice(from, from + idsPerWrite).map((line) => miner.idOf(line));
    deps.print(`${ids.join('\n')}\n`);
  }
}

function printPatterns(patterns: readonly LogPattern[], flags: Flags, deps: CliDeps): void {
  if (!flags.json) deps.print(showPatterns(patterns, deps.paint));
  else for (const pattern of patterns) deps.print(jsonLine(pattern));
}

/** Secrets stay where they were: the text of a pattern is often handed to others. */
function createMask(): (pattern: LogPattern) => LogPattern {
  const hash = createSecretHash();
  const mask = (text: string) => new LineRedactor({ hash }).redact(text).text;
  return (pattern) => ({ ...pattern, template: mask(pattern.template), example: mask(pattern.example) });
}

function remarks(seen: { readonly lineCount: number; readonly cutLineCount: number }, miner: LogLineMiner): readonly string[] {
  const { evictedPatternCount, evictedLineCount } = miner.losses();
  const told: string[] = [];
  if (seen.lineCount === 0) told.push('no lines');
  if (seen.cutLineCount > 0) told.push(`${seen.cutLineCount} cut to 64 KiB`);
  if (evictedPatternCount > 0) told.push(`${evictedPatternCount} rare patterns forgotten (${evictedLineCount} lines): there were too many`);
  return told;
}
