import type { PossibleErrorListener } from '../../logs/sieve/possible-error';
import type { OpenedContainer } from './open-container';

/** How the errors of a container are to be told. */
export interface ContainerErrorsWanted extends OpenedContainer {
  /** Goes on until the container stops. */
  readonly follow: boolean;
  /** Lines that were written before are none of it. */
  readonly fromMs: number;
  readonly signal: AbortSignal;
  readonly onLine: PossibleErrorListener;
  /** Lines may have been told; waited for before more is read. */
  readonly settle: () => Promise<void>;
  /** Something a person should know of. */
  readonly note: (text: string) => void;
}
