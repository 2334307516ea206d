/** What is wrong with a search, one for each LogQueryProblem. */
export const logQueryEn = {
  'logQuery.open-quote': 'The closing quote is missing',
  'logQuery.open-regex': 'The closing / is missing. To search for this text, put it in quotes',
  'logQuery.bad-regex': 'Not a valid expression: {{value}}',
  'logQuery.unknown-level': 'No such level: {{value}}. Levels: trace, debug, info, notice, warning, error, critical',
  'logQuery.unknown-kind': 'No such kind: {{value}}. Kinds: event, access, security, configuration',
  'logQuery.empty-value': 'Nothing to search for in {{value}}',
  'logQuery.too-long': 'The search is too long',
} as const;
