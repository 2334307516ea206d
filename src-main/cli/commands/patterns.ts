import { createHmac, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { PrivateKeyBlocks } from '../../../src-shared/redact/private-key-block';
import { LineRedactor } from '../../../src-shared/redact/redactor';
import { decodeLine } from '../../logs/decode';
import { parseLine } from '../../logs/parse/parse-line';
import type { LogPattern } from '../../logs/patterns/log-pattern';
import type { PatternGroup } from '../../logs/patterns/pattern-group';
import { PatternMiner } from '../../logs/patterns/pattern-miner';
import { LineSplitter } from '../../platform/line-splitter';
import { type CliDeps, CliError } from '../deps';
import { showPatterns } from '../show-patterns';
import { jsonLine } from '../terminal-text';

interface Flags {
  readonly assign?: true;
  readonly json?: true;
}

const maxLineBytes = 64 * 1024;
const idsPerWrite = 4_096;

/** `patterns`: what a log says, without the values. The JSON is an outside contract: the fields of LogPattern. */
export function addPatternsCommand(program: Command, deps: CliDeps): void {
  program
    .command('patterns')
    .summary('what a log says and how often: lines grouped by pattern')
    .description(
      'Groups the lines of a log that say the same with other values, whatever its format, and prints the groups, the most frequent first.',
    )
    .argument('[file]', 'the log; "-" or nothing reads standard input', '-')
    .addOption(new Option('--assign', 'print exactly one pattern id per line, in order').conflicts('json'))
    .option(
      '--json',
      'one JSON object per pattern {id, template, count, firstSeenAtMs, lastSeenAtMs, sources, unnamedSourceCount, example}',
    )
    .action(async (file: string, flags: Flags) => {
      const miner = new PatternMiner();
      const groups: PatternGroup[] = [];
      const seen = { lineCount: 0, cutLineCount: 0 };
      const blocks = new PrivateKeyBlocks();
      const context = { nowMs: deps.nowMs() };
      const source = file === '-' ? 'stdin' : basename(file);
      await readLines(file, deps, (bytes, cutBytes) => {
        seen.lineCount += 1;
        if (cutBytes > 0) seen.cutLineCount += 1;
        const line = decodeLine(bytes);
        const { message, atMs } = parseLine(line, context);
        // What stands in a private key must become neither a template nor an example.
        const isKey = blocks.next(line).length > 0;
        const group = miner.add(isKey ? '(a line of a private key)' : message, { atMs, source });
        if (flags.assign) groups.push(group);
      });
      miner.settle();
      if (flags.assign) printIds(groups, miner, deps);
      else printPatterns(miner.patterns().map(createMask()), flags, deps);
      for (const remark of remarks(seen, miner)) deps.note(remark);
    });
}

async function readLines(file: string, deps: CliDeps, onLine: (bytes: Buffer, cutBytes: number) => void): Promise<void> {
  const splitter = new LineSplitter(maxLineBytes, onLine);
  const input = file === '-' ? process.stdin : createReadStream(file, { signal: deps.interrupted, highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of input) splitter.write(chunk as Buffer);
  } catch (error) {
    if (deps.interrupted.aborted || !isFileProblem(error)) throw error;
    throw new CliError(`error: ${file} cannot be read: ${reasons[error.code] ?? error.message}`);
  }
  splitter.flush();
}

function printIds(groups: readonly PatternGroup[], miner: PatternMiner, deps: CliDeps): void {
  for (let from = 0; from < groups.length; from += idsPerWrite) {
    const ids = groups.slice(from, from + idsPerWrite).map((group) => miner.idOf(group));
    deps.print(`${ids.join('\n')}\n`);
  }
}

function printPatterns(patterns: readonly LogPattern[], flags: Flags, deps: CliDeps): void {
  if (!flags.json) deps.print(showPatterns(patterns, deps.paint));
  else for (const pattern of patterns) deps.print(jsonLine(pattern));
}

/** Secrets stay where they were: the text of a pattern is often handed to others. */
function createMask(): (pattern: LogPattern) => LogPattern {
  const key = randomBytes(32);
  const hash = (secret: string) => createHmac('sha256', key).update(secret).digest('hex').slice(0, 6);
  const mask = (text: string) => new LineRedactor({ hash }).redact(text).text;
  return (pattern) => ({ ...pattern, template: mask(pattern.template), example: mask(pattern.example) });
}

function remarks(seen: { readonly lineCount: number; readonly cutLineCount: number }, miner: PatternMiner): readonly string[] {
  const { evictedPatternCount, evictedLineCount } = miner.losses();
  const told: string[] = [];
  if (seen.lineCount === 0) told.push('no lines');
  if (seen.cutLineCount > 0) told.push(`${seen.cutLineCount} cut to 64 KiB`);
  if (evictedPatternCount > 0) told.push(`${evictedPatternCount} rare patterns forgotten (${evictedLineCount} lines): there were too many`);
  return told;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'not allowed for this user',
};

function isFileProblem(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
