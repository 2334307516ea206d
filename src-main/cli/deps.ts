import type { Core, CoreOptions } from '../app/core';
import type { CoreHost } from '../app/create-app';
import type { Paint } from './paint';

/** What a command needs of the world; a test passes its own. */
export interface CliDeps {
  readonly createCore: (options: CoreOptions, host?: CoreHost) => Promise<Core>;
  readonly environment: NodeJS.ProcessEnv;
  readonly paint: Paint;
  /** The result, and nothing else: goes to stdout as it is. */
  print(text: string): void;
  /** One line of remark to stderr. */
  note(line: string): void;
  setExitCode(code: number): void;
  nowMs(): number;
  /** Rejects when interrupted. */
  wait(milliseconds: number): Promise<void>;
  /**
   * From now on every signal goes there instead of into `interrupted`, and a reader that goes away ends nothing: for a command that
   * stands for another one.
   */
  takeSignals(listener: (signal: NodeJS.Signals) => void): void;
  /** Aborted by SIGINT and SIGTERM; the reason is the signal's name. */
  readonly interrupted: AbortSignal;
}

/** Flags that every command takes. */
export interface GlobalFlags {
  readonly engine?: string;
  readonly dataDirectory?: string;
}

/** An expected problem: its message is shown as one line, without a stack. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
    this.name = 'CliError';
  }
}
