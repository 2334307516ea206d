import { expressionDetector, isMixed, leftBorder } from './expression-detector';
import type { SecretDetector } from './secret-kinds';
import { isPlaceholder, secretNameKeywords, secretNameWords } from './secret-names';

const isNoPlaceholder = (secret: string): boolean => !isPlaceholder(secret);
/** What stands between the name of a header and its value, in headers, JSON, tuples and maps. */
const headerSign = String.raw`\\{0,3}["']?[ \t]{0,4}(?:=>|[:=,])[ \t]{0,4}\[?[bu]?\\{0,3}["']?`;
const credentials = String.raw`[^ \t\r\n\0"'\\,;<>]+`;
const cookiePair = String.raw`[^ \t\r\n\0"'\\=;,]{1,128}=[^ \t\r\n\0"'\\;,]*`;

export const headerDetectors: readonly SecretDetector[] = [
  expressionDetector(
    'bearer',
    ['authorization'],
    `authorization${headerSign}(?:bearer|token|apikey|negotiate|ntlm) {1,4}(${credentials})`,
    isNoPlaceholder,
    'i',
  ),
  expressionDetector('basic', ['authorization'], `authorization${headerSign}basic {1,4}(${credentials})`, isNoPlaceholder, 'i'),
  // Digest, AWS4-HMAC-SHA256 and the like: what proves the knowledge of the secret.
  expressionDetector(
    'bearer',
    ['signature=', 'response='],
    String.raw`authorization[^\r\n]{0,600}?(?:signature|response)=["']?(${credentials})`,
    isNoPlaceholder,
    'i',
  ),
  // A header without a known scheme.
  expressionDetector(
    'bearer',
    ['authorization'],
    `authorization${headerSign}(?!(?:bearer|basic|token|digest|negotiate|ntlm|apikey|aws4)\\b)([A-Za-z0-9+/=_.~-]{16,})`,
    isMixed,
    'i',
  ),
  expressionDetector('bearer', ['bearer'], `${leftBorder}bearer {1,4}([A-Za-z0-9._~+/=-]{16,})`, isMixed, 'i'),
  expressionDetector('basic', ['basic'], `${leftBorder}basic {1,4}([A-Za-z0-9+/]{11,}={0,2})(?![A-Za-z0-9+/_-])`, isBasic, 'i'),
  expressionDetector(
    'cookie',
    ['cookie'],
    `set-cookie2?${headerSign}[^ \\t\\r\\n\\0"'\\\\=;,]{1,128}=([^ \\t\\r\\n\\0"'\\\\;,]+)`,
    isNoPlaceholder,
    'i',
  ),
  expressionDetector('cookie', ['cookie'], `(?<!set-)cookies?${headerSign}(${cookiePair}(?:; ?${cookiePair})*)`, isNoPlaceholder, 'i'),
  expressionDetector('url-password', ['://'], `:\\/\\/[^ \\t\\r\\n\\0:/?#@"'<>]{0,256}:([^ \\t\\r\\n\\0"'<>/]+)(?=@)`, isNoPlaceholder),
  expressionDetector('url-password', ['://'], `:\\/\\/([A-Za-z0-9_.-]{20,256})(?=@)`, isMixed),
  expressionDetector(
    'url-password',
    ['@tcp(', '@unix('],
    `${leftBorder}[\\w.-]{1,64}:([^ \\t\\r\\n\\0"'@]{1,256})(?=@(?:tcp|unix)\\()`,
    isNoPlaceholder,
  ),
  expressionDetector(
    'azure',
    ['accountkey=', 'sharedaccesskey='],
    '(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{20,}={0,2})',
    undefined,
    'i',
  ),
  expressionDetector('npm', ['_auth'], '_auth(?:Token)?[ ]?=[ ]?"?([A-Za-z0-9+/=_.-]{8,})', isNoPlaceholder, 'i'),
  expressionDetector('password', secretNameKeywords, `<(?:[\\w.:-]{0,40}?(?:${secretNameWords}))>([^<\\r\\n]+)`, isNoPlaceholder, 'i'),
  expressionDetector(
    'password',
    ['identified by', 'identified with'],
    `identified (?:by|with [\\w"']{1,40} (?:by|as))(?: password)? ["']([^"'\\r\\n]+)`,
    isNoPlaceholder,
    'i',
  ),
  expressionDetector(
    'password',
    ['with password', 'encrypted password', 'password '],
    `(?:with|encrypted) password (?:is )?["']([^"'\\r\\n]+)`,
    isNoPlaceholder,
    'i',
  ),
  expressionDetector(
    'password',
    ['curl'],
    `\\bcurl\\b[^\\r\\n|;]{0,200}? (?:-u|--user)[ =]?["']?[^ \\t:"'@/]{1,64}:([^ \\t\\r\\n"']+)`,
    isNoPlaceholder,
  ),
  expressionDetector(
    'password',
    ['mysql', 'mariadb', 'sshpass'],
    `\\b(?:mysql\\w{0,10}|mariadb\\w{0,10}|sshpass)\\b[^\\r\\n|;]{0,200}? -p["']?([^ \\t\\r\\n"'-][^ \\t\\r\\n"']*)`,
    isNoPlaceholder,
  ),
];

/** base64 of "user:password". */
function isBasic(secret: string): boolean {
  return secret.length % 4 === 0 && (/[=\d+/]/.test(secret) || /[a-z][A-Z]/.test(secret));
}
