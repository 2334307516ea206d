import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogsCollector } from '../../src-main/logs/collector';
import type { JournalCommand } from '../../src-main/logs/tails/journal';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import type { ContainerFeed } from '../../src-main/platform/container-engine';
import { systemSpawnLines } from '../../src-main/platform/spawn-lines';
import { dataOf, never } from '../helpers/container-parts';
import { openKeeper } from '../helpers/log-keeper-parts';
import { ownJournalReaders, type PrivateJournal, startPrivateJournal, whyNoPrivateJournal } from '../helpers/private-journal';
import { waitFor } from '../helpers/wait-for';

const reason = whyNoPrivateJournal();
if (reason !== null) console.warn(`SKIPPED: error lines of a real journal: ${reason}`);

const noContainers: ContainerFeed = {
  subscribe: () => () => undefined,
  openLogs: () => Promise.reject(new Error('no containers here')),
};

describe.skipIf(reason !== null)('error lines of a real journal', () => {
  let journal: PrivateJournal;
  const log = (priority: string, text: Buffer | string) => journal.run('systemd-cat', ['-p', priority, '-t', 'logscope-test'], text);
  const open = (program: JournalCommand = [...journal.inside, 'journalctl']) =>
    createLogsCollector({
      containerFeed: noContainers,
      spawnLines: systemSpawnLines,
      clock: systemClock,
      timers: systemTimers,
      keywords: () => [],
      journal: program,
      pods: null,
      keeper: openKeeper(),
    });
  const ours = async (logs: ReturnType<typeof open>) =>
    (await dataOf(logs.collect(never))).newestErrors.filter(({ source }) => source === 'logscope-test').toReversed();

  beforeAll(async () => {
    journal = await startPrivateJournal();
  });
  afterAll(() => journal.stop());

  it('keeps priority err and worse, with the word of the filter or the priority', async () => {
    log('err', 'disk on fire\n');
    log('info', 'all is well, no error\n');
    log('crit', 'failed to start <b>\u202e\n');
    log('err', Buffer.from([0x62, 0x61, 0x64, 0x20, 0xff, 0xfe, 0x1b, 0x5b, 0x6d, 0x0a]));
    const logs = open();
    const errors = await waitFor(async () => ((await ours(logs)).length >= 3 ? await ours(logs) : null), {
      timeoutMs: 10_000,
      what: 'entries',
    });
    expect(errors.map(({ text, keyword }) => [text, keyword])).toEqual([
      ['disk on fire', 'priority err'],
      ['failed to start <b>\u202e', 'priority crit'],
      ['bad \ufffd\ufffd\u001b[m', 'priority err'],
    ]);
    expect(errors[0]).toMatchObject({ sourceKind: 'journal', sourceId: 'logscope-test', cutBytes: 0 });
    expect((await dataOf(logs.collect(never))).sources).toEqual([
      expect.objectContaining({ id: 'journal', state: 'following', detail: null }),
    ]);
    await logs.close();
  });

  it('loses and repeats nothing when the reader is killed', async () => {
    const logs = open();
    log('err', 'before the kill\n');
    await waitFor(async () => (await ours(logs)).some(({ text }) => text === 'before the kill'), { timeoutMs: 10_000, what: 'the first' });
    for (const pid of ownJournalReaders()) process.kill(pid, 'SIGKILL');
    log('err', 'while it was dead\n');
    await waitFor(async () => (await ours(logs)).at(-1)?.text === 'while it was dead', { timeoutMs: 10_000, what: 'the second' });
    log('err', 'afterwards\n');
    await waitFor(async () => (await ours(logs)).at(-1)?.text === 'afterwards', { timeoutMs: 10_000, what: 'the third' });
    const texts = (await ours(logs)).map(({ text }) => text);
    expect(texts.slice(-3)).toEqual(['before the kill', 'while it was dead', 'afterwards']);
    expect(new Set(texts).size).toBe(texts.length);
    await logs.close();
    await waitFor(() => ownJournalReaders().length === 0, { timeoutMs: 5_000, what: 'the reader to end' });
  });

  it('stays ok and says what is missing where there is no journalctl', async () => {
    const logs = open(['/nonexistent/journalctl']);
    const source = await waitFor(
      async () => {
        const [found] = (await dataOf(logs.collect(never))).sources;
        return found?.state === 'unavailable' ? found : null;
      },
      { timeoutMs: 5_000, what: 'the verdict' },
    );
    expect(source.detail).toMatch(/no journalctl/);
    await logs.close();
  });
});
