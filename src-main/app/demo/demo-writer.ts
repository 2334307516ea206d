import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Timers } from '../../platform/clock';
import { sampleLines, slotMs } from './sample-lines';

export interface DemoWriterDeps {
  readonly directory: string;
  readonly clock: { nowMs(): number };
  readonly timers: Timers;
  /** East of UTC, at that time. */
  readonly offsetMinutes: (atMs: number) => number;
  readonly seed: number;
  /** Called when writing fails, which ends it. */
  readonly onProblem: (message: string) => void;
}

export interface DemoWriter {
  stop(): void;
}

/** The folder cannot be used, in words for a person. */
export class DemoProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DemoProblem';
  }
}

/** So much is there at once. */
export const demoHistoryMs = 6 * 3_600_000;
/** Beyond this a log is rotated, and what was rotated before goes: at most twice this much of each. */
const rotateBytes = 16 * 1024 * 1024;
/** A writer that did not write for so long is gone. */
const goneAfterMs = 4 * slotMs;
/** Samples older than this are thrown away whole. */
const tooOldMs = 24 * 3_600_000;

/** Who wrote last, and up to which slot: a second LogScope goes on where the first one ended, and not beside it. */
const stateSchema = z.object({ writer: z.string(), slot: z.number().int(), atMs: z.number() });

export const demoAccessLog = (directory: string) => join(directory, 'access.log');
export const demoApplicationLog = (directory: string) => join(directory, 'app.log');

/**
 * Sample logs in a folder of their own: some hours at once, and new lines every three seconds until it is stopped. Throws DemoProblem when
 * the folder cannot be written, or holds logs of somebody else.
 */
export function startDemoWriter({ directory, clock, timers, offsetMinutes, seed, onProblem }: DemoWriterDeps): DemoWriter {
  const access = demoAccessLog(directory);
  const application = demoApplicationLog(directory);
  const stateFile = join(directory, 'demo-state.json');
  const writer = randomBytes(8).toString('hex');
  let cancel: (() => void) | null = null;
  let stopped = false;

  function writeUpToNow(): void {
    const nowMs = clock.nowMs();
    const before = readState(stateFile);
    if (before !== null && before.writer !== writer && Math.abs(nowMs - before.atMs) < goneAfterMs) return;
    const slot = Math.floor(nowMs / slotMs) - 1;
    let next = before === null ? Number.NEGATIVE_INFINITY : before.slot + 1;
    if (next * slotMs < nowMs - tooOldMs || next > slot + 1) {
      for (const file of [access, application]) for (const each of [file, `${file}.1`]) rmSync(each, { force: true });
      next = Number.NEGATIVE_INFINITY;
    }
    const history = Math.floor((nowMs - demoHistoryMs) / slotMs);
    writeSlots(Math.max(next, history), slot);
    writeState({ writer, slot, atMs: nowMs });
  }

  function writeSlots(from: number, to: number): void {
    const lines: { access: string[]; application: string[] } = { access: [], application: [] };
    for (let slot = from; slot <= to; slot += 1) {
      const written = sampleLines(seed, slot, offsetMinutes(slot * slotMs));
      lines.access.push(...written.access);
      lines.application.push(...written.application);
    }
    append(access, lines.access);
    append(application, lines.application);
  }

  function writeState(state: z.output<typeof stateSchema>): void {
    const draft = `${stateFile}.${writer}`;
    writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
    renameSync(draft, stateFile);
  }

  function tick(): void {
    cancel = null;
    if (stopped) return;
    try {
      writeUpToNow();
    } catch (error) {
      if (!isFileTrouble(error)) throw error;
      onProblem(inWords(error, directory));
      return;
    }
    cancel = timers.after(slotMs - (clock.nowMs() % slotMs), tick);
  }

  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!existsSync(stateFile) && (existsSync(access) || existsSync(application)))
      throw new DemoProblem(`${directory} holds logs that are not of the demo; name another folder.`);
    writeUpToNow();
  } catch (error) {
    if (isFileTrouble(error)) throw new DemoProblem(inWords(error, directory));
    throw error;
  }
  cancel = timers.after(slotMs - (clock.nowMs() % slotMs), tick);
  return {
    stop() {
      stopped = true;
      cancel?.();
      const state = existsSync(directory) ? readState(stateFile) : null;
      // Whoever comes next need not wait until this one is taken for gone.
      if (state?.writer === writer) writeState({ ...state, atMs: 0 });
    },
  };
}

function append(file: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > rotateBytes) renameSync(file, `${file}.1`);
  appendFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** Null: nobody wrote here yet, or what is said of it cannot be read. */
function readState(file: string): z.output<typeof stateSchema> | null {
  if (!existsSync(file)) return null;
  try {
    return stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isFileTrouble(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function inWords(error: NodeJS.ErrnoException, directory: string): string {
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') return `${directory} cannot be written by this user.`;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return `The disk of ${directory} is full.`;
  if (error.code === 'ENOTDIR' || error.code === 'EEXIST') return `${directory} is no folder.`;
  return `${directory} cannot be used: ${error.message}`;
}
