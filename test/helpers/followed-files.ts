import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import type { FileBatch } from '../../src-main/logs/files/file-batch';
import { FileFollower, type FileFollowerDeps } from '../../src-main/logs/files/follower';
import { systemClock } from '../../src-main/platform/clock';

/**
 * A directory of this test alone on the disk of the checkout: memory file systems reuse no inode numbers. `atEnd`: of the test's context,
 * where tests run beside each other; it would go with another one.
 */
export function directoryOnDisk(atEnd: TestContext['onTestFinished'] = onTestFinished): string {
  const parent = resolve('.test-parts');
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'log-files-'));
  atEnd(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export interface Followed {
  readonly follower: FileFollower;
  readonly batches: FileBatch[];
  /** Lines as text, in the order they came. */
  lines(): string[];
  stateOf(path: string): string;
  close(): Promise<void>;
}

/** The real follower on real files. */
export function followFiles(pattern: string, options: Partial<FileFollowerDeps> = {}): Followed {
  const batches: FileBatch[] = [];
  const follower = new FileFollower({
    clock: systemClock,
    etc: '/etc',
    patterns: () => [{ pattern, kind: 'event' }],
    positions: [],
    existing: 'beginning',
    onBatch: (batch) => batches.push(batch),
    ...options,
  });
  const close = () => follower.close();
  onTestFinished(close);
  return {
    follower,
    batches,
    lines: () => batches.flatMap(({ lines }) => lines.map(({ bytes }) => bytes.toString())),
    stateOf: (path) => {
      const file = follower.read().files.find((one) => one.path === path);
      return `${file?.state}: ${file?.why?.text ?? null}`;
    },
    close,
  };
}

/** The newest position of each file that was given out: what a store would hold. */
export function storedPositions(batches: readonly FileBatch[]) {
  return [...new Map(batches.map(({ position }) => [`${position.dev}:${position.inode}`, position])).values()];
}
