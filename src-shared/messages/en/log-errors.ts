/** Why a line counts as an error. */
export const logErrorsEn = {
  'reason.log-level': 'The line states its level: {{word}}',
  'reason.log-new-pattern': 'New error in {{source}}: {{text}}',
  'reason.log-burst': '{{count}} errors a minute in {{source}} ({{usual}} is usual): {{text}}',
  'reason.log-word': 'The text says "{{word}}"',
  'reason.log-word-softened': 'The text says "{{word}}", but also "{{softener}}"',
} as const;
