import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directoryOnDisk, followFiles, storedPositions } from '../helpers/followed-files';
import { waitFor } from '../helpers/wait-for';

const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `line ${from + at}`);
const asText = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const until = (what: string, condition: () => boolean, timeoutMs = 5_000) => waitFor(condition, { what, timeoutMs });

describe('rotation', () => {
  it('loses and doubles nothing in 20 rotations by renaming under a writer that keeps its old handle (T1, F01)', async () => {
    const directory = directoryOnDisk();
    const path = join(directory, 'app.log');
    writeFileSync(path, '');
    const followed = followFiles(path);
    let written = 0;
    let old: number | null = null;
    for (let rotation = 0; rotation < 20; rotation += 1) {
      const current = openSync(path, 'a');
      for (let part = 0; part < 10; part += 1) {
        // The old handle gets its last lines while the new file is already being written.
        if (old !== null && part < 4) writeSync(old, asText(numbered(written, written + 10)));
        else writeSync(current, asText(numbered(written, written + 40)));
        written += old !== null && part < 4 ? 10 : 40;
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (old !== null) closeSync(old);
      old = current;
      for (let number = 20; number > 0; number -= 1) {
        if (readdirSync(directory).includes(`app.log.${number}`)) {
          renameSync(join(directory, `app.log.${number}`), join(directory, `app.log.${number + 1}`));
        }
      }
      renameSync(path, `${path}.1`);
      writeFileSync(path, '');
      const newest = statSync(path).ino;
      // Every third rotation comes before the follower looked.
      if (rotation % 3 !== 0)
        await until('a look at the new file', () => followed.batches.some(({ position }) => position.inode === newest));
    }
    if (old !== null) closeSync(old);
    appendFileSync(path, 'the end\n');
    await until('the last line', () => followed.lines().includes('the end') && followed.lines().length > written, 8_000);
    expect(followed.lines().toSorted()).toEqual([...numbered(0, written), 'the end'].toSorted());
    expect(followed.batches.filter(({ gap }) => gap !== null)).toEqual([]);
  });

  it('reads a file cut short by copytruncate from 0, between the bounds of what was surely there and what was written (T2, F02)', async () => {
    const path = join(directoryOnDisk(), 'app.log');
    writeFileSync(path, '');
    const followed = followFiles(path);
    const sure: string[] = [];
    const all: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const read = numbered(round * 100, round * 100 + 50);
      appendFileSync(path, asText(read));
      all.push(...read);
      await until(`round ${round}`, () => followed.lines().includes(read.at(-1) ?? ''));
      sure.push(...read);
      const risky = numbered(round * 100 + 50, round * 100 + 60);
      copyFileSync(path, `${path}.1`);
      appendFileSync(path, asText(risky));
      all.push(...risky);
      truncateSync(path);
    }
    appendFileSync(path, 'the end\n');
    await until('the last line', () => followed.lines().includes('the end'));
    const lines = followed.lines();
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines).toEqual(expect.arrayContaining(sure));
    expect([...all, 'the end']).toEqual(expect.arrayContaining(lines));
    expect(followed.batches.filter(({ gap }) => gap === 'truncated')).toHaveLength(20);
    expect(followed.follower.read().files[0]?.gapCount).toBe(20);
  });

  it('notices a truncation that was refilled beyond the old place at once (F03), and takes equal bytes for the same file (F04)', async () => {
    const path = join(directoryOnDisk(), 'app.log');
    writeFileSync(path, asText(numbered(0, 10)));
    const followed = followFiles(path);
    await until('the first lines', () => followed.lines().length === 10);
    writeFileSync(path, asText(numbered(100, 200)));
    await until('the others', () => followed.lines().length === 110);
    expect(followed.lines().slice(10)).toEqual(numbered(100, 200));
    const descriptor = openSync(path, 'r+');
    writeSync(descriptor, asText(numbered(100, 200)), 0);
    writeSync(descriptor, 'new\n', statSync(path).size);
    closeSync(descriptor);
    await until('the new line', () => followed.lines().includes('new'));
    expect(followed.lines()).toHaveLength(111);
  });

  it('reads a file that got the inode number of a stored one from its beginning (T4, F05)', async () => {
    const directory = directoryOnDisk();
    const path = join(directory, 'app.log');
    writeFileSync(path, asText(numbered(0, 5)));
    const inode = statSync(path).ino;
    const first = followFiles(path);
    await until('the first lines', () => first.lines().length === 5);
    await first.close();
    rmSync(path);
    let reused = false;
    for (let attempt = 0; attempt < 200 && !reused; attempt += 1) {
      writeFileSync(attempt === 0 ? path : `${path}.try`, '');
      reused = statSync(attempt === 0 ? path : `${path}.try`).ino === inode;
      if (reused && attempt > 0) renameSync(`${path}.try`, path);
    }
    expect(statSync(path).ino, 'the file system reuses inode numbers').toBe(inode);
    writeFileSync(path, asText(numbered(0, 5)) + asText(numbered(50, 60)));
    const second = followFiles(path, { positions: storedPositions(first.batches) });
    await until('all lines', () => second.lines().length === 15);
    expect(second.lines()).toEqual([...numbered(0, 5), ...numbered(50, 60)]);
  });

  it('attaches again to a path that is deleted and created anew (F06), and lets the deleted file go within 10 s (T7, F07)', async () => {
    const path = join(directoryOnDisk(), 'app.log');
    const followed = followFiles(path);
    for (let round = 0; round < 5; round += 1) {
      writeFileSync(path, `round ${round}\n`);
      await until(`round ${round}`, () => followed.lines().includes(`round ${round}`), 2_000);
      rmSync(path);
    }
    const held = () => readdirSync('/proc/self/fd').filter((fd) => linkOf(fd).startsWith(path));
    await until('no handle of a deleted file', () => held().length === 0, 10_000);
    expect(followed.lines()).toEqual(numbered(0, 5).map((line) => line.replace('line', 'round')));
  });

  it('follows a symbolic link to its new target and finishes the old one (F08)', async () => {
    const directory = directoryOnDisk();
    const link = join(directory, 'current.log');
    writeFileSync(join(directory, 'a'), 'a1\n');
    writeFileSync(join(directory, 'b'), 'b1\n');
    symlinkSync('a', link);
    const followed = followFiles(link);
    await until('a1', () => followed.lines().length === 1);
    expect(followed.stateOf(link)).toBe(`following: It is a link to ${join(directory, 'a')}.`);
    appendFileSync(join(directory, 'a'), 'a2\n');
    symlinkSync('b', `${link}.new`);
    renameSync(`${link}.new`, link);
    await until('b1', () => followed.lines().length === 3);
    expect(followed.lines()).toEqual(['a1', 'a2', 'b1']);
  });

  it('goes on after a restart across a rotation with the rest of the old file and of one that came and went', async () => {
    const path = join(directoryOnDisk(), 'app.log');
    writeFileSync(path, asText(numbered(0, 3)));
    const first = followFiles(path);
    await until('the first lines', () => first.lines().length === 3);
    await first.close();
    appendFileSync(path, 'old rest\n');
    renameSync(path, `${path}.2`);
    writeFileSync(`${path}.1`, 'in between\n');
    writeFileSync(path, 'new\n');
    const second = followFiles(path, { positions: storedPositions(first.batches), existing: 'end' });
    await until('the rest', () => second.lines().length === 3);
    expect(second.lines()).toEqual(['old rest', 'in between', 'new']);

    // Killed in the moment in which the place in the new file was stored, and nothing else yet.
    const { ino } = statSync(path);
    const untilNew = second.batches.slice(0, second.batches.findIndex(({ position }) => position.inode === ino) + 1);
    const third = followFiles(path, { positions: storedPositions([...first.batches, ...untilNew]), existing: 'end' });
    await until('the rest again', () => third.lines().length === 3);
    expect(third.lines()).toEqual(['old rest', 'in between', 'new']);
  });
});

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}
