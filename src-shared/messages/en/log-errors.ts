/** Why a line counts as an error. */
export const logErrorsEn = {
  'reason.log-level': 'The line states its level: {{word}}',
  'reason.log-word': 'The text says "{{word}}"',
  'reason.log-word-softened': 'The text says "{{word}}", but also "{{softener}}"',
} as const;
