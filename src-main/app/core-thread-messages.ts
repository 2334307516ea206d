import type { AnyEvent, Reply } from '../../src-shared/contract';
import type { Audience, Caller } from './core';

/** From the door's thread to the core's. */
export type ToCore =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly input: unknown; readonly caller: Caller }
  | { readonly kind: 'audience'; readonly audience: Audience }
  | { readonly kind: 'suspend' | 'resume' | 'stop' }
  /** The last batch of events was taken: send the next. */
  | { readonly kind: 'taken' };

/** From the core's thread to the door's. */
export type FromCore =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply<unknown> }
  | { readonly kind: 'events'; readonly events: readonly AnyEvent[] }
  | { readonly kind: 'stopped' };
