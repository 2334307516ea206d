import { setTimeout as delay } from 'node:timers/promises';

/** A language model behind an address that a person configured. */
export interface ModelAddress {
  readonly kind: 'ollama' | 'openai';
  /** Base address: "http://127.0.0.1:11434", "https://api.example.com/v1". */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; null: none is sent. */
  readonly key: string | null;
}

export interface ModelAnswer {
  /** As the other side names it. */
  readonly model: string;
  /** Hostile text. */
  readonly text: string;
}

/** `detail` is what the other side or the network said: hostile, one line, cut; empty: nothing. */
export class ModelProblem extends Error {
  constructor(
    readonly kind: 'not-running' | 'no-such-model' | 'not-authorised' | 'redirected' | 'too-slow' | 'too-much' | 'unreadable' | 'refused',
    readonly detail: string,
  ) {
    super(`${kind}: ${detail}`);
    this.name = 'ModelProblem';
  }
}

const withinMs = 120_000;
const mostBytes = 2 * 1024 * 1024;
const longestDetail = 300;

/** Sends one text and gives the answer. Never redirected: the text goes to the configured address or nowhere. Rejects with ModelProblem. */
export async function askModel(address: ModelAddress, text: string, timeoutMs = withinMs): Promise<ModelAnswer> {
  const base = address.url.replace(/\/+$/, '');
  const body = JSON.stringify({ model: address.model, messages: [{ role: 'user', content: text }], stream: false });
  const abort = new AbortController();
  const over = new AbortController();
  // Of its own: AbortSignal.timeout would not tell whether it was the time or the person.
  delay(timeoutMs, undefined, { signal: over.signal, ref: false }).then(
    () => abort.abort(),
    () => undefined,
  );
  try {
    const response = await fetch(`${base}${address.kind === 'ollama' ? '/api/chat' : '/chat/completions'}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...(address.key === null ? {} : { authorization: `Bearer ${address.key}` }) },
      body,
      signal: abort.signal,
    });
    const answered = await readText(response, abort);
    if (!response.ok) throw problemOf(response, answered);
    return readAnswer(address, answered);
  } catch (error) {
    if (error instanceof ModelProblem) throw error;
    if (abort.signal.aborted) throw new ModelProblem('too-slow', `${timeoutMs / 1000} s`);
    // undici says only "fetch failed"; why stands in its cause.
    if (error instanceof TypeError) throw new ModelProblem('not-running', oneLine(causeOf(error)));
    throw error;
  } finally {
    over.abort();
  }
}

async function readText(response: Response, abort: AbortController): Promise<string> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const piece = (await reader?.read())?.value;
    if (piece === undefined) break;
    total += piece.length;
    if (total > mostBytes) {
      const problem = new ModelProblem('too-much', `${mostBytes / 1024 / 1024} MiB`);
      abort.abort();
      throw problem;
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function problemOf(response: Response, text: string): ModelProblem {
  const { status, headers } = response;
  if (status >= 300 && status < 400) return new ModelProblem('redirected', oneLine(headers.get('location') ?? ''));
  const said = oneLine(messageIn(text) ?? text);
  if (status === 401 || status === 403) return new ModelProblem('not-authorised', said);
  if (status === 404) return new ModelProblem('no-such-model', said);
  return new ModelProblem('refused', oneLine(`HTTP ${status} ${said}`));
}

/** `{"error": "…"}` of Ollama, `{"error": {"message": "…"}}` of OpenAI. */
function messageIn(text: string): string | null {
  const error = fieldOf(parseJson(text), 'error');
  const message = fieldOf(error, 'message');
  if (typeof message === 'string') return message;
  return typeof error === 'string' ? error : null;
}

function readAnswer({ kind, model }: ModelAddress, text: string): ModelAnswer {
  const answer = parseJson(text);
  const choices = fieldOf(answer, 'choices');
  const message = kind === 'ollama' ? fieldOf(answer, 'message') : fieldOf(Array.isArray(choices) ? choices[0] : null, 'message');
  const content = fieldOf(message, 'content');
  if (typeof content !== 'string') throw new ModelProblem('unreadable', oneLine(text));
  const named = fieldOf(answer, 'model');
  return { model: typeof named === 'string' && named !== '' ? oneLine(named) : model, text: content };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function causeOf(error: TypeError): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  // Several addresses of one name were tried: the first failure speaks for them.
  if (cause instanceof AggregateError) return cause.errors[0] instanceof Error ? cause.errors[0].message : cause.message;
  return cause.message || error.message;
}

function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f\s]+/g, ' ')
    .trim()
    .slice(0, longestDetail);
}
