import type { z } from 'zod';
import { type ErrorCode, type OutputOf, type Reply, type RequestName, requestNames, requests } from '../../src-shared/contract';
import { RefusedRequest } from './refused-request';

/** What a door is allowed to ask; decided by the door, not by the caller. */
export interface Caller {
  readonly actionsAllowed: boolean;
}

/** One function per request of the contract, given the checked input. A missing one does not compile. */
export type Handlers = {
  readonly [N in RequestName]: (input: z.output<(typeof requests)[N]['input']>, caller: Caller) => OutputOf<N> | Promise<OutputOf<N>>;
};

export type Dispatch = (name: string, input: unknown, caller: Caller) => Promise<Reply<unknown>>;

/** Look up, check, call, envelope. Never rejects; the one place where a handler's error is caught. */
export function createDispatch(handlers: Handlers, onUnexpected: (name: RequestName, error: unknown) => void): Dispatch {
  return async (name, input, caller) => {
    if (!isRequestName(name)) return refuse('unknown-request', `There is no request "${name.slice(0, 80)}".`);
    const definition = requests[name];
    if (definition.destructive && !caller.actionsAllowed) {
      return refuse('not-allowed', `"${name}" changes something and this door is read-only: start it with --allow-actions.`);
    }
    const checked = definition.input.safeParse(input);
    if (!checked.success) return refuse('bad-input', `"${name}": ${describeIssues(checked.error)}`);
    try {
      const handle = handlers[name] as (input: unknown, caller: Caller) => unknown;
      return { ok: true, value: await handle(checked.data, caller) };
    } catch (error) {
      if (error instanceof RefusedRequest) return refuse(error.code, error.message);
      onUnexpected(name, error);
      return refuse('unexpected', `"${name}" failed inside LogScope; the log of LogScope has the details.`);
    }
  };
}

function isRequestName(name: string): name is RequestName {
  return (requestNames as readonly string[]).includes(name);
}

function refuse(code: ErrorCode, message: string): Reply<never> {
  return { ok: false, error: { code, message } };
}

function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
    .join('; ');
}
