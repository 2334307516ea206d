import type { DetectedFormat } from '../../../src-shared/traffic/log-format';
import type { LineParser } from '../parse/line-fields';

/** A format that was decided on; `createParser` makes a fresh reader of it, since some remember lines that describe others. */
export interface KnownFormat {
  readonly detected: DetectedFormat;
  createParser(): LineParser;
}
