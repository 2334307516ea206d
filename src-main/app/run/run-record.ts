import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { WrappedRun } from '../../../src-shared/logs/wrapped-run';
import type { RedactorOptions } from '../../../src-shared/redact/redactor';
import { RedactingStream } from '../../../src-shared/redact/text-stream';
import { ownFileFlags, removeOldRuns } from '../../platform/wrapped-runs';

/** A run may be a server that writes for weeks: beyond this its older half goes. */
const longestLogBytes = 64 * 1024 * 1024;

export type OutputStream = 'stdout' | 'stderr';

/** What is kept of one run: its output without secrets, and its record. Nothing here throws for a disk that does not take it. */
export interface RunRecord {
  readonly logPath: string;
  write(stream: OutputStream, bytes: Buffer): void;
  /** Changes the record on the disk. */
  update(change: Partial<WrappedRun>): void;
  /** Writes the unfinished last lines and the record, and lets go of the file. */
  close(change: Partial<WrappedRun>): void;
  /** Why not all is kept, in the words of the system; null: all is. */
  problem(): string | null;
}

export interface RunRecordDeps {
  readonly directory: string;
  readonly redaction: RedactorOptions;
  readonly nowMs: () => number;
  readonly longestLogBytes?: number;
}

/** Written line by line: lines of stdout and stderr never tear each other apart, and no secret is parted. */
export function openRunRecord(first: WrappedRun, deps: RunRecordDeps): RunRecord {
  const { directory, redaction } = deps;
  const limit = deps.longestLogBytes ?? longestLogBytes;
  const logPath = join(directory, `${first.id}.log`);
  const streams: Readonly<Record<OutputStream, RedactingStream>> = {
    stdout: new RedactingStream(redaction),
    stderr: new RedactingStream(redaction),
  };
  let run = first;
  let descriptor: number | null = null;
  let problem: string | null = null;
  let logBytes = 0;
  /** Of the half that was put aside, and goes with the next one. */
  let asideBytes = 0;

  /** A disk that is full or read-only must not end somebody's build: the output goes on, and what is lost is counted. */
  function trying(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      problem ??= error.message;
      return false;
    }
  }

  function append(text: string): void {
    if (text === '') return;
    // Latin-1 gives each byte one character and back, so whatever the output is written in passes unharmed.
    const bytes = Buffer.from(text, 'latin1');
    if (logBytes > 0 && logBytes + bytes.length > limit / 2) rotate();
    const isWritten =
      descriptor !== null &&
      trying(() => {
        for (let at = 0; at < bytes.length; ) at += writeSync(descriptor ?? -1, bytes, at);
      });
    if (isWritten) logBytes += bytes.length;
    else lose(bytes.length);
  }

  function lose(count: number): void {
    run = { ...run, lostBytes: run.lostBytes + count };
  }

  function rotate(): void {
    trying(() => {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
      renameSync(logPath, `${logPath}.1`);
      lose(asideBytes);
      asideBytes = logBytes;
      logBytes = 0;
      descriptor = openSync(logPath, ownFileFlags, 0o600);
    });
  }

  /** Never half a record: written beside it, then renamed over it. */
  function writeRun(): void {
    trying(() => {
      const path = join(directory, `${run.id}.json`);
      rmSync(`${path}.new`, { force: true });
      writeFileSync(`${path}.new`, `${JSON.stringify(run)}\n`, { mode: 0o600, flag: 'wx' });
      renameSync(`${path}.new`, path);
    });
  }

  trying(() => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    removeOldRuns(directory, deps.nowMs());
    descriptor = openSync(logPath, ownFileFlags, 0o600);
  });
  writeRun();

  return {
    logPath,
    write: (stream, bytes) => append(streams[stream].write(bytes.toString('latin1'))),
    update(change) {
      run = { ...run, ...change };
      writeRun();
    },
    close(change) {
      for (const stream of [streams.stdout, streams.stderr]) {
        const rest = stream.end();
        append(rest === '' ? '' : `${rest}\n`);
      }
      trying(() => {
        if (descriptor !== null) closeSync(descriptor);
        descriptor = null;
      });
      run = { ...run, ...change };
      writeRun();
    },
    problem: () => problem,
  };
}
