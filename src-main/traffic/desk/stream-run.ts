import { type Sentence, say } from '../../../src-shared/sentence';
import { LogReader } from '../follow/log-reader';
import type { LineSink } from '../parse/line-feeder';
import type { RunState } from './files-run';

export interface StreamRunDeps {
  readonly name: string;
  readonly format: string;
  readonly sink: LineSink;
  /** Something was read, or is known. */
  readonly onChange: () => void;
}

/** Reads bytes that are handed in. Lines of something else before the first access lines are counted as malformed. */
export class StreamRun {
  state: RunState = 'following';
  readBytes = 0;
  readonly totalBytes = null;
  private readonly own: LogReader;
  private ending: Sentence | null = null;

  constructor(private readonly deps: StreamRunDeps) {
    this.own = new LogReader(deps.sink, deps.format, null, true);
  }

  get reader(): LogReader | null {
    return this.own.format === null ? null : this.own;
  }

  get problem(): Sentence | null {
    return this.ending ?? (this.own.isUnknown ? say('traffic.problem.no-format', { file: this.deps.name }) : null);
  }

  /** False: nothing more is wanted. */
  write(chunk: Uint8Array): boolean {
    if (this.state !== 'following') return false;
    this.own.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    this.own.settle();
    this.readBytes += chunk.length;
    this.deps.onChange();
    return true;
  }

  end(problem: Sentence | null): void {
    if (this.state !== 'following') return;
    this.own.end();
    this.ending = problem;
    this.state = problem !== null && this.readBytes === 0 ? 'failed' : 'ended';
    this.deps.onChange();
  }

  start(): void {
    // Bytes come by themselves.
  }

  cancel(): void {
    if (this.state === 'following') this.state = 'cancelled';
    this.deps.onChange();
  }

  async close(): Promise<void> {
    this.state = 'cancelled';
  }
}
