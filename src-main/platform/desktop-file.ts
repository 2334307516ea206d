/** What is of use in a desktop entry (freedesktop.org, Desktop Entry Specification 1.5). */
export interface DesktopFile {
  readonly name: string;
  readonly comment: string | null;
  /** Null: it has none in Korean. */
  readonly nameKorean: string | null;
  readonly commentKorean: string | null;
  /** The program it starts: a path, or a name to be looked for. */
  readonly program: string;
  readonly argumentCount: number;
  /** Not shown in menus. */
  readonly hidden: boolean;
}

const longestText = 300;

/** Null when it is no entry of an application with a program. */
export function parseDesktopFile(text: string): DesktopFile | null {
  const values = new Map<string, string>();
  let inGroup = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) {
      if (inGroup) break;
      inGroup = line.trimEnd() === '[Desktop Entry]';
      continue;
    }
    const equals = line.indexOf('=');
    if (!inGroup || equals < 0 || line.startsWith('#')) continue;
    const key = line.slice(0, equals).trim();
    if (!values.has(key)) values.set(key, line.slice(equals + 1).trim());
  }
  const words = splitExec(values.get('Exec') ?? '');
  const start = firstProgram(words);
  const name = textOf(values.get('Name'));
  const program = words[start];
  if (values.get('Type') !== 'Application' || name === null || program === undefined) return null;
  return {
    name,
    comment: textOf(values.get('Comment')),
    nameKorean: textOf(values.get('Name[ko]') ?? values.get('Name[ko_KR]')),
    commentKorean: textOf(values.get('Comment[ko]') ?? values.get('Comment[ko_KR]')),
    program,
    argumentCount: words.length - start - 1,
    hidden: values.get('NoDisplay') === 'true' || values.get('Hidden') === 'true',
  };
}

/** Behind `env -u NAME NAME=value …`. */
function firstProgram(words: readonly string[]): number {
  if (words[0] !== 'env' && words[0] !== '/usr/bin/env') return 0;
  let index = 1;
  for (let word = words[index]; word !== undefined && (word.startsWith('-') || word.includes('=')); word = words[index]) {
    index += word === '-u' || word === '-C' ? 2 : 1;
  }
  return index < words.length ? index : 0;
}

/** The words of an Exec line without its field codes (`%U`); quoting as in the specification, a backslash keeps the next letter. */
export function splitExec(exec: string): readonly string[] {
  const words: string[] = [];
  // First the escapes of every value (`\\` is one backslash), then the quotes of Exec.
  const line = exec.replaceAll('\\\\', '\\');
  for (const match of line.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s"]+)/g)) {
    const word = match[1] === undefined ? (match[2] ?? '') : match[1].replace(/\\(.)/g, '$1');
    if (!/^%[a-zA-Z]$/.test(word)) words.push(word);
  }
  return words;
}

function textOf(value: string | undefined): string | null {
  const text = value?.replace(/\\s/g, ' ').trim() ?? '';
  return text === '' ? null : text.slice(0, longestText);
}
