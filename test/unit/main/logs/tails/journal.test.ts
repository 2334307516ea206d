import { describe, expect, it } from 'vitest';
import { JournalTail } from '../../../../../src-main/logs/tails/journal';
import { parseJournalEntry } from '../../../../../src-main/logs/tails/journal-entry';
import type { TailLine } from '../../../../../src-main/logs/tails/tail';
import type { SpawnExit, SpawnLines, SpawnLinesOptions } from '../../../../../src-main/platform/spawn-lines';
import { sentencesIn } from '../../../../../src-shared/sentence';
import { waitFor } from '../../../../helpers/wait-for';

const entry = (fields: object) =>
  JSON.stringify({ __CURSOR: 's=1;i=1', __REALTIME_TIMESTAMP: '1795232091561520', PRIORITY: '3', MESSAGE: 'boom', ...fields });

describe('parseJournalEntry', () => {
  it('reads text and names', () => {
    expect(parseJournalEntry(entry({ _SYSTEMD_UNIT: 'nginx.service', SYSLOG_IDENTIFIER: 'nginx' }))).toEqual({
      cursor: 's=1;i=1',
      atMs: 1_795_232_091_561.52,
      source: 'nginx.service',
      priority: 'err',
      level: 'error',
      bytes: Buffer.from('boom'),
      cutBytes: 0,
      containerId: null,
    });
    expect(parseJournalEntry(entry({ PRIORITY: '2', _TRANSPORT: 'kernel' }))).toMatchObject({ source: 'kernel', priority: 'crit' });
  });

  it('reads a message of raw bytes, several messages and none', () => {
    expect(parseJournalEntry(entry({ MESSAGE: [255, 254, 27, 91, 51, 49, 109] }))?.bytes).toEqual(
      Buffer.from([255, 254, 27, 91, 51, 49, 109]),
    );
    expect(parseJournalEntry(entry({ MESSAGE: ['one', 'two'] }))?.bytes.toString()).toBe('one');
    expect(parseJournalEntry(entry({ MESSAGE: [[79, 75], 'two'] }))?.bytes.toString()).toBe('OK');
    expect(parseJournalEntry(entry({ MESSAGE: null }))?.bytes).toHaveLength(0);
  });

  it('cuts a long message at a code point', () => {
    const parsed = parseJournalEntry(entry({ MESSAGE: `a${'é'.repeat(40_000)}` }));
    expect([parsed?.bytes.length, parsed?.cutBytes]).toEqual([65_535, 80_001 - 65_535]);
  });

  it('refuses what is no entry', () => {
    for (const line of ['', 'nonsense', '{}', '[1]', '{"__CURSOR":"x","__REALTIME_TIMESTAMP":"soon"}'])
      expect(parseJournalEntry(line)).toBeNull();
  });
});

/** A journalctl that the test speaks for. */
function fakeJournal(isFollowed: (id: string) => boolean = () => false) {
  const runs: { readonly args: readonly string[]; readonly options: SpawnLinesOptions; readonly end: (exit: SpawnExit) => void }[] = [];
  const lines: TailLine[] = [];
  const spawnLines: SpawnLines = (file, args, options) => {
    expect(file).toBe('journalctl');
    return new Promise((end) => runs.push({ args, options, end }));
  };
  const tail = new JournalTail(['journalctl'], spawnLines, isFollowed, { onLine: (line) => lines.push(line) });
  const run = (count: number) => waitFor(() => runs[count - 1], { timeoutMs: 5_000, what: `run ${count} of journalctl` });
  const say = (options: SpawnLinesOptions, fields: object) => options.onLine(Buffer.from(entry(fields)), 0);
  return { tail, lines, run, runs, say };
}

const exited: SpawnExit = { kind: 'exited', exitCode: 1, errorText: '' };

