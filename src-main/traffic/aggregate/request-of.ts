import type { TrafficRequest } from '../../../src-shared/traffic/report';
import type { LineFields } from '../parse/line-fields';

const longestPath = 500;
const longestClient = 100;

/** The request that the fields describe, as text. */
export function requestOf(fields: LineFields): TrafficRequest {
  const bytes = Buffer.from(fields.bytes.buffer, fields.bytes.byteOffset, fields.bytes.length);
  const { methodStart, methodEnd, pathStart, clientStart } = fields;
  return {
    atMs: fields.atSecond < 0 ? null : fields.atSecond * 1000,
    method: methodEnd > methodStart ? bytes.toString('latin1', methodStart, methodEnd) : '-',
    path: bytes.toString('utf8', pathStart, Math.min(fields.pathEnd, pathStart + longestPath)),
    status: fields.status,
    timeMs: fields.timeMs < 0 ? null : fields.timeMs,
    bytes: fields.sentBytes < 0 ? null : fields.sentBytes,
    client: bytes.toString('utf8', clientStart, Math.min(fields.clientEnd, clientStart + longestClient)),
  };
}
