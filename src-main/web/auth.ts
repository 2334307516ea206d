import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Sessions kept; the oldest is forgotten, so that a script with the token cannot grow the list for ever. */
const sessionLimit = 64;

/** Who may use the door: a token for the address line, exchanged for a cookie that scripts cannot read. */
export interface Auth {
  /** 256 random bits, base64url. Good for the life of the door; travels only in a URL fragment and one POST body. */
  readonly token: string;
  /** A Set-Cookie value for the right token, null for any other. */
  exchange(token: string): string | null;
  /** True when the Cookie header carries a session of this door. */
  allows(cookieHeader: string | undefined): boolean;
}

/** `port` goes into the cookie's name: cookies do not know ports, and two doors on one machine must not sign each other out. */
export function createAuth(port: number): Auth {
  const cookieName = `logscope-${port}`;
  const token = randomBytes(32).toString('base64url');
  const tokenDigest = digest(token);
  const sessionDigests: string[] = [];

  return {
    token,
    exchange(given) {
      if (!timingSafeEqual(digest(given), tokenDigest)) return null;
      const session = randomBytes(32).toString('base64url');
      sessionDigests.push(digest(session).toString('hex'));
      if (sessionDigests.length > sessionLimit) sessionDigests.shift();
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    allows(cookieHeader) {
      return cookieValues(cookieHeader, cookieName).some((value) => sessionDigests.includes(digest(value).toString('hex')));
    },
  };
}

/** Comparing digests takes the same time whatever the given text is, and for any length. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function cookieValues(header: string | undefined, name: string): readonly string[] {
  if (header === undefined) return [];
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
