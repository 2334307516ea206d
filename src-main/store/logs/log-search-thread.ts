import { parentPort, workerData } from 'node:worker_threads';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { systemClock } from '../../platform/clock';
import { answerQuestion } from './log-questions';
import { runScan } from './run-scan';
import type { SearchReply, SearchRequest, SearchThreadData } from './search-messages';
import { createSegmentShelf } from './segment-shelf';

/** Entry of the thread in which kept lines are searched: reads the files of segments, knows no database, and can be ended at any time. */
const port = parentPort;
if (port === null) throw new Error('log-search-thread is the entry of a worker thread');
const { directory } = workerData as SearchThreadData;
const shelf = createSegmentShelf(directory);
let origins = new Map<string, LogOrigin>();

port.on('message', (request: SearchRequest) => {
  if (request.origins !== null) origins = new Map(request.origins.map((origin) => [origin.key, origin]));
  const scope = { shelf, segments: request.segments, originOf: (key: string) => origins.get(key) ?? null };
  const answer = runScan(answerQuestion(scope, request.question), systemClock.monotonicMs);
  port.postMessage({ id: request.id, answer, damagedCount: shelf.damagedCount } satisfies SearchReply);
});
