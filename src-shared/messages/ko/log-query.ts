import type { logQueryEn } from '../en/log-query';

/** What is wrong with a search, one for each LogQueryProblem. */
export const logQueryKo: Readonly<Record<keyof typeof logQueryEn, string>> = {
  'logQuery.open-quote': '닫는 따옴표가 없음',
  'logQuery.open-regex': '닫는 /가 없음. 글자 그대로 찾으려면 따옴표로 묶기',
  'logQuery.bad-regex': '올바르지 않은 정규식: {{value}}',
  'logQuery.unknown-level': '없는 수준: {{value}}. 수준: trace, debug, info, notice, warning, error, critical',
  'logQuery.unknown-kind': '없는 종류: {{value}}. 종류: event, access, security, configuration',
  'logQuery.empty-value': '찾을 내용이 없음: {{value}}',
  'logQuery.too-long': '검색어가 너무 김',
};
