import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src-main/app/create-app';
import type { Notice } from '../../src-shared/contract';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { builtFile } from '../helpers/web-built';
import { testCoreOptions } from '../helpers/web-core-options';

it('says once that history cannot be kept, and goes on without it', async () => {
  const dataDirectory = temporaryDirectory();
  // A folder where the database should be: no account can open that.
  mkdirSync(join(dataDirectory, 'logscope.db'));
  const threadUrl = pathToFileURL(await builtFile('main', 'store-thread.js'));
  const core = await createApp(
    { ...testCoreOptions(dataDirectory), store: true },
    { droppedEventCount: () => 0, storeThreadUrl: threadUrl },
  );
  onTestFinished(() => core.stop());
  const notices: Notice[] = [];
  let ownCosts = 0;
  // Each own cost follows one look at the store: after the third there were chances enough to tell it twice.
  await new Promise<void>((resolve) => {
    core.onEvent(({ event, payload }) => {
      if (event === 'notice') notices.push(payload);
      if (event === 'self' && notices.length > 0) ownCosts += 1;
      if (ownCosts === 3) resolve();
    });
  });
  expect(notices.map((notice) => notice.id)).toEqual(['store-unavailable']);
  expect(notices[0]?.text).toMatch(/logscope\.db/);
  const history = await core.handle(
    'history.range',
    { metric: 'host.memory.used', subject: '', fromMs: 0, toMs: Date.now() },
    { actionsAllowed: false },
  );
  expect(history.ok && (history.value as readonly unknown[]).length).toBeGreaterThan(0);
  // Logs are kept by the same thread, in files of their own.
  const storage = await core.handle('logs.storage', null, { actionsAllowed: false });
  expect(storage).toMatchObject({ ok: true, value: { kind: 'file', detail: null } });
});
