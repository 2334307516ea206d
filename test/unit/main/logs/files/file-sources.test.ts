import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeAbsence } from '../../../../../src-main/logs/files/describe-absence';
import { FileSources } from '../../../../../src-main/logs/files/file-sources';
import { FileTail } from '../../../../../src-main/logs/files/file-tail';
import type { PastPosition } from '../../../../../src-main/logs/files/past-position';
import { Positions } from '../../../../../src-main/logs/files/positions';
import { systemClock } from '../../../../../src-main/platform/clock';
import { sentencesIn } from '../../../../../src-shared/sentence';
import type { LogSource } from '../../../../../src-shared/snapshots';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';
import { waitFor } from '../../../../helpers/wait-for';

/** The sources that these paths become, on the real files. */
function sourcesOf(paths: readonly string[], positions: ReadonlyMap<string, string> = new Map()): () => readonly LogSource[] {
  const sources = new FileSources({
    etc: '/etc',
    patterns: () => paths.map((pattern) => ({ pattern, kind: 'event' })),
    runsDirectory: '/nonexistent',
    clock: systemClock,
    positions,
    onBatch: () => undefined,
    isJournalTold: () => false,
    isBusy: () => false,
    isLiveWaiting: () => false,
    keepDays: () => 7,
  });
  onTestFinished(() => sources.close());
  return () => sources.read({ countsOf: () => null, lastLineAtMs: () => null }).sources;
}

it('says in every language why a file is not read, and nothing of one that is', async () => {
  const directory = temporaryDirectory();
  const [closed, open] = [join(directory, 'closed.log'), join(directory, 'open.log')];
  mkdirSync(closed);
  writeFileSync(open, '');
  const sources = sourcesOf([closed, open]);
  const states = () => sources().map(({ state }) => state);
  await waitFor(() => states().join() === 'unavailable,following', { timeoutMs: 5_000, what: 'both states' });
  const [refused, followed] = sources();
  expect(refused).toMatchObject({
    detail: 'It is a directory.',
    sentences: [{ text: 'It is a directory.', key: 'logSource.why.directory' }],
  });
  expect(followed).toMatchObject({ detail: null });
  expect(followed).not.toHaveProperty('sentences');
});

it('says in every language what of the past of a file is missing', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'app.log');
  writeFileSync(path, 'one\n');
  writeFileSync(`${path}.1`, 'long ago\n');
  utimesSync(`${path}.1`, 1_000, 1_000);
  writeFileSync(`${path}.2.xz`, '\xfd7zXZ');
  const gone: PastPosition = {
    dev: 1,
    inode: 2,
    birthAtMs: 3,
    writtenByMs: 4,
    prefixHash: '',
    prefixLength: 0,
    isDone: false,
    path,
    file: `${path}.3`,
    kind: 'event',
    fromBytes: 0,
    takenBytes: 30,
    endBytes: 120,
    wantedBytes: 120,
  };
  const sources = sourcesOf([path], new Map([['past/1-2', JSON.stringify(gone)]]));
  const told = () => sources()[0];
  expect(told()?.detail).toBe('Reading its past, 25 %.');
  const missing = 'Missing of its past: 1 files too old or too much, 1 compressed in another way than gzip, 1 not whole any more.';
  const source = await waitFor(() => (told()?.detail === missing ? told() : null), { timeoutMs: 5_000, what: 'all that is missing' });
  expect(sentencesIn('ko', source.sentences ?? [])).toBe(
    '지난 내용 중 읽지 못한 것: 너무 오래되었거나 분량을 넘은 파일 1개, gzip이 아닌 방식으로 압축된 파일 1개, 온전하지 않은 파일 1개.',
  );
});

it('says in every language who may read a file that this user may not', () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'auth.log');
  writeFileSync(path, 'secret\n');
  writeFileSync(join(directory, 'group'), 'adm:x:4:\n');
  const tail = new FileTail(path, 'event', 'end', {
    clock: systemClock,
    positions: new Positions([]),
    onBatch: () => undefined,
    open: () => ({ kind: 'denied', groupId: 4, mode: 0o640, sizeBytes: 7 }),
    describeAbsence: (absence) => describeAbsence(absence, directory),
    claim: () => null,
    release: () => undefined,
  });
  tail.poll();
  tail.turn();
  expect([tail.state, tail.remedy?.text, tail.why]).toEqual([
    'unavailable',
    'Add your user to it (usermod -aG adm <user>) and sign in again.',
    { text: 'No permission to read it. The group adm may.', key: 'logSource.why.noPermissionGroup', values: { group: 'adm' } },
  ]);
});