// Most of their time is pauses between tries.
describe('JournalTail', { concurrent: true }, () => {
  it('hands on entries with their priority and goes on at the last cursor without repeating it', async () => {
    const { tail, lines, run, say } = fakeJournal();
    const first = await run(1);
    expect(first.args).toEqual(expect.arrayContaining(['-f', '-n', '50', '--no-pager']));
    say(first.options, { __CURSOR: 'a' });
    first.options.onLine(Buffer.from('garbage'), 0);
    first.end(exited);
    expect(
      await waitFor(() => (tail.read().state === 'retrying' ? tail.read() : null), { timeoutMs: 1000, what: 'the end to be seen' }),
    ).toMatchObject({
      detail: 'journalctl ended with code 1. 1 entries could not be read.',
      lineCount: 1,
    });
    const second = await run(2);
    expect(second.args).toEqual(expect.arrayContaining(['--no-tail', '--cursor=a']));
    say(second.options, { __CURSOR: 'a' });
    say(second.options, { __CURSOR: 'b', MESSAGE: 'next' });
    expect(lines.map(({ bytes, stated, source }) => [bytes.toString(), stated, source])).toEqual([
      ['boom', { level: 'error', word: 'priority err' }, 'unknown'],
      ['next', { level: 'error', word: 'priority err' }, 'unknown'],
    ]);
    expect(tail.read().reopenedCount).toBe(1);
    tail.close();
  });

  it('goes on by time when the journal has lost the cursor', async () => {
    const { tail, lines, run, say } = fakeJournal();
    const first = await run(1);
    say(first.options, { __CURSOR: 'a' });
    first.end({ ...exited, errorText: 'Failed to seek to cursor: Invalid argument\n' });
    const second = await run(2);
    expect(second.args).toContain('--since=@1795232091');
    say(second.options, { __CURSOR: 'new-a' });
    say(second.options, { __CURSOR: 'new-b', __REALTIME_TIMESTAMP: '1795232091561521' });
    expect(lines).toHaveLength(2);
    tail.close();
  });

  it('says calmly what is missing, and starts no second one where there is no program', async () => {
    const { tail, run, runs } = fakeJournal();
    (await run(1)).end({ kind: 'not-found', exitCode: null, errorText: '' });
    await waitFor(() => tail.read().state === 'unavailable', { timeoutMs: 1000, what: 'the verdict' });
    expect(tail.read().detail).toMatch(/no journalctl/);
    expect(runs).toHaveLength(1);
  });

  it('tells refused permission with the group to join', async () => {
    const { tail, run } = fakeJournal();
    const first = await run(1);
    first.options.onErrorText?.('No journal files were opened due to insufficient permissions.\n');
    expect(tail.read()).toMatchObject({ state: 'unavailable', detail: expect.stringMatching(/journal/) });
    first.options.onErrorText?.('Hint: You are currently not seeing messages from other users and the system.\n');
    expect(tail.read().detail).toBe('Only your own messages are visible. Join the systemd-journal or adm group to see all messages.');
    first.options.onErrorText?.('Cannot open: insufficient permissions.\n');
    const { detail, sentences = [] } = tail.read();
    expect(detail).toBe('No permission to read the journal. Join the systemd-journal or adm group to see all messages.');
    expect(sentencesIn('ko', sentences)).toBe(
      '저널을 읽을 권한이 없습니다. 모든 메시지를 보려면 systemd-journal이나 adm 그룹에 들어갑니다.',
    );
    first.end(exited);
    expect(tail.read().state).toBe('unavailable');
    tail.close();
  });

  it.each([
    [null, '', 'journalctl ended.', 'journalctl이 끝났습니다.'],
    [1, '', 'journalctl ended with code 1.', 'journalctl이 코드 1로 끝났습니다.'],
    [null, 'one\nNo space\n', 'journalctl ended: No space', 'journalctl이 끝났습니다: No space'],
    [1, 'No space', 'journalctl ended with code 1: No space', 'journalctl이 코드 1로 끝났습니다: No space'],
  ] as const)('tells in every language that it ended with code %s and "%s"', async (exitCode, errorText, english, korean) => {
    const { tail, run } = fakeJournal();
    (await run(1)).end({ kind: 'exited', exitCode, errorText });
    await waitFor(() => tail.read().state === 'retrying', { timeoutMs: 1000, what: 'the end to be seen' });
    const { detail, sentences = [] } = tail.read();
    expect([detail, sentencesIn('ko', sentences)]).toEqual([english, korean]);
    tail.close();
  });

  it('leaves out what a followed container wrote through its log driver', async () => {
    const { tail, lines, run, say } = fakeJournal((id) => id === 'abc');
    const first = await run(1);
    say(first.options, { CONTAINER_ID_FULL: 'abc' });
    say(first.options, { CONTAINER_ID_FULL: 'def' });
    expect(lines).toHaveLength(1);
    tail.close();
  });
});
