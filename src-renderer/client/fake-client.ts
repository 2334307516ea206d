import type { InputOf, LogScopeClient, OutputOf, RequestName } from '../../src-shared/contract';
import { type AnyEvent, RequestError } from '../../src-shared/contract';
import { createListeners } from './listeners';

type Handlers = { readonly [N in RequestName]?: (input: InputOf<N>) => OutputOf<N> | Promise<OutputOf<N>> };

/** A client without a core: answers from handlers, remembers what was asked, emits what a test or the look page tells it to. */
export interface FakeClient extends LogScopeClient {
  emit(event: AnyEvent): void;
  readonly asked: readonly { readonly name: RequestName; readonly input: unknown }[];
}

export function createFakeClient(handlers: Handlers): FakeClient {
  const listeners = createListeners();
  const asked: { name: RequestName; input: unknown }[] = [];
  return {
    asked,
    async request<N extends RequestName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
      asked.push({ name, input });
      const handler = handlers[name];
      if (!handler) throw new RequestError('unknown-request', `The fake client has no answer to ${name}`);
      return await handler(input);
    },
    on: listeners.on,
    emit: listeners.emit,
  };
}
