/** What could not be read of access logs that were opened. */
export const trafficDeskEn = {
  'traffic.problem.no-format':
    '{{file}} is no access log that is known by itself. Name its format, or paste the log_format it is written with.',
  'traffic.problem.absent': '{{file}} is not there.',
  'traffic.problem.denied': 'No permission to read {{file}}. The group {{group}} may: add your user to it and sign in anew.',
  'traffic.problem.denied-all': 'No permission to read {{file}}. Start LogScope as its owner, or let a group read it.',
  'traffic.problem.refused': '{{file}} cannot be read: {{reason}}',
  'traffic.problem.exhausted': '{{file}} cannot be opened: this process has too many files open.',
  'traffic.problem.damaged': '{{file}} is damaged or ends early; what came before that is counted.',
  'traffic.problem.packed': '{{file}} is compressed in another way than gzip and is left out. Unpack it beside the log.',
  'traffic.problem.bomb': '{{file}} unpacks to more than {{ratio}} times its size and was not read further.',
  'traffic.problem.too-many-files': '{{count}} more files match and are left out.',
  'traffic.problem.gap': 'Lines may be missing: the log was cut short or exchanged {{count}} times while it was read.',
  'traffic.problem.too-fast': '{{bytes}} bytes came faster than they could be read and are not counted.',
  'traffic.problem.unexpected': '{{file}} could not be read: {{reason}}',
} as const;
