import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessPointer, SavedEvidence } from '../../src-shared/contract';
import { createTextMask, maskStrings, maskWords, type TextMask } from '../../src-shared/redact/mask-values';
import type { Process, ProcessFacts } from '../../src-shared/snapshots';
import { RefusedRequest } from '../api/refused-request';
import type { Clock, Timers } from '../platform/clock';
import { errorCodeOf, isDenied, isUnsupported, isVanished } from '../platform/proc-errors';
import { type HeldProcess, holdProcess } from '../platform/process-control';
import { createSecretHash } from '../platform/secret-hash';
import { listOpenFiles, listSockets, readProcFile } from './process-evidence-proc';

export interface EvidenceFilesDeps {
  /** `<dataDirectory>/evidence`: a folder for each save is made in it. */
  readonly directory: string;
  readonly procRoot: string;
  readonly clock: Clock;
  readonly timers: Timers;
  /** The executable is copied up to this size. */
  readonly longestExecutableBytes?: number;
}

/** What LogScope itself knows of the process. */
export interface EvidenceSubject {
  readonly process: Process;
  readonly facts: ProcessFacts | null;
  readonly ancestors: readonly ProcessPointer[];
}

/** Rejects with RefusedRequest when the process is not the same any more or nothing can be written. */
export type SaveEvidence = (subject: EvidenceSubject) => Promise<SavedEvidence>;

const longestExecutableBytes = 200 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

/**
 * Saves what is lost when a process ends: its executable through /proc (also a deleted one), command line, status, memory map, limits,
 * control groups, open files, sockets, parents, names of its environment variables and the judgement. Private: folder 0700, files 0600;
 * values of environment variables are never written, and
 * secrets on the command line are masked: such a folder is made to be handed to others.
 */
export function createSaveEvidence(deps: EvidenceFilesDeps): SaveEvidence {
  /** One after the other: each may write 200 MB. */
  let last: Promise<unknown> = Promise.resolve();

  const hash = createSecretHash();
  const mask = createTextMask({ hash });

  async function save(subject: EvidenceSubject): Promise<SavedEvidence> {
    const { pid, startTicks, exe } = subject.process;
    if (startTicks === null)
      throw new RefusedRequest('refused', 'Its start time cannot be read: it cannot be told apart from another process.');
    const held = holdProcess({ pid, startTicks, exe }, deps);
    try {
      if (held.look() !== 'there') throw new RefusedRequest('refused', 'It is no longer the same process: nothing was saved.');
      const folder = await makeFolder(deps.directory, pid, deps.clock.nowMs());
      return await fill(folder, held, subject);
    } finally {
      held.release();
    }
  }

  async function fill(folder: string, held: HeldProcess, subject: EvidenceSubject): Promise<SavedEvidence> {
    const files: string[] = [];
    const missing: string[] = [];
    /** One part: its file, or the reason why there is none. */
    async function part(name: string, write: (path: string) => Promise<string | null>): Promise<void> {
      const path = join(folder, name);
      try {
        const remark = await write(path);
        files.push(name);
        if (remark !== null) missing.push(`${name}: ${remark}`);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === null) throw error;
        missing.push(`${name}: ${reason}`);
        await rm(path, { force: true });
      }
    }
    const text = (name: string, read: () => Promise<Piece>) =>
      part(name, async (path) => {
        const { content, remark } = await read();
        await writePrivately(path, content);
        return remark;
      });

    await text('judgement.json', async () => ({ content: describe(subject, deps.clock.nowMs(), mask), remark: null }));
    await text('command-line.json', async () => {
      const { content, remark } = await readProcFile(`${held.directory}/cmdline`);
      return { content: jsonText(maskWords(splitNul(content), hash)), remark };
    });
    for (const name of ['status', 'maps', 'limits', 'cgroup']) await text(`${name}.txt`, () => readProcFile(`${held.directory}/${name}`));
    await text('open-files.txt', () => listOpenFiles(held.directory));
    await text('sockets.txt', () => listSockets(held.directory));
    await text('environment-names.txt', async () => {
      const { content, remark } = await readProcFile(`${held.directory}/environ`);
      const names = namesOnly(content);
      return { content: names.content, remark: remark ?? names.remark };
    });
    await part('executable', (path) => copyExecutable(held, path, deps.longestExecutableBytes ?? longestExecutableBytes));
    const after = held.look();
    if (after !== 'there') missing.push(`all: the process ${after === 'gone' ? 'ended' : 'became another program'} while it was saved`);
    if (files.length === 0) throw new RefusedRequest('refused', `Nothing could be saved: ${missing[0] ?? 'unknown'}`);
    return { folder, files, missing };
  }

  return (subject) => {
    const mine = last.then(() => save(subject));
    last = mine.catch(() => undefined);
    return mine;
  };
}

