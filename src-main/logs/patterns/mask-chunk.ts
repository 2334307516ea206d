/** Units that belong to the number before them, so that `93.0 B` and `4 KB` are one kind of value. */
const sizeUnits = new Set('B KB kB MB GB TB PB KiB MiB GiB TiB byte bytes Bytes bits kb mb gb K M G T k'.split(' '));
const durationUnits = new Set(
  'ns us µs ms s m h d sec secs msec msecs second seconds millisecond milliseconds microseconds min mins minute minutes hour hours day days'.split(
    ' ',
  ),
);
const longestUnit = 12;
const sourceFile = /\.(?:java|c|cc|cpp|h|hpp|py|go|rs|js|ts|rb|php|scala|kt|cs|mm?|swift|pl)$/;
const address = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const uuidLength = 36;
const uuid = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const numeric = /^[+-]?\d[\d.,]*%?$/;
const unitGlued = /^[+-]?\d[\d.,]*([a-zA-Zµ]{1,12})(?:\/s)?$/;
const clock = /^(?:\d{4}-\d\d-\d\dT)?\d{1,4}(?::\d\d){1,2}(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?$/;
const date = /^(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{4})(?:[T:]\d.*)?$/;
const colonHex = /^[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,15}(?:%\w+)?$/;
const hostName = /^[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+$/;
const digits = /\d/;
/** Names that end in a digit and are no numbered things. */
const names =
  /^(?:ip-?v[46]|socks[45]a?|md5|sha-?(?:1|224|256|384|512)|utf-?(?:8|16|32)|base(?:32|64)|nat64|x86(?:_64)?|amd64|arm64|aarch64|i[3-6]86|[iu]?int(?:8|16|32|64)|ext[234]|http2?|h26[45]|mp[34]|log4j2?|oauth2|tlsv?1|sslv[23]|x\.?509|k8s|s3|ec2|win32|win64|utf8mb4|iso8601|rfc\d{3,4})$/i;

/** Mask of the unit that a number is followed by; null: none. */
export function maskOfUnit(word: string): '<size>' | '<duration>' | null {
  if (word.length > longestUnit) return null;
  return sizeUnits.has(word) ? '<size>' : durationUnits.has(word) ? '<duration>' : null;
}

/** A chunk that holds a digit or a slash, its variable parts replaced by typed masks. Linear in its length. */
export function maskChunk(chunk: string): string {
  if (isAllDigits(chunk)) return '<num>';
  let end = chunk.length;
  while (end > 1 && '.:!?*'.includes(chunk.charAt(end - 1))) end -= 1;
  const tail = chunk.slice(end);
  const body = tail === '' ? chunk : chunk.slice(0, end);
  return maskBody(body) + tail;
}

function maskBody(body: string): string {
  if (numeric.test(body)) return address.test(body) ? '<ip>' : '<num>';
  if (body.includes('://')) return '<url>';
  if (body.includes('/') || body.includes('\\')) return maskSlashed(body);
  return maskPieces(body);
}

function maskSlashed(body: string): string {
  if (body.includes('\\')) return body.length > 1 && /[^\\]/.test(body) ? '<path>' : body;
  if (date.test(body)) return '<time>';
  const first = body.charCodeAt(0);
  if (first === 47) {
    if (body.length === 1) return body;
    const rest = body.slice(1);
    // Java writes an address without a name as /10.0.0.1:80.
    if (!rest.includes('/') && address.test(rest.split(':', 1)[0] ?? '')) return `/${maskPieces(rest)}`;
    return /[a-zA-Z0-9]/.test(rest) ? '<path>' : body;
  }
  if (body.startsWith('./') || body.startsWith('../') || body.startsWith('~/')) return '<path>';
  if (!digits.test(body)) return body;
  const parts = body.split('/');
  return parts.length > 2 ? '<path>' : parts.map((part) => (digits.test(part) ? maskPieces(part) : part)).join('/');
}

function maskPieces(body: string): string {
  // `enable......1` of tables filled with dots.
  if (body.includes('..')) return body.replace(/[^.]+(?:\.[^.]+)*/g, (piece) => (digits.test(piece) ? maskPieces(piece) : piece));
  // What an expression needs is looked for first: most chunks are a word and a number.
  if (isDigit(body.charCodeAt(0)) && (clock.test(body) || date.test(body))) return '<time>';
  if (body.length === uuidLength && uuid.test(body)) return '<uuid>';
  const colon = body.lastIndexOf(':');
  if (colon !== -1 && colonHex.test(body)) return '<mac>';
  if (colon > 0 && /^\d{1,5}$/.test(body.slice(colon + 1))) {
    const name = body.slice(0, colon);
    if (hostName.test(name) && !sourceFile.test(name)) return address.test(name) ? '<ip>:<num>' : '<host>:<num>';
  }
  if (colon === -1 && !body.includes('@') && !body.includes('#')) return maskPiece(body);
  return body.replace(/[^:@#]+/g, maskPiece);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAllDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigit(text.charCodeAt(at))) return false;
  return text !== '';
}

function maskPiece(piece: string): string {
  if (!digits.test(piece)) return piece;
  if (numeric.test(piece)) return address.test(piece) ? '<ip>' : '<num>';
  if (names.test(piece)) return piece;
  if (piece.startsWith('0x') || piece.startsWith('0X')) return '<hex>';
  const unit = unitGlued.exec(piece)?.[1];
  return (unit && maskOfUnit(unit)) || '<id>';
}
