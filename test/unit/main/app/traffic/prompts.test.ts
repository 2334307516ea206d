import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createPromptBook, isLocalAddress } from '../../../../../src-main/app/traffic-prompts';
import { askModel } from '../../../../../src-main/platform/model-client';
import type { Settings } from '../../../../../src-shared/settings';
import { createFakeTime } from '../../../../helpers/fake-time';

interface Heard {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A model's server on loopback that writes down what reaches it. */
async function startServer(answer: (response: ServerResponse) => void) {
  const heard: Heard[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      heard.push({ url: request.url ?? '', headers: request.headers, body });
      answer(response);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, connections: () => connections };
}

type Model = NonNullable<Settings['traffic']['model']>;
const ollamaSays = (response: ServerResponse) =>
  response.end(JSON.stringify({ model: 'small', message: { role: 'assistant', content: 'All well.' } }));
const openaiSays = (response: ServerResponse) =>
  response.end(JSON.stringify({ model: 'small-2026', choices: [{ message: { role: 'assistant', content: 'All well.' } }] }));

function open(model: Model | null, environment: NodeJS.ProcessEnv = {}) {
  const time = createFakeTime();
  const book = createPromptBook({
    clock: time,
    settings: () => ({ recent: [], reports: [], model }),
    environment,
    hash: () => 'abcd',
  });
  return { time, book };
}

const text = 'Summarise "this" \u2014 요약\n```text\nGET /a?x=1 \u0001\n```';
const prompt = { text, sizeBytes: Buffer.byteLength(text), maskedCount: 0 };

function modelAt(url: string, change: Partial<Model> = {}): Model {
  return { kind: 'ollama', url, model: 'small', keyVariable: '', ...change };
}

describe('prompts to a model', () => {
  it('reach Ollama byte for byte as previewed, and nothing before somebody asks', async () => {
    const server = await startServer(ollamaSays);
    const { book } = open(modelAt(`${server.url}/`));
    const kept = book.keep(prompt);
    expect(kept).toMatchObject(prompt);
    expect(server.connections()).toBe(0);
    expect(await book.ask(kept.id)).toEqual({ model: 'small', text: 'All well.', tookMs: expect.any(Number) });
    expect(server.heard).toHaveLength(1);
    const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = server.heard;
    expect(url).toBe('/api/chat');
    expect(JSON.parse(body)).toEqual({ model: 'small', messages: [{ role: 'user', content: text }], stream: false });
    expect(headers.authorization).toBeUndefined();
  });

  it('reach an OpenAI-compatible server with the key of the environment', async () => {
    const server = await startServer(openaiSays);
    const { book } = open(modelAt(`${server.url}/v1`, { kind: 'openai', keyVariable: 'MY_KEY' }), { MY_KEY: 'sk-very-secret-0123456789' });
    expect(await book.ask(book.keep(prompt).id)).toMatchObject({ model: 'small-2026', text: 'All well.' });
    expect(server.heard[0]).toMatchObject({ url: '/v1/chat/completions', headers: { authorization: 'Bearer sk-very-secret-0123456789' } });
    expect(JSON.parse(server.heard[0]?.body ?? '').messages[0].content).toBe(text);
  });

  it('are kept for ten minutes', async () => {
    const server = await startServer(ollamaSays);
    const { book, time } = open(modelAt(server.url));
    const { id } = book.keep(prompt);
    await time.advance(9 * 60_000);
    await book.ask(id);
    await time.advance(61_000);
    await expect(book.ask(id)).rejects.toMatchObject({ code: 'expired' });
    await expect(book.ask('nope')).rejects.toMatchObject({ code: 'expired' });
    expect(server.heard).toHaveLength(1);
  });

  it('go nowhere without a model or without the key', async () => {
    const server = await startServer(ollamaSays);
    const none = open(null).book;
    await expect(none.ask(none.keep(prompt).id)).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('settings') });
    const keyless = open(modelAt(server.url, { keyVariable: 'UNSET_KEY' })).book;
    await expect(keyless.ask(keyless.keep(prompt).id)).rejects.toMatchObject({ message: expect.stringContaining('UNSET_KEY') });
    expect(server.connections()).toBe(0);
  });

  it.each([
    [404, '{"error":"model \\"small\\" not found"}', /ollama pull small/],
    [401, '{"error":{"message":"Incorrect API key provided: sk-very-secret-0123456789"}}', /does not accept the key in MY_KEY/],
    [500, 'out of memory', /refused it \(HTTP 500 out of memory\)/],
    [200, '<html>hello</html>', /none of Ollama/],
    [200, '{"message":{}}', /none of Ollama/],
  ])('a refusal of %d %s names its remedy and never the key', async (status, body, words) => {
    const server = await startServer((response) => response.writeHead(status).end(body));
    const { book } = open(modelAt(server.url, { keyVariable: 'MY_KEY' }), { MY_KEY: 'sk-very-secret-0123456789' });
    const refusal = await book.ask(book.keep(prompt).id).catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ code: 'refused', message: expect.stringMatching(words) });
    expect((refusal as Error).message).not.toContain('very-secret');
  });

  it('a server that is not running is named with how to start it', async () => {
    const server = await startServer(ollamaSays);
    await closing.pop()?.();
    const { book } = open(modelAt(server.url));
    await expect(book.ask(book.keep(prompt).id)).rejects.toMatchObject({ message: expect.stringMatching(/Nothing answers.*ollama serve/) });
  });

  it('follow no redirect', async () => {
    const elsewhere = await startServer(ollamaSays);
    const server = await startServer((response) => response.writeHead(307, { location: `${elsewhere.url}/api/chat` }).end());
    const { book } = open(modelAt(server.url));
    await expect(book.ask(book.keep(prompt).id)).rejects.toMatchObject({ message: expect.stringContaining('Nothing was sent there') });
    expect(elsewhere.connections()).toBe(0);
  });

  it('take no endless answer, and wait no longer than they should', async () => {
    const server = await startServer((response) => {
      const block = 'x'.repeat(64 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(block));
      };
      response.on('drain', more);
      more();
    });
    const { book } = open(modelAt(server.url));
    await expect(book.ask(book.keep(prompt).id)).rejects.toMatchObject({ message: expect.stringContaining('more than 2 MiB') });
    const silent = await startServer(() => undefined);
    const address = { kind: 'ollama', url: silent.url, model: 'small', key: null } as const;
    await expect(askModel(address, text, 100)).rejects.toMatchObject({ kind: 'too-slow' });
  });
});

it('knows which addresses stay on this machine', () => {
  const local = ['http://127.0.0.1:11434', 'http://localhost:1', 'http://[::1]:1', 'http://127.8.0.1'];
  const remote = ['https://api.example.com/v1', 'http://127.0.0.1.example.com', 'http://192.168.0.2', 'http://localhost.example'];
  expect([...local, ...remote].map(isLocalAddress)).toEqual([true, true, true, true, false, false, false, false]);
});
