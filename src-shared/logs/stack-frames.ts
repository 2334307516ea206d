/** A place in a source file that a text names. */
export interface StackFrame {
  /**
   * As written, without `file://`: absolute, or relative to what nobody knows; of a Java frame `package/of/Class.java`. Without `..` and without
   * control and format characters; hostile text all the same.
   */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1; null: not named. */
  readonly column: number | null;
  /** What to make clickable, in UTF-16 units of the text: path and line, quotes left out at the beginning only. */
  readonly from: number;
  readonly to: number;
}

const maxFrames = 500;
const maxPathChars = 1_024;

const extensions =
  'js|mjs|cjs|jsx|ts|mts|cts|tsx|vue|svelte|py|pyi|pyx|rb|erb|rake|php|go|rs|java|kt|kts|scala|groovy|clj|cs|fs|vb|c|h|cc|cpp|cxx|hh|hpp|m|mm|swift|dart|ex|exs|erl|lua|pl|pm|jl|sh|hs|ml|zig|nim|sql|s';
/** Everything behind the name of a file: `:41:13`, `(41)`, `(41,13)`, `:line 41`, `", line 41`, ` on line 41`. Starts at each dot, so its work is bounded. */
const ending = new RegExp(
  String.raw`\.(?:${extensions})(?::(\d{1,7})(?::(\d{1,7}))?|\((\d{1,7})(?:,(\d{1,7}))?\)|:line (\d{1,7})|(", line )(\d{1,7})| on line (\d{1,7}))(?!\w)`,
  'g',
);
const sourceFile = new RegExp(String.raw`[^/\\]\.(?:${extensions})$`);
const forbidden = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const scheme = /^[A-Za-z][\w+.-]{0,40}:\/\//;
const drive = /^[A-Za-z]:[\\/]/;
const jvm = /\.(?:java|kt|kts|scala|groovy|clj)$/;

/**
 * Places in source files named in a text: frames of stack traces of any runtime, compiler messages. Only names with the ending of a source
 * file and a line; with a folder, or as Java writes them. Addresses of the web are none. Linear in the length of the text.
 */
