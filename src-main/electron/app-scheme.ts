import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentSecurityPolicy } from './security-policy';

/** The window's own origin. A scheme of its own, not file://, so that the page has a real origin and no file rights. */
export const appOrigin = 'app://bundle';
export const startPage = `${appOrigin}/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

/**
 * The file below `folder` that an app:// address means; null for everything else: another host, a path that leaves the
 * folder in whatever spelling, a NUL, a backslash, an undecodable escape, a kind of file that the window never asks for.
 */
export function resolveBundleFile(folder: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'app:' || url.host !== 'bundle') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  if (path.includes('\0') || path.includes('\\') || path.includes('%')) return null;
  const file = join(folder, path);
  if (!file.startsWith(folder + sep) || !Object.hasOwn(contentTypes, extname(file))) return null;
  return file;
}

/** Answers the window's requests for its own files; 404 for anything else. */
export async function serveBundle(folder: string, request: { readonly url: string; readonly method: string }): Promise<Response> {
  const file = request.method === 'GET' ? resolveBundleFile(folder, request.url) : null;
  if (file === null) return notFound();
  let content: Uint8Array<ArrayBuffer>;
  try {
    content = new Uint8Array(await readFile(file));
  } catch (error) {
    if (isAbsence(error)) return notFound();
    throw error;
  }
  return new Response(content, {
    headers: {
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    },
  });
}

function notFound(): Response {
  return new Response('Not found', {
    status: 404,
    headers: { 'content-type': 'text/plain', 'content-security-policy': contentSecurityPolicy },
  });
}

function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}
