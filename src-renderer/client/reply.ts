import { type Reply, RequestError } from '../../src-shared/contract';

/** The value of a reply, or its error thrown. */
export function unwrapReply<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new RequestError(reply.error.code, reply.error.message);
}
