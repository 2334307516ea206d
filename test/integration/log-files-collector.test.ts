import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { collectLogs, dataOf, never } from '../helpers/container-parts';
import { directoryOnDisk } from '../helpers/followed-files';
import { openKeeper } from '../helpers/log-keeper-parts';
import { waitFor } from '../helpers/wait-for';

const noContainers = { subscribe: () => () => undefined, openLogs: () => Promise.reject(new Error('no containers here')) };

it('shows new error lines of a followed file, neither those it held before nor calm ones nor requests', async () => {
  const folder = directoryOnDisk();
  const path = join(folder, 'app.log');
  const access = join(folder, 'access.log');
  writeFileSync(access, '');
  writeFileSync(path, 'error of yesterday\n');
  const keeper = openKeeper({
    files: true,
    settings: {
      files: [
        { pattern: path, kind: 'event' },
        { pattern: access, kind: 'access' },
      ],
    },
  });
  const logs = collectLogs(keeper, noContainers);
  onTestFinished(() => logs.close());
  const facts = () => dataOf(logs.collect(never));
  await waitFor(async () => (await facts()).sources.filter(({ state }) => state === 'following').length === 2, {
    what: 'the sources',
    timeoutMs: 5_000,
  });
  appendFileSync(access, '127.0.0.1 - - [21/Nov/2026:12:00:00 +0000] "GET /error HTTP/1.1" 500 12\n');
  appendFileSync(path, 'all is well\n10:00:00 INFO error handler registered, 0 errors\nan error of today\n');
  const errors = await waitFor(async () => (await facts()).newestErrors.length > 0 && (await facts()).newestErrors, {
    what: 'the line',
    timeoutMs: 5_000,
  });
  expect(errors).toMatchObject([{ source: path, sourceKind: 'file', sourceId: path, text: 'an error of today', keyword: 'error' }]);
});
