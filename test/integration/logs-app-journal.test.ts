import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type LogsApp, startLogsApp, waitForTexts, writeLogSettings } from '../helpers/logs-app';
import { plantedIn, plantedLines } from '../helpers/planted-secrets';
import { type PrivateJournal, startPrivateJournal, whyNoPrivateJournal } from '../helpers/private-journal';
import { temporaryDirectory } from '../helpers/temporary-directory';

const reason = whyNoPrivateJournal();
if (reason !== null)
  console.warn(`SKIPPED: the whole app on a real journal: ${reason}; enable it: run as root on Linux with systemd installed`);

describe.skipIf(reason !== null)('a real journal through the whole app', () => {
  let journal: PrivateJournal;
  const log = (text: string, priority = 'info') => journal.run('systemd-cat', ['-p', priority, '-t', 'logscope-app'], text);

  beforeAll(async () => {
    journal = await startPrivateJournal();
  });
  afterAll(() => journal.stop());

  async function start(dataDirectory: string): Promise<LogsApp> {
    const app = await startLogsApp({ dataDirectory });
    onTestFinished(() => app.stop());
    await app.ask('readings.latest', null);
    return app;
  }

  /** The app finds this journalctl first; it looks at our journal. */
  function useOwnJournal(): void {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'journalctl'), `#!/bin/sh\nexec ${journal.inside.join(' ')} /usr/bin/journalctl "$@"\n`);
    chmodSync(join(folder, 'journalctl'), 0o755);
    const { PATH } = process.env;
    process.env.PATH = `${folder}:${PATH}`;
    onTestFinished(() => {
      process.env.PATH = PATH;
    });
  }

  it('keeps every entry once, what was written while the app was down too, and no secret', async () => {
    useOwnJournal();
    const data = temporaryDirectory();
    writeLogSettings(data);
    const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `entry ${from + index}`);
    const write = (from: number, to: number) => log(`${numbers(from, to).join('\n')}\n`);
    let app = await start(data);
    // Of what was there before the first start ever only the newest are read.
    log('watched\n');
    await waitForTexts(app, '"watched"', 1);
    write(1, 200);
    await waitForTexts(app, '"entry 200"', 1);
    for (const [round, signal] of (['SIGTERM', 'SIGKILL', 'SIGKILL'] as const).entries()) {
      const from = 201 + round * 200;
      write(from, from + 99);
      // In the middle of reading them, or not: what is missing is read after the start.
      await app.stop(signal);
      write(from + 100, from + 199);
      app = await start(data);
    }
    log(`${plantedLines.join('\n')}\n`, 'err');
    write(801, 801);
    await waitForTexts(app, '"entry 801"', 1);
    const texts = (await app.search('source:logscope-app')).records.map(({ text }) => text).toReversed();
    expect(texts.filter((text) => text.startsWith('entry'))).toEqual(numbers(1, 801));
    expect(texts.filter((text) => text.includes('[masked:')).length).toBeGreaterThanOrEqual(5);
    const { origins } = await app.search('source:logscope-app', 1);
    expect(Object.values(origins)).toEqual([{ key: 'journal/logscope-app', sourceKind: 'journal', name: 'logscope-app', kind: 'event' }]);
    expect(plantedIn([...app.heard, ...app.answered].join('\n'))).toEqual([]);
  });
});
