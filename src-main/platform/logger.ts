import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import buildRollingFile from 'pino-roll';
import { createTextMask, maskStrings } from '../../src-shared/redact/mask-values';
import { createSecretHash } from './secret-hash';

/** LogScope's own log: for whoever looks why LogScope misbehaves. Never command lines, log text or tokens of others. */
export interface Logger {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/** More lines than this do not wait for a disk that takes none; those beyond are counted. */
const mostWaitingBytes = 256 * 1024;

/** Rolling files `logs/logscope.N.log` under the data directory, 5 MB each, four kept. */
export async function openFileLogger(dataDirectory: string): Promise<Logger> {
  const directory = join(dataDirectory, 'logs');
  mkdirSync(directory, { recursive: true });
  const stream = await buildRollingFile({
    file: join(directory, 'logscope'),
    extension: '.log',
    size: '5m',
    limit: { count: 3 },
    maxLength: mostWaitingBytes,
  });
  const log = pino({ level: 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  // Errors of others quote what they were about: addresses with passwords, command lines.
  const mask = createTextMask({ hash: createSecretHash() });
  let isClosed = false;
  let lostCount = 0;
  // On a full disk a stream that nobody listens to would end the whole process. What could not be written is tried again with the next line.
  stream.on('error', () => undefined);
  stream.on('drop', () => {
    lostCount += 1;
  });
  stream.on('write', () => {
    if (lostCount === 0 || isClosed) return;
    const count = lostCount;
    lostCount = 0;
    log.warn({ count }, 'lines of this log were lost: they could not be written');
  });
  // What fails after the end of LogScope has nowhere to be written, and a closed stream throws at whoever tells of it.
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, details: Readonly<Record<string, unknown>> = {}): void => {
      if (!isClosed) log[level](maskStrings(details, mask), message);
    };
  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close() {
      isClosed = true;
      stream.end();
    },
  };
}

export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined, close: () => undefined };
