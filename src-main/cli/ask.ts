import { type InputOf, type OutputOf, RequestError, type RequestName } from '../../src-shared/contract';
import type { Core } from '../app/core';

/** A typed request to the core from the command line, which may do nothing destructive. Throws RequestError when refused. */
export async function ask<N extends RequestName>(core: Core, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const reply = await core.handle(name, input, { actionsAllowed: false });
  if (!reply.ok) throw new RequestError(reply.error.code, reply.error.message);
  return reply.value as OutputOf<N>;
}
