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

const secretOption =
  /(?:^|[\s\0])(--?[a-z][a-z0-9-]{0,40}?(?:password|passwd|passphrase|secret|token|api-?key|access-?key|auth-?key|private-?key))(?:[=\s\0]+)([^\s\0]+)/gi;
const secretAssignment = /(?:^|[\s\0"'])([A-Z][A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY))=([^\s\0"']+)/g;
const plainSecretOption = /(?:^|[\s\0])(--?(?:password|passwd|passphrase|secret|token|api-?key))(?:[=\s\0]+)([^\s\0]+)/gi;
const addressWithPassword = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s\0:/@]{1,100}:([^\s\0:/@]{1,200})@/gi;
const knownSecret =
  /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20}|xox[abp]-[A-Za-z0-9-]{20,}|sk_live_[A-Za-z0-9]{20,})\b/;
/** Stands where a secret would: a variable, a file, a mask, an example, a number of things. */
const placeholder =
  /^(?:$|-|[*xX•.]+$|\$|%|<|\{|\/|\.\.?\/|~|@|file:|env:|true$|false$|none$|null$|yes$|no$|\d{1,3}$|changeme|your[-_]|example|redacted|test$|password$|secret$|token$|postgres$|root$)/i;

/** Without one of these nothing below can match; most command lines end here, at a tenth of the cost. */
const mayHoldSecret = /pass|secret|token|key|:\/\/|AKIA|gh[pousr]_|glpat-|xox[abp]-|sk_live_/i;

/** What on a command line looks like a secret, named by its option; never the secret. Null: nothing. */
export function secretOnCommandLine(command: string): string | null {
  const text = headOf(command);
  if (!mayHoldSecret.test(text)) return null;
  for (const pattern of [secretOption, plainSecretOption, secretAssignment]) {
    for (const found of text.matchAll(pattern)) {
      const [, option = '', value = ''] = found;
      if (value.length >= 4 && !placeholder.test(value.replace(/^["']/, ''))) return option;
    }
  }
  for (const [, value = ''] of text.matchAll(addressWithPassword)) {
    if (value.length >= 3 && !placeholder.test(value)) return 'user:…@';
  }
  return knownSecret.test(text) ? 'access key' : null;
}

export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
