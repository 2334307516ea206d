import type { logErrorsEn } from '../en/log-errors';

/** Why a line counts as an error. */
export const logErrorsKo: Readonly<Record<keyof typeof logErrorsEn, string>> = {
  'reason.log-level': '줄에 적힌 수준: {{word}}',
  'reason.log-new-pattern': '{{source}}의 새 오류: {{text}}',
  'reason.log-burst': '{{source}}에서 분당 오류 {{count}}건(평소 {{usual}}건): {{text}}',
  'reason.log-word': '"{{word}}"라는 말이 있음',
  'reason.log-word-softened': '"{{word}}"라는 말이 있으나 "{{softener}}"라고도 함',
};
