import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeAbsence } from '../../../../../src-main/logs/files/describe-absence';
import { type LogFileAbsence, openLogFile, statLogFile } from '../../../../../src-main/platform/log-file';
import { englishOf, sentencesIn } from '../../../../../src-shared/sentence';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';

function both(absence: LogFileAbsence, etc = '/nonexistent'): readonly [english: string, korean: string] {
  const { why, remedy } = describeAbsence(absence, etc);
  const said = remedy === null ? [why] : [why, remedy];
  return [englishOf(said), sentencesIn('ko', said)];
}

it('names the group that may read a file', () => {
  const etc = temporaryDirectory();
  writeFileSync(join(etc, 'group'), 'root:x:0:\nadm:x:4:syslog\n');
  const denied = { kind: 'denied', groupId: 4, mode: 0o640, sizeBytes: 10 } as const;
  expect(describeAbsence(denied, etc)).toEqual({
    why: { text: 'No permission to read it. The group adm may.', key: 'logSource.why.noPermissionGroup', values: { group: 'adm' } },
    remedy: {
      text: 'Add your user to it (usermod -aG adm <user>) and sign in again.',
      key: 'logSource.remedy.joinGroup',
      values: { group: 'adm' },
    },
  });
  expect(both(denied, etc)[1]).toBe(
    '읽을 권한이 없습니다. adm 그룹은 읽을 수 있습니다. 사용자를 이 그룹에 추가하고(usermod -aG adm <사용자>) 다시 로그인합니다.',
  );
  expect(both({ ...denied, groupId: 0 }, etc)[0]).toBe('No permission to read it. The group root may.');
  expect(both({ ...denied, groupId: null })).toEqual([
    'No permission to read it, and no group is allowed to.',
    '읽을 권한이 없고, 읽을 수 있는 그룹도 없습니다.',
  ]);
});

it('says what is missing, or too much', () => {
  expect(both({ kind: 'absent' })).toEqual(['The file is not there.', '파일이 없습니다.']);
  expect(both({ kind: 'exhausted' })).toEqual([
    'Too many files are open in this process; it is tried again.',
    '이 프로세스가 연 파일이 너무 많습니다. 다시 시도합니다.',
  ]);
});

it('says what is no ordinary file', () => {
  const directory = temporaryDirectory();
  const pipe = join(directory, 'pipe');
  const circle = join(directory, 'circle');
  execFileSync('mkfifo', [pipe]);
  symlinkSync(circle, circle);
  const said = (path: string) => {
    const [outcome, opened] = [statLogFile(path), openLogFile(path)];
    if (outcome.kind === 'file' || opened.kind === 'opened') throw new Error(`${path} is a file`);
    expect(both(opened)).toEqual(both(outcome));
    return both(outcome);
  };
  expect(said(directory)).toEqual(['It is a directory.', '디렉터리입니다.']);
  expect(said('/dev/null')).toEqual(['It is a device.', '장치입니다.']);
  expect(said(pipe)).toEqual([
    'It is a named pipe; what is read from it is missing elsewhere.',
    '이름 있는 파이프입니다. 여기서 읽은 내용은 다른 곳에서 빠집니다.',
  ]);
  expect(said(circle)).toEqual(['Its symbolic links lead in a circle.', '심볼릭 링크가 돌고 돌아 제자리로 옵니다.']);
});
