import { isErrorLevel, type LogLevel, type ParsedLine } from '../../../src-shared/logs/parsed-line';
import { findSecrets, namesSecret } from '../../../src-shared/redact/find-secrets';
import { mayBeWeighed, weighLine } from '../../rules/log-errors/weigh-line';
import { opensNothing, standsAlone } from '../fold/continuation';
import { maskLine } from '../patterns/mask-line';

/** What is the same for all lines of one shape. */
export interface JudgedShape {
  readonly level: LogLevel | null;
  /** Of the pattern: see `maskLine`. */
  readonly masked: string;
  /** It begins an entry, whatever stands before it. */
  readonly isHeaded: boolean;
  /** It begins an entry where the one before opens nothing. */
  readonly standsAlone: boolean;
  /** No line that stands alone belongs to it. */
  readonly opensNothing: boolean;
  /** Whether a secret stands in it hangs on its values. */
  readonly mayHoldSecret: boolean;
}

/** Numbers of cards and accounts, and what is looked at only beside them. */
const numbers = /\d{13}|\d{4}[ -]\d{4}|[A-Z]{2}\d{2}/;
/** A level that is a number; of the keys whose values ShapeScanner takes as they are, one of up to three digits is. */
const numericLevel =
  /"(?:severity|levelname|log\.level|loglevel|logLevel|log_level|severity_text|@l|PRIORITY)"\s*:\s*-?\d|"(?:level|lvl|s|Level|LEVEL)"\s*:\s*(?!\d{1,3}\s*[,}])-?\d/;

/**
 * What a line says of all lines of its shape; null: each has to be looked at. Errors and what is masked always are, and what a word of
 * failure makes of a line, for that hangs on numbers too ("0 failed").
 */
export function judgeShape(text: string, line: ParsedLine): JudgedShape | null {
  const isHeaded = line.format !== 'plain' && (line.atMs !== null || line.level !== null);
  const code = text.charCodeAt(0);
  if (code === 32 || code === 9 || text.includes('PRIVATE KEY')) return null;
  if (text.includes('{') && (text.includes('\\') || numericLevel.test(text))) return null;
  if (line.level === null ? mayBeWeighed(line.message) : isErrorLevel(line.level)) return null;
  if (findSecrets(text).length > 0) return null;
  return {
    level: weighLine(line)?.level ?? null,
    masked: maskLine(line.message),
    isHeaded,
    standsAlone: standsAlone(text),
    opensNothing: opensNothing(isHeaded ? line.message : text),
    mayHoldSecret: namesSecret(text) || numbers.test(text) || text.includes('@'),
  };
}
