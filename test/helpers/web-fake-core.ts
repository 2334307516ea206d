import type { Audience, Caller, Core } from '../../src-main/app/core';
import type { AnyEvent, Reply } from '../../src-shared/contract';

export interface FakeCore extends Core {
  emit(event: AnyEvent): void;
  readonly requests: { readonly name: string; readonly input: unknown; readonly caller: Caller }[];
  readonly audiences: Audience[];
  readonly stopCount: () => number;
}

/** A core that answers every request with `answer` and remembers who asked what. */
export function createFakeCore(answer: (name: string, input: unknown) => Reply<unknown> = () => ({ ok: true, value: null })): FakeCore {
  const listeners = new Set<(event: AnyEvent) => void>();
  const requests: { name: string; input: unknown; caller: Caller }[] = [];
  const audiences: Audience[] = [];
  let stops = 0;
  return {
    requests,
    audiences,
    stopCount: () => stops,
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    async handle(name, input, caller) {
      requests.push({ name, input, caller });
      return answer(name, input);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setAudience(audience) {
      audiences.push(audience);
    },
    suspend() {},
    resume() {},
    async stop() {
      stops += 1;
    },
  };
}
