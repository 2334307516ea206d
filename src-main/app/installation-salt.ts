import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Random, made once for each installation, for its user alone; a new one each time where it cannot be kept. */
export function readInstallationSalt(dataDirectory: string): Buffer {
  const file = join(dataDirectory, 'salt');
  const kept = readSalt(file);
  if (kept !== null) return kept;
  const salt = randomBytes(saltBytes);
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    // Exclusive: of two that start at once one makes it, the other reads it.
    writeFileSync(file, salt.toString('hex'), { mode: 0o600, flag: 'wx' });
    return salt;
  } catch (error) {
    if (!isFileProblem(error)) throw error;
    return readSalt(file) ?? salt;
  }
}

const saltBytes = 32;

function readSalt(file: string): Buffer | null {
  try {
    const salt = Buffer.from(readFileSync(file, 'latin1').trim(), 'hex');
    return salt.length === saltBytes ? salt : null;
  } catch (error) {
    if (isFileProblem(error)) return null;
    throw error;
  }
}

function isFileProblem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** 96 bits: enough to tell two values apart, too little to be worth an attack. */
export function hashWith(salt: Buffer): (text: string) => string {
  return (text) => createHmac('sha256', salt).update(text).digest('hex').slice(0, 24);
}
