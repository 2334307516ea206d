import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JournalCommand, JournalTail } from '../../src-main/logs/tails/journal';
import type { TailLine } from '../../src-main/logs/tails/tail';
import { systemSpawnLines } from '../../src-main/platform/spawn-lines';
import { ownJournalReaders, type PrivateJournal, startPrivateJournal, whyNoPrivateJournal } from '../helpers/private-journal';
import { waitFor } from '../helpers/wait-for';

const reason = whyNoPrivateJournal();
if (reason !== null) console.warn(`SKIPPED: faults of a real journal (F36, F37): ${reason}`);

/** Rows F36 and F37 of the fault table, on a real journald with the real journalctl. */
describe.skipIf(reason !== null)('faults of the journal', () => {
  let journal: PrivateJournal;
  const directory = mkdtempSync(join(tmpdir(), 'logscope-journal-'));
  /** While this file is there, the next readers are given a cursor that no journal knows. */
  const breakCursor = join(directory, 'break-cursor');
  const wrapper = join(directory, 'journalctl-with-broken-cursor.sh');

  beforeAll(async () => {
    journal = await startPrivateJournal();
    const lines = [
      '#!/bin/sh',
      `test -e ${breakCursor} || exec journalctl "$@"`,
      'for argument; do shift; case "$argument" in --cursor=*) argument=--cursor=no-such-cursor;; esac; set -- "$@" "$argument"; done',
      'exec journalctl "$@"',
    ];
    writeFileSync(wrapper, lines.join('\n'), { mode: 0o755 });
  });
  afterAll(() => {
    journal.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const log = (text: string) => journal.run('systemd-cat', ['-p', 'err', '-t', 'logscope-test'], text);

  function follow(program: readonly string[] = ['journalctl']) {
    const lines: TailLine[] = [];
    const command = [...journal.inside, ...program] as unknown as JournalCommand;
    const tail = new JournalTail(command, systemSpawnLines, () => false, {
      onLine: (line) => {
        if (line.source === 'logscope-test') lines.push(line);
      },
    });
    const texts = () => lines.map(({ bytes }) => bytes.toString('utf8'));
    const sees = (text: string) => waitFor(() => texts().includes(text), { timeoutMs: 15_000, what: `"${text}"` });
    return { tail, lines, texts, sees };
  }

  async function killReader(): Promise<void> {
    const pids = await waitFor(() => (ownJournalReaders().length > 0 ? ownJournalReaders() : null), {
      timeoutMs: 10_000,
      what: 'a reader',
    });
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  }

  it('F36: goes on by time when the cursor is unknown, without a gap or a repeat', async () => {
    const { tail, texts, sees } = follow([wrapper]);
    log('before the cursor broke');
    await sees('before the cursor broke');
    writeFileSync(breakCursor, '');
    await killReader();
    log('while nobody read');
    await sees('while nobody read');
    rmSync(breakCursor);
    log('afterwards');
    await sees('afterwards');
    const told = texts().slice(texts().indexOf('before the cursor broke'));
    expect(told).toEqual(['before the cursor broke', 'while nobody read', 'afterwards']);
    expect(tail.read()).toMatchObject({ state: 'following', detail: null });
    tail.close();
  });

  it('F36: survives a rotated and vacuumed journal while it follows, and a reader killed after that', async () => {
    const { tail, texts, sees } = follow();
    log('in the file that goes away');
    await sees('in the file that goes away');
    journal.run('journalctl', ['--rotate']);
    journal.run('journalctl', ['--vacuum-time=1us']);
    expect(journal.run('journalctl', ['-t', 'logscope-test', '-q', '-o', 'cat'])).not.toContain('in the file that goes away');
    log('in the new file');
    await sees('in the new file');
    await killReader();
    log('after the reader was killed');
    await sees('after the reader was killed');
    const told = texts().slice(texts().indexOf('in the file that goes away'));
    expect(told).toEqual(['in the file that goes away', 'in the new file', 'after the reader was killed']);
    tail.close();
  });

  it('F36: its place vacuumed while nobody reads, it goes on with what is there', async () => {
    const { tail, texts, sees } = follow();
    log('the last one read');
    await sees('the last one read');
    await killReader();
    journal.run('journalctl', ['--rotate']);
    journal.run('journalctl', ['--vacuum-time=1us']);
    log('the first one left');
    await sees('the first one left');
    log('and a later one');
    await sees('and a later one');
    const told = texts().slice(texts().indexOf('the last one read'));
    expect(told).toEqual(['the last one read', 'the first one left', 'and a later one']);
    tail.close();
  });

  it('F36: a reader killed again and again in a burst loses and repeats nothing', async () => {
    const { tail, texts, sees } = follow();
    log('burst begins');
    await sees('burst begins');
    const expected: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const batch = Array.from({ length: 100 }, (_, index) => `burst ${round} ${index}`);
      expected.push(...batch);
      log(`${batch.join('\n')}\n`);
      if (round < 2) await killReader();
    }
    await waitFor(() => texts().filter((text) => /^burst \d/.test(text)).length >= expected.length, {
      timeoutMs: 20_000,
      what: 'all lines of the burst',
    });
    expect(texts().filter((text) => /^burst \d/.test(text))).toEqual(expected);
    tail.close();
    await waitFor(() => ownJournalReaders().length === 0, { timeoutMs: 5_000, what: 'the reader to end' });
  });

  it('F37: a message that is no text comes through byte by byte, one of 1 MB is cut and says so', async () => {
    const { tail, lines, sees } = follow();
    const bytes = Buffer.from([0x61, 0xff, 0xfe, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x00, 0x62]);
    const native = (message: Buffer) => {
      // The native form with a length, as a program writes binary fields.
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(message.length));
      const script =
        'import socket,sys,os,array\n' +
        'data=sys.stdin.buffer.read()\n' +
        'fd=os.memfd_create("entry",os.MFD_ALLOW_SEALING|os.MFD_CLOEXEC)\n' +
        'os.write(fd,data)\n' +
        'import fcntl\n' +
        'fcntl.fcntl(fd,1033,15)\n' +
        's=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\n' +
        's.connect("/run/systemd/journal/socket")\n' +
        's.sendmsg([],[(socket.SOL_SOCKET,socket.SCM_RIGHTS,array.array("i",[fd]))])\n';
      const entry = Buffer.concat([
        Buffer.from('PRIORITY=3\nSYSLOG_IDENTIFIER=logscope-test\nMESSAGE\n'),
        length,
        message,
        Buffer.from('\n'),
      ]);
      journal.run('python3', ['-c', script], entry);
    };
    native(bytes);
    native(Buffer.alloc(1024 * 1024, 'x'));
    log('after the large one');
    await sees('after the large one');
    const [raw, large] = lines.filter(({ bytes: one }) => one.includes(0xff) || one.length > 10_000);
    expect(raw?.bytes).toEqual(bytes);
    expect(large?.bytes.length).toBe(64 * 1024);
    expect(large?.cutBytes).toBe(1024 * 1024 - 64 * 1024);
    expect(tail.read()).toMatchObject({ state: 'following', detail: null });
    tail.close();
  });
});
