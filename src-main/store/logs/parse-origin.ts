import { type LogOrigin, logKinds, logSourceKinds } from '../../../src-shared/logs/log-record';
import { DamagedSegment } from './damaged-segment';

/** Throws DamagedSegment for what is no origin. */
export function parseOrigin(json: string): LogOrigin {
  return checkOrigin(parseJson(json));
}

/** Throws DamagedSegment for what is no origin. */
export function checkOrigin(value: unknown): LogOrigin {
  if (typeof value === 'object' && value !== null && 'key' in value && 'name' in value && 'kind' in value && 'sourceKind' in value) {
    const { key, name } = value;
    const kind = logKinds.find((one) => one === value.kind);
    const sourceKind = logSourceKinds.find((one) => one === value.sourceKind);
    if (typeof key === 'string' && typeof name === 'string' && kind !== undefined && sourceKind !== undefined)
      return { key, sourceKind, name, kind };
  }
  throw new DamagedSegment('no origin');
}

/** Throws DamagedSegment for what is no JSON. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) throw new DamagedSegment('no JSON');
    throw error;
  }
}

/** What a key alone tells of a source that nobody described. */
export function originFromKey(key: string): LogOrigin {
  const slash = key.indexOf('/');
  const sourceKind = logSourceKinds.find((one) => one === key.slice(0, Math.max(0, slash)));
  return { key, sourceKind: sourceKind ?? 'file', name: sourceKind === undefined ? key : key.slice(slash + 1), kind: 'event' };
}
