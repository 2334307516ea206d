import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { openChromium } from './chromium';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** The look page (the window on invented data) and the peer page, built as releases are and served on loopback. */
export interface RendererPages {
  readonly url: (page: 'look' | 'peer', query: string) => string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** `root`: the project's folder. */
export async function openRendererPages(root: string, executablePath: string): Promise<RendererPages> {
  const folder = await mkdtemp(join(tmpdir(), 'logscope-look-'));
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    plugins: [react()],
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome130',
      chunkSizeWarningLimit: 4000,
      rollupOptions: { input: { look: join(root, 'src-renderer/look.html'), peer: join(root, 'test/bench/renderer-peer.html') } },
    },
  });
  const server = await serve(folder);
  const { port } = server.address() as AddressInfo;
  const browser = await openChromium(executablePath);
  const pages = { look: 'src-renderer/look.html', peer: 'test/bench/renderer-peer.html' } as const;
  return {
    url: (page, query) => `http://127.0.0.1:${port}/${pages[page]}?${query}`,
    browser,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    readFile(join(folder, path)).then(
      (body) => {
        response.setHeader('content-type', mediaTypes[extname(path)] ?? 'application/octet-stream');
        response.end(body);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
