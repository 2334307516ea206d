import { randomBytes } from 'node:crypto';
import type { TrafficModelAnswer, TrafficPrompt } from '../../src-shared/contract';
import { createTextMask } from '../../src-shared/redact/mask-values';
import type { Settings } from '../../src-shared/settings';
import { RefusedRequest } from '../api/refused-request';
import type { Clock } from '../platform/clock';
import { askModel, ModelProblem } from '../platform/model-client';

export interface TrafficPromptsDeps {
  readonly clock: Clock;
  readonly settings: () => Settings['traffic'];
  readonly environment: NodeJS.ProcessEnv;
  /** See createSecretHash. */
  readonly hash: (secret: string) => string;
}

export interface PromptBook {
  /** Remembers a previewed text for ten minutes. */
  keep(prompt: Omit<TrafficPrompt, 'id'>): TrafficPrompt;
  /** Sends it, byte for byte as it was previewed. Rejects with RefusedRequest. */
  ask(id: string): Promise<TrafficModelAnswer>;
}

type Model = NonNullable<Settings['traffic']['model']>;

const keptMs = 10 * 60_000;
const mostKept = 100;

/** Texts that a person saw before they may leave the machine. Nothing is sent but by `ask`. */
export function createPromptBook({ clock, settings, environment, hash }: TrafficPromptsDeps): PromptBook {
  const kept = new Map<string, { readonly text: string; readonly untilMs: number }>();
  const mask = createTextMask({ hash });

  function forgetOld(): void {
    const nowMs = clock.monotonicMs();
    for (const [id, { untilMs }] of kept) if (untilMs <= nowMs || kept.size > mostKept) kept.delete(id);
  }

  return {
    keep(prompt) {
      const id = randomBytes(12).toString('hex');
      kept.set(id, { text: prompt.text, untilMs: clock.monotonicMs() + keptMs });
      forgetOld();
      return { id, ...prompt };
    },
    async ask(id) {
      forgetOld();
      const found = kept.get(id);
      if (found === undefined) throw new RefusedRequest('expired', 'This text was previewed more than ten minutes ago. Preview it again.');
      const { model } = settings();
      if (model === null) throw new RefusedRequest('refused', 'No model is configured: name one in the settings, or copy the text.');
      const key = model.keyVariable === '' ? null : (environment[model.keyVariable] ?? '');
      if (key === '')
        throw new RefusedRequest(
          'refused',
          `The environment variable ${model.keyVariable} is empty or not set: set it to the key and start LogScope again.`,
        );
      const startedMs = clock.monotonicMs();
      try {
        const answer = await askModel({ kind: model.kind, url: model.url, model: model.model, key }, found.text);
        return { ...answer, tookMs: clock.monotonicMs() - startedMs };
      } catch (error) {
        if (!(error instanceof ModelProblem)) throw error;
        // What the other side says may quote the key.
        throw new RefusedRequest(
          'refused',
          inWords(error.kind, mask(key === null ? error.detail : error.detail.replaceAll(key, '…')), model),
        );
      }
    },
  };
}

function inWords(kind: ModelProblem['kind'], said: string, { kind: server, url, model, keyVariable }: Model): string {
  const { origin } = new URL(url);
  const because = said === '' ? '' : ` (${said})`;
  switch (kind) {
    case 'not-running':
      return server === 'ollama'
        ? `Nothing answers at ${origin}${because}. Start Ollama (ollama serve), or change the address in the settings.`
        : `Nothing answers at ${origin}${because}. Start the server, or change the address in the settings.`;
    case 'no-such-model':
      return server === 'ollama'
        ? `${origin} does not have the model ${model}${because}. Fetch it with: ollama pull ${model}`
        : `${origin} knows no model ${model}, or nothing at this address${because}. Check both in the settings; the address often ends in /v1.`;
    case 'not-authorised':
      return keyVariable === ''
        ? `${origin} wants a key${because}. Name the environment variable that holds it in the settings.`
        : `${origin} does not accept the key in ${keyVariable}${because}.`;
    case 'redirected':
      return `${origin} sends on to another address${because}. Nothing was sent there; if it is right, put it in the settings.`;
    case 'too-slow':
      return `${origin} did not answer within ${said}. A smaller model, or one that is already loaded, answers sooner.`;
    case 'too-much':
      return `${origin} answered with more than ${said}; the answer was not taken.`;
    case 'unreadable':
      return `What ${origin} answered is none of ${server === 'ollama' ? 'Ollama' : 'an OpenAI-compatible server'}${because}. Check kind and address in the settings.`;
    case 'refused':
      return `${origin} refused it${because}.`;
  }
}

/** Whether nothing leaves this machine on the way there. */
export function isLocalAddress(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
