import { expect, test } from 'vitest';
import { sourceTrouble } from '../../../../src-renderer/views/logs/sources/source-trouble';
import { createWords } from '../../../../src-renderer/words/use-words';
import { sourceDetail } from '../../../../src-shared/logs/source-detail';
import { say } from '../../../../src-shared/sentence';

const en = createWords('en').sentences;
const ko = createWords('ko').sentences;

test('says in the language of the person what is ours, and what others said as they did', () => {
  const source = sourceDetail([
    say('logSource.journal.endedCodeSaying', { code: 1, words: 'Failed to open files' }),
    say('logSource.journal.unreadable', { count: 3 }),
  ]);
  expect(sourceTrouble(source, en)).toBe('journalctl ended with code 1: Failed to open files. 3 entries could not be read.');
  expect(sourceTrouble(source, ko)).toBe('journalctl이 코드 1로 끝났습니다: Failed to open files. 읽을 수 없는 항목이 3개 있었습니다.');
});

test('of a core that tells only text the text is said, with the remedy behind it', () => {
  const remedy = say('logs.pods.rights', { namespace: 'shop' });
  expect(sourceTrouble({ detail: 'pods "web" is forbidden' }, ko)).toBe('pods "web" is forbidden');
  expect(sourceTrouble({ detail: 'pods "web" is forbidden', remedy }, ko)).toBe(
    'pods "web" is forbidden. 네임스페이스 shop의 "pods/log"에 "get" 권한이 필요합니다. 5분마다 다시 시도합니다.',
  );
  expect(sourceTrouble({ detail: null }, ko)).toBe('');
});
