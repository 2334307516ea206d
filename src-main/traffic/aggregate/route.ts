const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const date = /^\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:[T_]\d{2}[-:]?\d{2}(?:[-:]?\d{2})?Z?)?$/;
const hexadecimal = /^(?:0x)?[0-9a-f]{8,}$/i;
const objectId = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const numbered = /^([A-Za-z]{1,12}[-_])\d{2,}$/;
const base64 = /^[A-Za-z0-9_\-+=]{20,}$/;
const hashedFile = /^(.{1,80}?)[.-]([0-9a-f]{8,40})(\.[a-z0-9]{1,8}(?:\.[a-z0-9]{1,8})?)$/i;
const longestSegments = 24;
const longestSegment = 120;

/** A path as a route: what names one thing among many is a placeholder. `/users/17/avatar` is `/users/:id/avatar`. */
export function routeOf(path: string): string {
  const segments = path.split('/');
  const kept = segments.length > longestSegments ? [...segments.slice(0, longestSegments), '…'] : segments;
  return kept.map(placeholderOr).join('/');
}

function placeholderOr(segment: string): string {
  if (segment.length === 0) return segment;
  if (/\d/.test(segment)) {
    // A year alone is an id like any number: both name one of many.
    if (segment.length >= 8 && segment.length <= 20 && date.test(segment) && isDate(segment)) return ':date';
    if (/^[-+]?\d+(?:\.\d+)?$/.test(segment)) return ':id';
    if (uuid.test(segment)) return ':uuid';
    if (hexadecimal.test(segment)) return ':hash';
    if (objectId.test(segment)) return ':uuid';
    const prefix = numbered.exec(segment)?.[1];
    if (prefix !== undefined) return `${prefix}:id`;
    const file = hashedFile.exec(segment);
    if (file !== null && /\d/.test(file[2] ?? '')) return `${file[1]}.:hash${file[3]}`;
  }
  if (base64.test(segment) && isToken(segment)) return ':token';
  return segment.length > longestSegment ? `${segment.slice(0, longestSegment)}…` : segment;
}

function isDate(segment: string): boolean {
  const digits = segment.replace(/\D/g, '');
  const month = Number(digits.slice(4, 6));
  const day = Number(digits.slice(6, 8));
  const year = Number(digits.slice(0, 4));
  return year >= 1970 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Words in kebab case are long too; a token mixes capitals, small letters and digits. */
function isToken(segment: string): boolean {
  const hasDigit = /\d/.test(segment);
  const mixes = /[a-z]/.test(segment) && /[A-Z]/.test(segment);
  if (hasDigit && mixes) return true;
  if (mixes) return segment.length >= 32 && !/[-_]/.test(segment);
  return hasDigit && segment.length >= 24 && (segment.match(/\d/g)?.length ?? 0) >= 6 && !/[-_].*[-_]/.test(segment);
}
