const maxArguments = 64;
const longestArgument = 1_024;
const maxFiles = 20;
/** Variables by which a library is forced into a program (ld.so(8)). */
const loaderNames = ['LD_PRELOAD', 'LD_AUDIT'] as const;

export interface LoaderVariable {
  readonly name: string;
  readonly files: readonly string[];
}

/** The arguments of /proc/PID/cmdline, each ended by NUL; a program that changed its title has one. */
export function parseArguments(bytes: Buffer): readonly string[] {
  const list: string[] = [];
  let start = 0;
  while (start < bytes.length && list.length < maxArguments) {
    const found = bytes.indexOf(0, start);
    const end = found < 0 ? bytes.length : found;
    // Cut as bytes first: one argument may be megabytes long.
    list.push(bytes.toString('utf8', start, Math.min(end, start + longestArgument * 4)).slice(0, longestArgument));
    start = end + 1;
  }
  // A title that was shortened leaves its old room behind it, as empty arguments.
  while (list.at(-1) === '') list.pop();
  return list;
}

/** The loader variables in /proc/PID/environ. Nothing else of it is looked at or kept. */
export function parseLoaderVariables(bytes: Buffer): readonly LoaderVariable[] {
  const variables: LoaderVariable[] = [];
  for (const name of loaderNames) {
    const value = variableValue(bytes, `${name}=`);
    const files = value === null ? [] : fileList(value);
    if (files.length > 0) variables.push({ name, files });
  }
  return variables;
}

function variableValue(bytes: Buffer, start: string): string | null {
  for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
    if (at > 0 && bytes[at - 1] !== 0) continue;
    const end = bytes.indexOf(0, at);
    return bytes.toString('utf8', at + start.length, end < 0 ? bytes.length : end);
  }
  return null;
}

/** Separated by blanks or colons, as the loader takes them. */
function fileList(text: string): readonly string[] {
  return text
    .split(/[\s:]+/)
    .filter((file) => file !== '')
    .slice(0, maxFiles)
    .map((file) => file.slice(0, longestArgument));
}

/** The libraries of ld.so.preload: separated by white space or colons, `#` begins a comment. */
export function parsePreloadFile(text: string): readonly string[] {
  return fileList(text.replace(/#[^\n]*/g, ''));
}
