import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { createTextMask } from '../../src-shared/redact/mask-values';
import { LineRedactor } from '../../src-shared/redact/redactor';
import { findLogError } from '../app/errors/find-log-error';
import { createSecretHash } from '../platform/secret-hash';
import { countOf, escapeUnprintable, jsonLine } from './terminal-text';

/** As the readers of logs give them: see logs/sieve/possible-error.ts. */
interface ReadLine {
  readonly lineNumber: number | null;
  readonly bytes: Buffer;
  readonly cutBytes: number;
  readonly atMs: number | null;
}

export interface ErrorPrinter {
  /** Of lines that were cut. */
  readonly cutLineCount: number;
  /** Prints it if it is an error. */
  take(line: ReadLine): void;
  /** Waits until what was printed is on its way. */
  settle(): Promise<void>;
}

/** Prints the lines that are errors, masked; as JSON, those of a file by number, those of a container by time and text. */
export function createErrorPrinter(form: { readonly json: boolean; readonly email: boolean }, stdout: Writable): ErrorPrinter {
  const redaction = { hash: createSecretHash(), email: form.email };
  const mask = createTextMask(redaction);
  let found = '';
  let cutLineCount = 0;
  const masked = (line: string, isCut: boolean) => new LineRedactor(redaction).redact(line, isCut).text;
  return {
    get cutLineCount() {
      return cutLineCount;
    },
    take({ lineNumber, bytes, cutBytes, atMs }) {
      if (cutBytes > 0) cutLineCount += 1;
      const line = bytes.toString('utf8');
      const error = findLogError(line);
      if (error === null) return;
      if (!form.json) {
        found += `${shown(masked(line, cutBytes > 0))}${cutMark(cutBytes)}\n`;
        return;
      }
      const judgement = { level: error.level, reason: mask(error.reason.text) };
      found += jsonLine(
        lineNumber === null ? { atMs, ...judgement, text: masked(line, cutBytes > 0) } : { line: lineNumber, ...judgement },
      );
    },
    async settle() {
      const text = found;
      found = '';
      if (text !== '' && !stdout.write(text)) await once(stdout, 'drain');
    },
  };
}

/** Tabs stay: they move nothing but the next column. */
function shown(line: string): string {
  return line.split('\t').map(escapeUnprintable).join('\t');
}

function cutMark(cutBytes: number): string {
  return cutBytes === 0 ? '' : ` … (${countOf(cutBytes, 'byte')} more)`;
}
