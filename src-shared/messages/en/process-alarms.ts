/** Alarms on single processes. */
export const processAlarmsEn = {
  'reason.process-cpu': 'Keeps at least {{percent}} of a core busy for {{seconds}} s',
  'reason.process-memory': 'Holds {{bytes}}, {{percent}} of memory, for {{seconds}} s',
  'reason.process-leak': 'Its memory grows by {{bytes}} an hour, steadily for {{hours}} h; it holds {{held}}',
  'reason.process-restarts': 'Started {{count}} times within {{minutes}} min by {{parent}}',
  'reason.process-first-listener': 'Listens (port {{port}}); its program never did on this machine before',
  'reason.process-open-listener': 'Opened port {{port}} to other machines for the first time',
  'reason.port-in-use': '{{source}} could not start: port {{port}} is in use',
} as const;
