import { createHmac, randomBytes } from 'node:crypto';

/**
 * Six hexadecimal digits of HMAC-SHA-256: enough to tell secrets of one text apart, too few to find one again even with the
 * key. Without a key given each call makes its own, which nobody ever sees.
 */
export function createSecretHash(key: Uint8Array = randomBytes(32)): (secret: string) => string {
  return (secret) => createHmac('sha256', key).update(secret).digest('hex').slice(0, 6);
}
