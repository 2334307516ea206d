import { lstat, opendir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

export interface NewestFile {
  /** Null: nothing there, or nothing that may be seen. */
  readonly file: { readonly path: string; readonly changedAtMs: number } | null;
  /** There was more than was looked at. */
  readonly cut: boolean;
}

export interface NewestFileOptions {
  /** Passes over what does not look like a source or a setting. */
  readonly sourcesOnly: boolean;
  readonly signal: AbortSignal;
  readonly maxEntries?: number;
  readonly maxDepth?: number;
}

const skippedFolders = new Set(['node_modules', '.git', '.hg', '.svn', '.venv', '__pycache__', '.cache']);
const sourceNames = new Set(['Dockerfile', 'Makefile', 'Procfile', 'Gemfile', '.env']);
const sourceExtensions = new Set(
  (
    '.js .mjs .cjs .jsx .ts .mts .cts .tsx .vue .svelte .json .html .css .scss .py .rb .php .go .rs .java .kt .scala .cs .fs .c .h .cc .cpp .hpp ' +
    '.lua .pl .ex .exs .erl .clj .swift .sh .sql .graphql .proto .tf .yml .yaml .toml .ini .cfg .conf .cnf .properties .xml .env .template .tmpl'
  ).split(' '),
);

/**
 * The newest file at or below `path`: breadth first, links not followed, at most `maxEntries` looked at and `maxDepth`
 * folders deep. What may not be seen is passed over.
 */
export async function readNewestFile(path: string, options: NewestFileOptions): Promise<NewestFile> {
  const { signal, maxEntries = 2_000, maxDepth = 4 } = options;
  const top = await seen(lstat(path));
  if (top === null) return { file: null, cut: false };
  if (!top.isDirectory()) return { file: top.isFile() ? { path, changedAtMs: top.mtimeMs } : null, cut: false };
  let newest: NewestFile['file'] = null;
  let entryCount = 0;
  const cut = false;
  let folders = [path];
  for (let depth = 0; folders.length > 0; depth += 1) {
    if (depth >= maxDepth) return { file: newest, cut: true };
    const deeper: string[] = [];
    for (const folder of folders) {
      const entries = await seen(opendir(folder));
      if (entries === null) continue;
      for await (const entry of entries) {
        entryCount += 1;
        if (entryCount > maxEntries || signal.aborted) return { file: newest, cut: true };
        const inside = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (!skippedFolders.has(entry.name)) deeper.push(inside);
        } else if (entry.isFile() && (!options.sourcesOnly || looksLikeSource(entry.name))) {
          const status = await seen(lstat(inside));
          if (status !== null && (newest === null || status.mtimeMs > newest.changedAtMs))
            newest = { path: inside, changedAtMs: status.mtimeMs };
        }
      }
    }
    folders = deeper;
  }
  return { file: newest, cut };
}

/** Null: it is not there, or may not be seen, or is no file. */
export async function readChangeTime(path: string): Promise<number | null> {
  const status = await seen(stat(path));
  return status?.isFile() ? status.mtimeMs : null;
}

function looksLikeSource(name: string): boolean {
  return sourceNames.has(basename(name)) || sourceExtensions.has(extname(name).toLowerCase());
}

async function seen<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG', 'EIO', 'ESTALE', 'EMFILE', 'ENODEV', 'EINVAL'].includes(code))
      return null;
    throw error;
  }
}
