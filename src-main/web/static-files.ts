import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

export interface StaticFile {
  readonly body: Buffer;
  readonly contentType: string;
  /** Vite puts a content hash into the names below assets/: those never change. */
  readonly cacheControl: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The built window, read once into memory and keyed by URL path: a request can only name an entry of this list, it is never
 * joined to a directory. Throws when the folder has no index.html (the window was not built).
 */
export function readStaticFiles(directory: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${file.slice(directory.length).split(sep).filter(Boolean).join('/')}`;
    files.set(path, {
      body: readFileSync(file),
      contentType: contentTypes[extname(entry.name)] ?? 'application/octet-stream',
      cacheControl: path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    });
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new Error(`no index.html in ${directory}`);
  files.set('/', index);
  return files;
}
