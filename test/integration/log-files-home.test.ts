import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { directoryOnDisk } from '../helpers/followed-files';
import { keptErrors, openKeeper } from '../helpers/log-keeper-parts';
import { waitFor } from '../helpers/wait-for';

it('follows a file that a person names by their home folder', async () => {
  const home = directoryOnDisk();
  vi.stubEnv('HOME', home);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  writeFileSync(join(home, 'app.log'), '');
  const keeper = openKeeper({ files: true, settings: { files: [{ pattern: '~/*.log', kind: 'event' }] } });
  onTestFinished(() => keeper.close());
  await waitFor(async () => (await keeper.ask('digest', { since: -1 })).fileSources.some(({ state }) => state === 'following'), {
    timeoutMs: 5_000,
    what: 'the file',
  });
  appendFileSync(join(home, 'app.log'), 'ERROR at home\n');
  const errors = await waitFor(
    async () => {
      const kept = await keptErrors(keeper);
      return kept.length > 0 && kept;
    },
    { timeoutMs: 5_000, what: 'the line' },
  );
  expect(errors.map(({ text }) => text)).toEqual(['ERROR at home']);
});
