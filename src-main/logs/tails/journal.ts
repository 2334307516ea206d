import { sourceDetail } from '../../../src-shared/logs/source-detail';
import { type Sentence, say } from '../../../src-shared/sentence';
import type { SpawnExit, SpawnLines } from '../../platform/spawn-lines';
import { backOffMs, Waker } from './back-off';
import { type JournalEntry, journalFields, parseJournalEntry } from './journal-entry';
import { TailCounters, type TailListener, type TailState } from './tail';

/** Program and leading arguments; another one in tests. */
export type JournalCommand = readonly [file: string, ...args: readonly string[]];

/** A message of 1 MiB as byte values is 4 MiB of JSON. */
const maxJsonBytes = 6 * 1024 * 1024;

export interface JournalTailOptions {
  /** Which entries, as arguments of journalctl; none: all. */
  readonly selection: readonly string[];
  readonly entriesOnAttach: number;
  readonly onState?: () => void;
  /** Where an earlier run of LogScope ended, as `onPosition` gave it; null: nowhere. */
  readonly startAt?: string | null;
}

const entriesOnAttach = 50;

const groupHint = say('logSource.journal.joinGroup');

interface Position {
  readonly cursor: string | null;
  readonly atMs: number;
  readonly lastCursor: string;
}

/** Follows the journal through a journalctl child, restarted where it ended. */
export class JournalTail {
  private readonly counters = new TailCounters();
  private readonly waker = new Waker();
  private readonly lifetime = new AbortController();
  private state: TailState['state'] = 'retrying';
  private why: readonly Sentence[] = [];
  private failures = 0;
  private garbage = 0;
  /** Where to go on; `cursor` null: by time, because the journal did not know the cursor any more. */
  private position: Position | null = null;
  private unexpected: unknown = null;

  constructor(
    private readonly command: JournalCommand,
    private readonly spawnLines: SpawnLines,
    private readonly isFollowedContainer: (id: string) => boolean,
    private readonly listener: TailListener,
    private readonly options: Partial<JournalTailOptions> = {},
  ) {
    if (options.startAt != null) this.position = JSON.parse(options.startAt) as Position;
    this.run().catch((error: unknown) => {
      this.unexpected = error;
    });
  }

  /** Throws what a bug in the tail threw. */
  read(): TailState {
    if (this.unexpected !== null) throw this.unexpected;
    const unreadable = this.garbage > 0 ? [say('logSource.journal.unreadable', { count: this.garbage })] : [];
    return {
      id: 'journal',
      kind: 'journal',
      logKind: 'event',
      name: 'journal',
      state: this.state,
      ...sourceDetail([...this.why, ...unreadable]),
      ...this.counters.read(),
    };
  }

  close(): void {
    this.lifetime.abort();
    this.waker.wake();
  }

  private async run(): Promise<void> {
    const { signal } = this.lifetime;
    while (!signal.aborted) {
      const skip = this.position;
      const [file, ...leading] = this.command;
      // What cannot be read is said within moments; until an entry comes, it stays said.
      if (this.state === 'retrying') this.show('following', []);
      const exit = await this.spawnLines(file, [...leading, ...this.args()], {
        signal,
        maxLineBytes: maxJsonBytes,
        onLine: (bytes, cutBytes) => this.take(bytes, cutBytes, skip),
        onErrorText: (text) => this.listen(text),
      });
      if (signal.aborted) return;
      if (!this.judge(exit)) return;
      await this.waker.wait(backOffMs(this.failures));
      this.failures += 1;
      // Before the first entry nothing was read that could go on.
      if (this.position !== null && !signal.aborted) this.counters.countReopening();
    }
  }

  private args(): readonly string[] {
    // Without --all a field over 4 KiB comes as null. The start is inclusive and its equal dropped by us: --after-cursor
    // together with a filter skipped an entry before systemd 255 (systemd#30288).
    const common = [
      '-o',
      'json',
      '-f',
      ...(this.options.selection ?? []),
      '--no-pager',
      '--all',
      `--output-fields=${journalFields.join(',')}`,
    ];
    if (this.position === null) return [...common, '-n', String(this.options.entriesOnAttach ?? entriesOnAttach)];
    const { cursor, atMs } = this.position;
    return [...common, '--no-tail', cursor === null ? `--since=@${Math.floor(atMs / 1000)}` : `--cursor=${cursor}`];
  }

  /** What it says while it runs. */
  private listen(text: string): void {
    if (/No journal files were/.test(text)) this.show('unavailable', [say('logSource.journal.noFiles')]);
    else if (/insufficient permissions/.test(text)) this.show('unavailable', [say('logSource.journal.noPermission'), groupHint]);
    else if (/not seeing messages from other users/.test(text)) this.show('following', [say('logSource.journal.ownOnly'), groupHint]);
  }

  /** False: there is nothing to try again. */
  private judge(exit: SpawnExit): boolean {
    if (exit.kind === 'not-found') {
      this.show('unavailable', [say('logSource.journal.noProgram')]);
      return false;
    }
    if (exit.kind === 'not-permitted') {
      this.show('unavailable', [say('logSource.journal.notAllowed')]);
      return false;
    }
    if (/Failed to seek to cursor/.test(exit.errorText) && this.position !== null) this.position = { ...this.position, cursor: null };
    if (this.state === 'unavailable') return true;
    this.show('retrying', [describeEnd(exit)]);
    return true;
  }

  private show(state: TailState['state'], why: readonly Sentence[]): void {
    const changed = state !== this.state || sourceDetail(why).detail !== sourceDetail(this.why).detail;
    this.state = state;
    this.why = why;
    if (changed) this.options.onState?.();
  }

  private take(bytes: Buffer, cutBytes: number, skip: typeof this.position): void {
    const entry = cutBytes > 0 ? null : parseJournalEntry(bytes.toString('utf8'));
    if (entry === null) {
      this.garbage += 1;
      return;
    }
    this.failures = 0;
    if (this.state !== 'following') this.show('following', []);
    if (skip !== null && isKnown(entry, skip)) return;
    this.position = { cursor: entry.cursor, atMs: entry.atMs, lastCursor: entry.cursor };
    // A container whose log goes to the journal is followed through its engine already.
    if (entry.containerId !== null && this.isFollowedContainer(entry.containerId)) return;
    const line = {
      sourceKind: 'journal',
      sourceId: entry.source,
      source: entry.source,
      atMs: entry.atMs,
      bytes: entry.bytes,
      cutBytes: entry.cutBytes,
      stated: entry.level === null ? null : { level: entry.level, word: `priority ${entry.priority}` },
    } as const;
    this.counters.count(line);
    this.listener.onLine(line);
    this.listener.onPosition?.(JSON.stringify(this.position));
  }
}

function describeEnd({ exitCode: code, errorText }: Pick<SpawnExit, 'exitCode' | 'errorText'>): Sentence {
  const words = errorText.trim().split('\n').at(-1) ?? '';
  if (code === null) return words === '' ? say('logSource.journal.ended') : say('logSource.journal.endedSaying', { words });
  return words === '' ? say('logSource.journal.endedCode', { code }) : say('logSource.journal.endedCodeSaying', { code, words });
}

/** By cursor only the one equal entry comes again, by time all of the same second may. */
function isKnown(
  entry: JournalEntry,
  skip: { readonly cursor: string | null; readonly atMs: number; readonly lastCursor: string },
): boolean {
  return skip.cursor === null ? entry.atMs <= skip.atMs : entry.cursor === skip.lastCursor;
}
