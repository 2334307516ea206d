import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nextFreePort } from '../../src-main/platform/free-port';
import { askLocalPage } from '../../src-main/platform/web-page';
import { makeServerCertificates } from '../helpers/kubernetes-certificates';

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const html =
  (body: string): RequestListener =>
  (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(body);
  };

describe('askLocalPage', () => {
  test('gives status and title of a web server', async () => {
    const port = await listen(createServer(html('<!doctype html><head><title>\n My &amp; shop &#x2014; dev </title></head>')));
    expect(await askLocalPage('127.0.0.1', port)).toEqual({ url: `http://localhost:${port}/`, status: 200, title: 'My & shop — dev' });
  });

  test('asks at ::1 when only that is listened at', async () => {
    const port = await listen(createServer(html('<title>six</title>')), '::1');
    expect(await askLocalPage('::1', port)).toMatchObject({ title: 'six' });
  });

  test('does not follow redirects, and an error page is an answer', async () => {
    const port = await listen(
      createServer((_request, response) => {
        response.writeHead(302, { location: 'http://192.0.2.1/' });
        response.end();
      }),
    );
    expect(await askLocalPage('127.0.0.1', port)).toEqual({ url: `http://localhost:${port}/`, status: 302, title: null });
  });

  test('a server that speaks only TLS is asked over TLS, whatever its certificate', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'logscope-page-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const { certificate, key } = makeServerCertificates(directory);
    const port = await listen(createSecureServer({ cert: certificate, key }, html('<title>safe</title>')));
    expect(await askLocalPage('127.0.0.1', port)).toEqual({ url: `https://localhost:${port}/`, status: 200, title: 'safe' });
  });

  test('reads the start of an endless page only', async () => {
    const port = await listen(
      createServer((_request, response) => {
        response.write('<title>endless</title>');
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      }),
    );
    expect(await askLocalPage('127.0.0.1', port)).toMatchObject({ title: 'endless' });
  });

  test('what says something else, hangs up, says nothing or is not there is no page', async () => {
    const chatty = await listen(createTcpServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.2\r\n')));
    const rude = await listen(createTcpServer((socket) => socket.destroy()));
    const silent = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        onTestFinished(() => {
          socket.destroy();
        });
      }),
    );
    const answers = await Promise.all([chatty, rude, silent, 1].map((port) => askLocalPage('127.0.0.1', port)));
    expect(answers).toEqual([null, null, null, null]);
  });
});

test('the next free port skips what is taken, known or not', async () => {
  const held = createTcpServer();
  const port = await listen(held);
  const free = await nextFreePort(port - 1, new Set([port + 1]));
  expect(free).toBeGreaterThan(port + 1);
});
