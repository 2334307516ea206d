import { findSecrets } from '../../../src-shared/redact/find-secrets';
import type { SecretKind } from '../../../src-shared/redact/secret-kinds';

/** Readings of a command line. Each is linear: the text comes from outside and may be long. */

/** Long enough for every script given on a command line, short enough for every cycle. */
const lookedAtLength = 8_192;

export function headOf(command: string): string {
  return command.length > lookedAtLength ? command.slice(0, lookedAtLength) : command;
}

const fetched =
  /\b(?:curl|wget|fetch|aria2c)\b[^|;&]{0,500}\|\s{0,9}(?:sudo\s{1,9}(?:-\S{1,9}\s{1,9})?)?(?:\S{0,99}\/)?(?:ba|z|da|k|a)?sh\b|\b(?:curl|wget)\b[^|;&]{0,500}\|\s{0,9}(?:\S{0,99}\/)?(?:python[\d.]*|perl|ruby|node)\b/;
const substituted = /(?:\beval\b|(?:ba|z|k)?sh\s{1,9}-c|<)\s{0,9}["']?(?:\$|<)?\(\s{0,9}(?:curl|wget)\b/;
const decoded = /\bbase64\s{1,9}(?:-d|-D|--decode)\b[^|;&]{0,500}\|\s{0,9}(?:\S{0,99}\/)?(?:(?:ba|z|da|k)?sh|python[\d.]*|perl)\b/;
const encodedCode = /\bexec\(.{0,200}\b(?:b64decode|decompress|fromhex)\b|\beval\(.{0,200}\b(?:base64_decode|atob|unhexlify|gzinflate)\b/s;
const encodedCommand = /(?:^|\s)[-/]e(?:nc|ncodedcommand)?\s{1,9}[A-Za-z0-9+/=]{40,}/i;

/** The piece of a shell's command line that fetches or decodes what it then runs; null: none. */
export function fetchAndRunPart(command: string, isPowerShell: boolean): string | null {
  const text = headOf(command);
  const found =
    fetched.exec(text) ??
    substituted.exec(text) ??
    decoded.exec(text) ??
    encodedCode.exec(text) ??
    (isPowerShell ? encodedCommand.exec(text) : null);
  return found === null ? null : shortened(found[0].trim());
}

/** Stands where a secret would: a variable, a file, a mask, an example, a number of things. */
const placeholder =
  /^(?:$|-|[*xX•.]+$|\$|%|<|\{|\/|\.\.?\/|~|@|file:|env:|true$|false$|none$|null$|yes$|no$|\d{1,3}$|changeme|your[-_]|example|redacted|test$|password$|secret$|token$|postgres$|root$)/i;

/** Long numbers on a command line are ids far more often than cards. */
const numberKinds: ReadonlySet<SecretKind> = new Set(['card', 'iban', 'email']);

/** What on a command line looks like a secret, named by its option; never the secret. Null: nothing. */
export function secretOnCommandLine(command: string): string | null {
  const text = headOf(command).replaceAll('\0', ' ');
  for (const { kind, start, end, contextStart } of findSecrets(text)) {
    const value = text.slice(start, end);
    if (value.length < 4 || placeholder.test(value) || numberKinds.has(kind)) continue;
    if (kind === 'url-password') return 'user:…@';
    return contextStart === start ? 'access key' : nameAt(text, contextStart);
  }
  return null;
}

/** The option, variable or header that holds what is at `index`. */
function nameAt(text: string, index: number): string {
  let start = index;
  while (start > 0 && index - start < 40 && /[\w.-]/.test(text.charAt(start - 1))) start -= 1;
  return /^[\w.-]{1,80}/.exec(text.slice(start))?.[0] ?? 'access key';
}

export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
