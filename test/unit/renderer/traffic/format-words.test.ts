import { expect, test } from 'vitest';
import { formatWords, unitWords } from '../../../../src-renderer/views/traffic/format-words';
import { createWords } from '../../../../src-renderer/words/use-words';
import type { DetectedFormat } from '../../../../src-shared/traffic/log-format';

const format: DetectedFormat = {
  id: 'combined',
  words: 'combined, response time at the end in seconds',
  fitRatio: 1,
  timeUnit: 's',
  timeEvidence: 'three decimals',
};

test('a format in the language of the person', () => {
  expect(formatWords(createWords('en'), format)).toBe('combined, response time at the end in seconds');
  expect(formatWords(createWords('ko'), format)).toBe('combined, 응답 시간 단위 초');
  expect(formatWords(createWords('ko'), { ...format, id: 'alb', timeUnit: null })).toBe('Amazon 로드 밸런서');
});

test('by what the unit was told: a name in the log in every language, the rest in English only', () => {
  expect(unitWords(createWords('en'), format)).toBe('Response time in seconds (three decimals)');
  expect(unitWords(createWords('ko'), format)).toBe('응답 시간 단위: 초');
  expect(unitWords(createWords('ko'), { ...format, timeEvidence: 'name rt' })).toBe('응답 시간 단위: 초 (rt)');
  expect(unitWords(createWords('en'), { ...format, timeUnit: null, timeEvidence: null })).toMatch(/^No response time/);
});
