import { parentPort, workerData } from 'node:worker_threads';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { systemClock } from '../../platform/clock';
import { answerQuestion } from './log-questions';
import { isFileProblem } from './read-bytes';
import { runScan } from './run-scan';
import { sealSegment } from './seal-segment';
import type { SealReply, SealRequest, SearchReply, SearchRequest, SearchThreadData } from './search-messages';
import { createSegmentShelf } from './segment-shelf';

/**
 * Entry of the threads in which kept lines are searched and full segments compressed: they read the files of segments, know no database,
 * and can be ended at any time.
 */
const port = parentPort;
if (port === null) throw new Error('log-search-thread is the entry of a worker thread');
const { directory, task } = workerData as SearchThreadData;
const shelf = createSegmentShelf(directory);
let origins = new Map<string, LogOrigin>();

function search(request: SearchRequest): SearchReply {
  if (request.origins !== null) origins = new Map(request.origins.map((origin) => [origin.key, origin]));
  const scope = { shelf, segments: request.segments, originOf: (key: string) => origins.get(key) ?? null };
  const answer = runScan(answerQuestion(scope, request.question), systemClock.monotonicMs);
  return { id: request.id, answer, damagedCount: shelf.damagedCount };
}

async function seal({ segment }: SealRequest): Promise<SealReply> {
  try {
    return { kind: 'sealed', sealed: await sealSegment(directory, segment) };
  } catch (error) {
    if (isFileProblem(error)) return { kind: 'failed', message: error.message };
    throw error;
  }
}

port.on('message', (request: SearchRequest | SealRequest) => {
  if (task === 'search') port.postMessage(search(request as SearchRequest));
  else void seal(request as SealRequest).then((reply) => port.postMessage(reply));
});
