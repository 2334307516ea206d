import type { ErrorCode } from '../../src-shared/contract';

/** A request that was understood and is not going to be served; dispatch turns it into a reply with its code. */
export class RefusedRequest extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'RefusedRequest';
  }
}