export function findStackFrames(text: string): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  let behind = 0;
  for (const found of text.matchAll(ending)) {
    const nameEnd = found.index + found[0].search(/[:("]| on/);
    const isQuoted = found[6] !== undefined;
    const line = Number(found[1] ?? found[3] ?? found[5] ?? found[7] ?? found[8]);
    const column = found[2] ?? found[4];
    const to = found.index + found[0].length;
    const start = isQuoted ? startOfQuoted(text, nameEnd, behind) : startOfPath(text, nameEnd, behind);
    behind = to;
    const place = start === null ? null : pathFrom(text, start, nameEnd, to);
    if (place === null || line === 0) continue;
    frames.push({
      path: place.path,
      line,
      column: column === undefined || Number(column) === 0 ? null : Number(column),
      from: place.from,
      to,
    });
    if (frames.length === maxFrames) break;
  }
  return frames;
}

/** By its ending: a program to start or a document is none. */
export function isSourceFile(path: string): boolean {
  return sourceFile.test(path);
}

function startOfQuoted(text: string, end: number, notBefore: number): number | null {
  const least = Math.max(notBefore, end - maxPathChars);
  for (let at = end - 1; at >= least; at -= 1) {
    const char = text.charAt(at);
    if (char === '"') return at + 1;
    if (char === '\n') return null;
  }
  return null;
}

/** Null: longer than a path may be. */
function startOfPath(text: string, end: number, notBefore: number): number | null {
  const least = Math.max(notBefore, end - maxPathChars);
  let start = end;
  while (start > least && isPathChar(text, start - 1)) start -= 1;
  if (start === end - maxPathChars) return null;
  return startInBrackets(text, start, least) ?? start;
}

/** Node puts places in round brackets, and folders have spaces: `at run (/home/me/my app/x.js:1:2)`. */
function startInBrackets(text: string, start: number, least: number): number | null {
  if (text.charAt(start - 1) !== ' ') return null;
  for (let at = start - 1; at >= least; at -= 1) {
    const char = text.charAt(at);
    if (char === ')' || char === '\n' || char === '"') return null;
    if (char === '(') {
      const opens = text.charAt(at + 1) === '/' || drive.test(text.slice(at + 1, at + 4)) || text.startsWith('file://', at + 1);
      return opens ? at + 1 : null;
    }
  }
  return null;
}

/** Round and square brackets are parts of a path only as names of whole folders, as web frameworks have them: `/app/(shop)/[id]/page.tsx`. */
function isPathChar(text: string, at: number): boolean {
  const char = text.charAt(at);
  if (char === '(' || char === '[') return isSlash(text.charAt(at - 1));
  if (char === ')' || char === ']') return isSlash(text.charAt(at + 1));
  return !/[\s"'`<>|;,{}=*?\0]/.test(char);
}

function isSlash(char: string): boolean {
  return char === '/' || char === '\\';
}

function pathFrom(text: string, start: number, end: number, to: number): { readonly path: string; readonly from: number } | null {
  const written = text.slice(start, end);
  const named = withoutScheme(written);
  if (named === null) return null;
  const path = jvm.test(named) && !/[\\/]/.test(named) ? jvmPath(text, start, named, to) : named;
  if (path === null || !/[\\/]/.test(path.slice(0, -1)) || !isOrdinary(path)) return null;
  return { path, from: end - (named === written || written.endsWith(named) ? named.length : written.length) };
}

/** `error:/app/x.ts` is a path behind a word, `https://x.pl` none; null: none. */
function withoutScheme(written: string): string | null {
  if (written.startsWith('file://')) return decoded(written.slice('file://'.length));
  if (written.startsWith('//') || scheme.test(written) || written.includes('://')) return null;
  const colon = written.lastIndexOf(':');
  if (colon === -1) return written;
  return colon === 1 && drive.test(written) ? written : written.slice(colon + 1);
}

function decoded(path: string): string | null {
  const plain = /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
  if (!plain.includes('%')) return plain;
  try {
    return decodeURIComponent(plain);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** `at shop.Stock.take(Stock.java:41)`: the folders are in the name of the class, in front of the bracket. */
function jvmPath(text: string, start: number, file: string, to: number): string | null {
  if (text.charAt(start - 1) !== '(' || text.charAt(to) !== ')') return null;
  const least = Math.max(0, start - 1 - maxPathChars);
  let from = start - 1;
  while (from > least && /[\w$.<>/@-]/.test(text.charAt(from - 1))) from -= 1;
  const qualified = text.slice(from, start - 1);
  const packages = qualified
    .slice(qualified.lastIndexOf('/') + 1)
    .split('.')
    .slice(0, -2);
  return packages.length === 0 || packages.includes('') ? null : [...packages, file].join('/');
}

function isOrdinary(path: string): boolean {
  return !forbidden.test(path) && !path.startsWith('-') && !path.split(/[\\/]/).includes('..');
}

/** A folder of the host that a container sees as another. */
export interface PathMount {
  readonly source: string;
  readonly target: string;
}

/** A path of the host, and the folder of the host it must stay within once links are followed. */
export interface MappedPath {
  readonly path: string;
  readonly within: string;
}

/** Path on the host of a path in a container, through the bind mount with the longest target; null: none holds it, or it is no plain absolute path. */
export function mapContainerPath(path: string, mounts: readonly PathMount[]): string | null {
  return findMappedPath(path, mounts)?.path ?? null;
}

/** The same with the source of the mount. Mounts whose source is no absolute path (named volumes) hold nothing. */
export function findMappedPath(path: string, mounts: readonly PathMount[]): MappedPath | null {
  const inside = segmentsOf(path);
  if (inside === null) return null;
  let best: { readonly source: string; readonly depth: number } | null = null;
  for (const { source, target } of mounts) {
    const targeted = segmentsOf(target);
    if (targeted === null || !(source.startsWith('/') || drive.test(source)) || forbidden.test(source)) continue;
    const holds = targeted.length <= inside.length && targeted.every((segment, index) => segment === inside[index]);
    if (holds && (best === null || targeted.length > best.depth)) best = { source, depth: targeted.length };
  }
  if (best === null) return null;
  const rest = inside.slice(best.depth);
  const within = best.source.length > 1 ? best.source.replace(/[\\/]$/, '') : best.source;
  return { path: rest.length === 0 ? within : `${within === '/' ? '' : within}/${rest.join('/')}`, within };
}

/** Null: not absolute, with `..`, control or format characters. */
function segmentsOf(path: string): readonly string[] | null {
  if (!path.startsWith('/') || forbidden.test(path)) return null;
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.includes('..') ? null : segments;
}
