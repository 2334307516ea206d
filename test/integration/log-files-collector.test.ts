import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createLogsCollector } from '../../src-main/logs/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemSpawnLines } from '../../src-main/platform/spawn-lines';
import { dataOf, never } from '../helpers/container-parts';
import { directoryOnDisk } from '../helpers/followed-files';
import { waitFor } from '../helpers/wait-for';

it('shows new error lines of a followed file, not those it held before', async () => {
  const path = join(directoryOnDisk(), 'app.log');
  writeFileSync(path, 'error of yesterday\n');
  const logs = createLogsCollector({
    containerFeed: { subscribe: () => () => undefined, openLogs: () => Promise.reject(new Error('no containers here')) },
    spawnLines: systemSpawnLines,
    clock: systemClock,
    keywords: () => ['error'],
    journal: null,
    files: { etc: '/etc', patterns: () => [{ pattern: path, kind: 'event' }] },
  });
  onTestFinished(() => logs.close());
  const facts = () => dataOf(logs.collect(never));
  await waitFor(async () => (await facts()).sources[0]?.state === 'following', { what: 'the source', timeoutMs: 5_000 });
  appendFileSync(path, 'all is well\nan error of today\n');
  const errors = await waitFor(async () => (await facts()).newestErrors.length > 0 && (await facts()).newestErrors, {
    what: 'the line',
    timeoutMs: 5_000,
  });
  expect(errors).toMatchObject([{ source: path, sourceKind: 'file', sourceId: path, text: 'an error of today', keyword: 'error' }]);
});
