/** What can be said of access logs before they are opened, of containers that print them, and of reports that are written by themselves. */
export const trafficSourcesEn = {
  'traffic.source.denied': 'No permission to read it, and no group is allowed to.',
  'traffic.source.denied-group':
    'No permission to read it. The group {{group}} may: add your user to it (usermod -aG {{group}} <user>) and sign in again.',
  'traffic.source.cut': '{{count}} lines were longer than 64 KiB and are cut.',
  'traffic.source.retrying': 'The log of the container broke off and is opened again: {{detail}}',
  'traffic.source.unreadable': 'The log of the container cannot be read: {{detail}}',
  'traffic.source.frames-lost': 'The engine sent what is no log {{count}} times; the log was read again from its last line on.',
  'traffic.source.demo-problem': 'No new sample lines are written: {{detail}}',
  'notice.traffic-report-incomplete': 'The report of {{log}} was written without all of it: {{detail}}',
  'notice.traffic-report': 'The report of {{log}} was not written: {{detail}}',
} as const;
