import { describe, expect, it } from 'vitest';
import { createAuth } from '../../../../src-main/web/auth';

const cookiePair = (setCookie: string | null) => setCookie?.split(';')[0] ?? '';

describe('createAuth', () => {
  it('makes a token of 256 bits, another one each time', () => {
    const token = createAuth(1).token;
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(createAuth(1).token).not.toBe(token);
  });

  it('gives a cookie that scripts and other sites cannot use, without the token in it', () => {
    const auth = createAuth(4321);
    const cookie = auth.exchange(auth.token);
    expect(cookie).toMatch(/^logscope-4321=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(cookie).not.toContain(auth.token);
  });

  it('allows only its own sessions', () => {
    const auth = createAuth(4321);
    const cookie = cookiePair(auth.exchange(auth.token));
    expect(auth.allows(cookie)).toBe(true);
    expect(auth.allows(`theme=dark; ${cookie}; x=y`)).toBe(true);
    expect(auth.allows(undefined)).toBe(false);
    expect(auth.allows(`${cookie}x`)).toBe(false);
    expect(auth.allows(`logscope-4321=${auth.token}`)).toBe(false);
    expect(auth.allows(cookie.replace('4321', '4322'))).toBe(false);
    expect(createAuth(4321).allows(cookie)).toBe(false);
  });

  it.each(['', 'x', 'x'.repeat(43), 'é'.repeat(100_000)])('refuses a wrong token (%#)', (token) => {
    expect(createAuth(1).exchange(token)).toBeNull();
  });

  it('forgets the oldest session beyond its limit', () => {
    const auth = createAuth(1);
    const first = cookiePair(auth.exchange(auth.token));
    for (let count = 0; count < 63; count += 1) auth.exchange(auth.token);
    expect(auth.allows(first)).toBe(true);
    const last = cookiePair(auth.exchange(auth.token));
    expect(auth.allows(first)).toBe(false);
    expect(auth.allows(last)).toBe(true);
  });
});
