import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directoryOnDisk, followFiles, storedPositions } from '../helpers/followed-files';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { holdsFor, waitFor } from '../helpers/wait-for';

const until = (what: string, condition: () => boolean, timeoutMs = 5_000) => waitFor(condition, { what, timeoutMs });

describe('lines', () => {
  it('keeps an unfinished line back over silence and restart, and gives it once (F09)', async () => {
    const path = join(directoryOnDisk(), 'app.log');
    writeFileSync(path, 'whole\nhal');
    const first = followFiles(path);
    await until('the whole line', () => first.lines().length === 1);
    await holdsFor(700, 'the half line is kept back', () => first.lines().length === 1);
    await first.close();
    const second = followFiles(path, { positions: storedPositions(first.batches) });
    appendFileSync(path, 'f\r\n');
    await until('the joined line', () => second.lines().length > 0);
    expect(second.lines()).toEqual(['half']);
  });

  it('keeps 64 KiB of a line of 10 MB and 300 MB without a newline in bounded memory (F10, F11)', async () => {
    const path = join(directoryOnDisk(), 'app.log');
    writeFileSync(path, `${'x'.repeat(10 * 1024 * 1024)}\nnext\n`);
    const followed = followFiles(path);
    await until('both lines', () => followed.lines().length === 2);
    const before = process.memoryUsage().rss;
    const block = Buffer.alloc(1024 * 1024, 'y');
    let highest = 0;
    for (let part = 0; part < 300; part += 1) {
      appendFileSync(path, block);
      if (part % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
      highest = Math.max(highest, process.memoryUsage().rss);
    }
    appendFileSync(path, '\nlast\n');
    await until('the last line', () => followed.lines().includes('last'), 20_000);
    const lines = followed.batches.flatMap((batch) => batch.lines);
    expect(lines.map(({ bytes, cutBytes }) => bytes.length + cutBytes)).toEqual([10 * 1024 * 1024, 4, 300 * 1024 * 1024, 4]);
    expect(lines[2]?.bytes.length).toBe(64 * 1024);
    expect(highest - before).toBeLessThan(32 * 1024 * 1024);
  });

  it('reads files of one and ten bytes within 2 s (T5), and starts over where a stored place is beyond the end (T6)', async () => {
    const directory = directoryOnDisk();
    const followed = followFiles(join(directory, '*.log'));
    writeFileSync(join(directory, 'one.log'), '\n');
    writeFileSync(join(directory, 'ten.log'), 'nine char\n');
    await until('both', () => followed.lines().length === 2, 2_000);
    await followed.close();
    const positions = storedPositions(followed.batches).map((position) => ({ ...position, offset: 1_000_000 }));
    const again = followFiles(join(directory, '*.log'), { positions });
    await until('both again', () => again.lines().length === 2, 2_000);
    expect(again.batches.filter(({ gap }) => gap === 'truncated')).toHaveLength(2);
  });
});

describe('while nobody looks', () => {
  it('finds what a quiet file got when it is asked what came, and by itself only seldom', async () => {
    const path = join(directoryOnDisk(), 'quiet.log');
    writeFileSync(path, 'before\n');
    let round = 0;
    const followed = followFiles(path, {
      existing: 'end',
      isWatched: () => false,
      isBusy() {
        round += 1;
        return false;
      },
    });
    await until('the file', () => followed.stateOf(path).startsWith('following'));
    await followed.follower.look();
    const roundsBefore = round;
    await holdsFor(1_200, 'it rests', () => round === roundsBefore);
    appendFileSync(path, 'after\n');
    await followed.follower.look();
    expect(followed.lines()).toEqual(['after']);
    await followed.close();
    await followed.follower.look();
  });
});

describe('what is no readable log', () => {
  it('refuses pipes, devices, sockets, directories and kernel files with a reason, without waiting (F18, F19)', async () => {
    const directory = directoryOnDisk();
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    mkdirSync(join(directory, 'folder'));
    symlinkSync('loop', join(directory, 'loop'));
    const paths = [join(directory, 'pipe'), '/dev/zero', join(directory, 'folder'), '/proc/self/status', join(directory, 'loop')];
    const followed = followFiles('', { patterns: () => paths.map((pattern) => ({ pattern, kind: 'event' })) });
    await until('all states', () => paths.every((path) => followed.stateOf(path).startsWith('unavailable')), 2_000);
    expect(paths.map(followed.stateOf)).toEqual([
      'unavailable: It is a named pipe; what is read from it is missing elsewhere.',
      'unavailable: It is a device.',
      'unavailable: It is a directory.',
      'unavailable: It is a file of the kernel, not a log on a disk.',
      'unavailable: Its symbolic links lead in a circle.',
    ]);
  });

  it('flags a binary file and reads on when a text takes its place (F12)', async () => {
    const path = join(directoryOnDisk(), 'app.log');
    copyFileSync(process.execPath, path);
    const followed = followFiles(path);
    await until('the flag', () => followed.stateOf(path) === 'unavailable: Binary: it is no text, and not read on.');
    expect(followed.lines()).toEqual([]);
    rmSync(path);
    writeFileSync(path, 'text\n');
    await until('the text', () => followed.lines().length === 1);
    expect(followed.lines()).toEqual(['text']);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'names the group that may read it and goes on by itself once allowed (F17; needs root to become another user)',
    async () => {
      // The checkout may stand where others cannot go.
      const directory = temporaryDirectory();
      const path = join(directory, 'app.log');
      chmodSync(directory, 0o755);
      writeFileSync(path, 'secret\n');
      chmodSync(path, 0o640);
      // The groups of root stay with this process.
      chownSync(path, 0, 4);
      process.seteuid?.(65_534);
      try {
        const followed = followFiles(path);
        await until('the refusal', () => followed.stateOf(path) === 'unavailable: No permission to read it. The group adm may.');
        process.seteuid?.(0);
        chmodSync(path, 0o644);
        process.seteuid?.(65_534);
        await until('the line', () => followed.lines().length === 1);
      } finally {
        process.seteuid?.(0);
      }
    },
  );
});

describe('many files', () => {
  it('holds no more descriptors than allowed and keeps none of 600 files waiting (F16)', async () => {
    const directory = directoryOnDisk();
    const paths = Array.from({ length: 600 }, (_, at) => join(directory, `${at}.log`));
    for (const path of paths) writeFileSync(path, 'first\n');
    const followed = followFiles(join(directory, '*.log'), { limits: { openFiles: 20 } });
    await until('the first lines', () => followed.lines().length === 600, 5_000);
    for (const path of paths) appendFileSync(path, 'second\n');
    let highest = 0;
    await until(
      'the second lines',
      () => {
        highest = Math.max(highest, followed.follower.read().openCount);
        return followed.lines().length === 1_200;
      },
      5_000,
    );
    expect(highest).toBeLessThanOrEqual(20);
    expect(new Set(followed.lines())).toEqual(new Set(['first', 'second']));
  });

  it('reads a file once that two paths lead to', async () => {
    const directory = directoryOnDisk();
    writeFileSync(join(directory, 'a.log'), 'once\n');
    symlinkSync('a.log', join(directory, 'b.log'));
    const followed = followFiles(join(directory, '*.log'));
    await until('both states', () => followed.follower.read().files.filter(({ state }) => state === 'unavailable').length === 1);
    appendFileSync(join(directory, 'a.log'), 'more\n');
    await until('the line', () => followed.lines().includes('more'));
    expect(followed.lines()).toEqual(['once', 'more']);
  });
});