interface Piece {
  readonly content: string;
  /** What was cut; null: it is whole. */
  readonly remark: string | null;
}

async function makeFolder(directory: string, pid: number, nowMs: number): Promise<string> {
  const name = `${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}-${pid}`;
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    for (let attempt = 1; ; attempt += 1) {
      const folder = join(directory, attempt === 1 ? name : `${name}-${attempt}`);
      if (await makeOnce(folder)) return folder;
    }
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    throw new RefusedRequest('refused', `No folder can be made in ${directory}: ${reason}`);
  }
}

/** False when it is there already. */
async function makeOnce(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function openPrivately(path: string): Promise<FileHandle> {
  return open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
}

async function writePrivately(path: string, content: string): Promise<void> {
  const file = await openPrivately(path);
  try {
    await file.writeFile(content, 'latin1');
  } finally {
    await file.close();
  }
}

/** Gives null, or throws Left for what is too big to copy. */
async function copyExecutable(held: HeldProcess, path: string, longestBytes: number): Promise<null> {
  // Not blocking: whatever the link leads to, opening it must not wait.
  const source = await open(`${held.directory}/exe`, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await source.stat();
    if (!stat.isFile()) throw new Left('it is no ordinary file');
    if (stat.size > longestBytes) throw new Left(`larger than ${Math.round(longestBytes / 1024 / 1024)} MB`);
    const target = await openPrivately(path);
    try {
      const buffer = Buffer.allocUnsafe(chunkBytes);
      for (let copied = 0; copied < longestBytes; ) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(chunkBytes, longestBytes - copied), copied);
        if (bytesRead === 0) break;
        await target.write(buffer, 0, bytesRead);
        copied += bytesRead;
      }
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  return null;
}

/** A part that is left out, with the reason. */
class Left extends Error {}

/** Why a part is not there; null for what is a bug. */
function reasonOf(error: unknown): string | null {
  if (error instanceof Left) return error.message;
  if (isVanished(error)) return 'not there (any more)';
  if (isDenied(error)) return 'these rights do not reach';
  const code = errorCodeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  if (code === 'EROFS') return 'the disk is read-only';
  return isUnsupported(error) || code === 'EFBIG' ? `cannot be read or written (${code})` : null;
}

function describe({ process, facts, ancestors }: EvidenceSubject, savedAtMs: number, mask: TextMask): string {
  const known = { savedAt: new Date(savedAtMs).toISOString(), process, evidence: facts?.evidence ?? null, ancestors };
  return jsonText(maskStrings(known, mask));
}

function splitNul(content: string): readonly string[] {
  const parts = Buffer.from(content, 'latin1').toString('utf8').split('\0');
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

/** A program may have written anything over its environment: what is no name may be part of a value, and is left out. */
function namesOnly(environment: string): Piece {
  const variables = environment.split('\0').filter((variable) => variable !== '');
  const names = variables.flatMap((variable) => /^([A-Za-z_][\w.()%-]{0,255})=/.exec(variable)?.[1] ?? []);
  const leftOut = variables.length - names.length;
  return { content: names.map((name) => `${name}=...\n`).join(''), remark: leftOut > 0 ? `${leftOut} without a name are left out` : null };
}

/** Written byte for byte as latin1, like everything that is copied: beyond ASCII as escapes. */
function jsonText(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  return `${json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
