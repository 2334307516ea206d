import type { InputOf, LogScopeClient, OutputOf, RequestName, TakenBack } from '../../src-shared/contract';
import { type AnyEvent, RequestError } from '../../src-shared/contract';
import { createListeners } from './listeners';

type Handlers = { readonly [N in RequestName]?: (input: InputOf<N>) => OutputOf<N> | Promise<OutputOf<N>> };

/** A client without a core: answers from handlers, remembers what was asked, emits what a test or the look page tells it to. */
export interface FakeClient extends LogScopeClient {
  emit(event: AnyEvent): void;
  readonly asked: readonly { readonly name: RequestName; readonly input: unknown }[];
  /** Questions that were taken back. */
  takenBack(): readonly RequestName[];
}

export function createFakeClient(handlers: Handlers): FakeClient {
  const listeners = createListeners();
  const asked: { name: RequestName; input: unknown }[] = [];
  const signals: { name: RequestName; signal: TakenBack }[] = [];
  return {
    asked,
    takenBack: () => signals.filter(({ signal }) => signal.aborted).map(({ name }) => name),
    async request<N extends RequestName>(name: N, input: InputOf<N>, signal?: TakenBack): Promise<OutputOf<N>> {
      asked.push({ name, input });
      if (signal) signals.push({ name, signal });
      const handler = handlers[name];
      if (!handler) throw new RequestError('unknown-request', `The fake client has no answer to ${name}`);
      return await handler(input);
    },
    on: listeners.on,
    emit: listeners.emit,
  };
}
