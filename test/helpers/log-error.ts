import type { LogError } from '../../src-shared/snapshots';

/** An error line of a container; `fields` is what the test is about. */
export function logError(fields: Partial<LogError>): LogError {
  return {
    id: 1,
    atMs: 0,
    source: 'api',
    sourceKind: 'container',
    sourceId: 'c1',
    text: '',
    keyword: 'error',
    cutBytes: 0,
    recordId: null,
    pattern: null,
    repeatCount: 1,
    isNew: false,
    level: 'error',
    maskedCount: 0,
    ...fields,
  };
}
