/** Parts of names whose values are secret: of variables, options, fields and headers. Source of a regular expression, any case. */
export const secretNameWords =
  'requirepass|passw(?:or)?d|passphrase|passcode|pwd|pass|psk|secret|token|jwt|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key|master[_-]?key|service[_-]?key|credentials?|x-amz-signature|x-amz-credential|sessionid|session[_-]id|sessid|connect\\.sid|비밀번호|암호';

/** Lower-case beginnings of those words, none of which begins another. */
export const secretNameKeywords: readonly string[] = [
  'pass',
  'pwd',
  'psk',
  'secret',
  'token',
  'jwt',
  'apikey',
  'api-key',
  'api_key',
  'accesskey',
  'access-key',
  'access_key',
  'private-key',
  'private_key',
  'privatekey',
  'account-key',
  'account_key',
  'accountkey',
  'auth-key',
  'auth_key',
  'authkey',
  'encryption',
  'signing',
  'master-key',
  'master_key',
  'masterkey',
  'service-key',
  'service_key',
  'servicekey',
  'credential',
  'x-amz-signature',
  'sessionid',
  'session-id',
  'session_id',
  'sessid',
  'connect.sid',
  '비밀번호',
  '암호',
];

/** What such a word is part of without being a secret: what follows it in the name ("password_file", "tokens", "secretName"). */
export const harmlessNameEnd =
  /^(?:[-_.]?(?:type|types|count|counts|name|names|length|len|size|limit|limits|policy|age|expir\w{0,6}|ttl|file|files|filename|path|dir|required|enabled|url|uri|endpoint|usage|used|version|seconds|ms|method|status|state|errors?|attempts?|class|provider|manager|reset|change|changed|hint|prompt|issuer|audience|scopes?|budget|index|idx|kind|ref|rotation|store|stdin|fd|per\w{0,8}|ize[rd]?|izers?|izing|ization|ive|age|ed|er|es|port|ing|through|enger|engers|ion|able|s[-_](?:per|used|total|left|count|in|out)\w{0,12}))$/i;

/** Stands where a secret would: a variable, an example, nothing, a mask. */
const placeholder =
  /^(?:[*•.x#?-]+|\$\{.*|\$\(.*|\$[A-Z_][A-Z0-9_]*|%[A-Za-z0-9_]*%?|%\(?\w*\)?[sdv]|\{\{.*|<[^>]*>?|true|false|none|null|nil|undefined|empty|unset|yes|no|n\/a|required|optional|missing|invalid|incorrect|expired|redacted|\[?redacted\]?|\[?filtered\]?|hidden|masked|omitted|string|bool|int|changed|accepted|failed|\[masked:[a-z-]+:[0-9a-f]+\])$/i;

/** A value that tells nothing, so that masking it would only hide what a reader needs. */
export function isPlaceholder(value: string): boolean {
  return value.length <= 200 && placeholder.test(value);
}

/** Words short enough to be the end of others ("bypass", "compass") count only where a name begins or at a camel-case border. */
const needsBorder = /^(?:pass|pwd|psk|token|jwt)$/i;

export function standsInName(text: string, index: number, word: string): boolean {
  if (!needsBorder.test(word)) return true;
  const before = text.charAt(index - 1);
  if (!/[A-Za-z]/.test(before)) return true;
  if (/[a-z]/.test(before) && /[A-Z]/.test(word.charAt(0))) return true;
  if (
    /^(?:token|pwd)$/i.test(word) &&
    /(?:auth|access|refresh|csrf|bot|id|db|user|my|root|admin|pg|mysql)$/i.test(text.slice(Math.max(0, index - 7), index))
  )
    return true;
  return (
    (before === 'm' && /\u001b\[[\d;]{0,12}m$/.test(text.slice(Math.max(0, index - 15), index))) ||
    (text.charAt(index - 2) === '\\' && 'nrt'.includes(before))
  );
}

const namePart = new RegExp(`(${secretNameWords})([\\w.-]{0,40})`, 'gi');
const variableOfKey = /(?:^|_)KEY$/;

/** Whether what has this name (a variable, an option, a field) is secret whatever it looks like. */
export function isSecretName(name: string): boolean {
  if (variableOfKey.test(name)) return true;
  for (const { 1: word = '', 2: rest = '', index } of name.matchAll(namePart)) {
    if (!harmlessNameEnd.test(rest) && standsInName(name, index, word)) return true;
  }
  return false;
}
