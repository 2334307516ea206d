import { type InputOf, type OutputOf, RequestError, type RequestName } from '../../src-shared/contract';
import { createTextMask, maskStrings } from '../../src-shared/redact/mask-values';
import type { Core } from '../app/core';
import { createSecretHash } from '../platform/secret-hash';

const mask = createTextMask({ hash: createSecretHash() });

/**
 * A typed request to the core from the command line, which may do nothing destructive. Throws RequestError when refused. What a
 * command prints goes to files, pipes and other programs: command lines and log lines in it come without their secrets.
 */
export async function ask<N extends RequestName>(core: Core, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const reply = await core.handle(name, input, { actionsAllowed: false });
  if (!reply.ok) throw new RequestError(reply.error.code, mask(reply.error.message));
  return maskStrings(reply.value as OutputOf<N>, mask);
}
